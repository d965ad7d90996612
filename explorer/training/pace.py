"""How long a training will still take, from how long its latest steps took."""

from __future__ import annotations

from time import monotonic
from typing import Final

#: How much the latest stretch counts against all before.
_SHARE: Final = 0.2


class Pace:
    """The time of a step, measured over what is in between as well, as long as nobody rests."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._seconds: float | None = None

    def begin(self) -> None:
        """From here on time counts."""
        self._since = monotonic()

    def add(self, steps: int) -> None:
        """So many steps were done since the last time."""
        now = monotonic()
        if self._since is not None and steps:
            seconds = (now - self._since) / steps
            before = seconds if self._seconds is None else self._seconds
            self._seconds = before + _SHARE * (seconds - before)
        self._since = now

    def seconds(self, steps: int) -> float | None:
        """How long so many steps take; None as long as none was measured."""
        return None if self._seconds is None else steps * self._seconds
