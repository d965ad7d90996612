"""How long a training will still take, from how long its latest steps took."""

from __future__ import annotations

from math import exp
from time import monotonic
from typing import Final

#: What is so many seconds ago counts a third as much as what is now.
_MEMORY: Final = 10.0

#: Seconds that must have been measured before anything is said.
_LEAST: Final = 1.0


class Pace:
    """The time of a step, measured over what is in between as well, as long as nobody rests."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._seconds = self._steps = 0.0  # of the latest time more than of what was before

    def begin(self) -> None:
        """From here on time counts."""
        self._since = monotonic()

    def add(self, steps: int) -> None:
        """So many steps were done since the last time."""
        now = monotonic()
        if self._since is not None and steps:
            elapsed = now - self._since
            kept = exp(-elapsed / _MEMORY)
            self._seconds = kept * self._seconds + elapsed
            self._steps = kept * self._steps + steps
        self._since = now

    def seconds(self, steps: int) -> float | None:
        """How long so many steps take; None as long as too little was measured to know."""
        if steps == 0:
            return 0.0
        return steps * self._seconds / self._steps if self._seconds >= _LEAST else None
