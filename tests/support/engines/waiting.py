"""Waiting for what is to come, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

from support.patience import PATIENCE

Found = TypeVar("Found")

_PAUSE = 0.1  # each look is work for the browser that is being waited for


def until(look: Callable[[], Found | None], awaited: str) -> Found:
    """What `look` finds, as soon as that is neither false nor nothing."""
    deadline = monotonic() + PATIENCE
    while not (found := look()):
        assert monotonic() < deadline, f"waited in vain for {awaited}"
        sleep(_PAUSE)
    return found
