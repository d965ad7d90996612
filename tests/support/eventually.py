"""Waiting in a test for what comes a little later than what was done."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

_PATIENCE = 20.0  # seconds
_PAUSE = 0.02  # the browser and the server need the processor to get there


def eventually(check: Callable[[], None]) -> None:
    """Check again and again until there is nothing to complain of."""
    deadline = monotonic() + _PATIENCE
    while True:
        try:
            return check()
        except AssertionError:
            if monotonic() > deadline:
                raise
        sleep(_PAUSE)
