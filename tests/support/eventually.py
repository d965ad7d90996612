"""Waiting in a test for what comes a little later than what was done."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

from support.patience import PATIENCE

_PAUSE = 0.02  # the browser and the server need the processor to get there


def eventually(check: Callable[[], None]) -> None:
    """Check again and again until there is nothing to complain of."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            return check()
        except AssertionError:
            if monotonic() > deadline:
                raise
        sleep(_PAUSE)
