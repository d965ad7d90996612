"""Waiting for what is to come, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

Found = TypeVar("Found")

_PATIENCE = 120.0  # seconds: trainings have the lowest priority, and other tests run beside them
_PAUSE = 0.05  # each look is work for the browser that is being waited for


def until(look: Callable[[], Found | None], awaited: str) -> Found:
    """What `look` finds, as soon as that is neither false nor nothing."""
    deadline = monotonic() + _PATIENCE
    while not (found := look()):
        assert monotonic() < deadline, f"waited in vain for {awaited}"
        sleep(_PAUSE)
    return found
