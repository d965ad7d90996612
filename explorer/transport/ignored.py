"""What is left aside is told in one line each, and a flood of it in a few lines."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic

log = logging.getLogger(__name__)

_LINES_A_SECOND = 5


class Ignored:
    """Tells of ignored messages, at most a few lines a second for the whole process."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._second = -1
        self._told = 0
        self._left_out = 0

    def tell(self, by: str, why: object) -> None:
        """Write one line, or count it for the next second's first line."""
        if (second := int(self._clock())) != self._second:
            self._second, self._told = second, 0
        if self._told >= _LINES_A_SECOND:
            self._left_out += 1
            return
        self._told += 1
        more = f" (and {self._left_out} more before)" if self._left_out else ""
        self._left_out = 0
        log.warning("%s ignored a message: %s%s", by, _one_line(why), more)


def _one_line(why: object) -> str:
    """An error may quote what was sent: a few words of it are enough."""
    return ascii(str(why))[1:-1][:200] or type(why).__name__


#: The one that all pages of a process share.
ignored = Ignored()
