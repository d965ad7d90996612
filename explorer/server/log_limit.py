"""Keeps the log short, whatever is sent: a few lines at once, then one in two seconds.

It stands before the handlers of the log, so that it holds for every logger on the way of a message
from outside: Tornado's, Bokeh's, Panel's, asyncio's and the project's own. What is left out is
counted, and said with the next line. The traceback of a mistake in the program is written out once
a minute for each place where it happens; then one line tells of it.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from time import monotonic

#: Lines at once, and in a second afterwards.
_BURST, _A_SECOND = 40.0, 0.5

#: Seconds until the same traceback is written out again.
_REPEAT = 60.0

_LONGEST_LINE = 500

#: The one of this process.
_limits: list[LogLimit] = []

#: Loggers that bring a handler of their own, beside the root of all.
_WITH_HANDLERS = ("", "bokeh", "panel")


class LogLimit(logging.Filter):
    """Lets pass what may be written, and shortens it where it must."""

    def __init__(self, processes: int = 1, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._burst, self._rate = _BURST / processes, _A_SECOND / processes
        self._clock = clock
        self._left = self._burst
        self._seen = clock()
        self._left_out = 0
        self._told: dict[object, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is written; called by the handler that would."""
        now = self._clock()
        self._left = min(self._burst, self._left + self._rate * (now - self._seen))
        self._seen = now
        if self._left < 1:
            self._left_out += 1
            return False
        self._left -= self._shortened(record)
        return True

    def _shortened(self, record: logging.LogRecord) -> int:
        """Make a record as short as it can be; returns its lines."""
        message = _text(record)
        if record.exc_info and record.exc_info[0] and not self._is_new(record):
            message += f" ({record.exc_info[0].__name__}, as before)"
            record.exc_info = record.exc_text = None
        more = f" (and {self._left_out} more left out)" if self._left_out else ""
        self._left_out = 0
        record.msg, record.args = message[:_LONGEST_LINE] + more, ()
        return 1 + record.msg.count("\n") + _lines_of_traceback(record)

    def _is_new(self, record: logging.LogRecord) -> bool:
        """Whether this traceback was not written out a moment ago."""
        kind, _, trace = record.exc_info or (None, None, None)
        places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(trace)]
        place = (kind, *places[-1:])
        now, before = self._clock(), self._told.get(place)
        if before is not None and now - before < _REPEAT:
            return False
        self._told[place] = now
        return True


def _text(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # as logging does with a record whose words do not fit together
        return str(record.msg)


def _lines_of_traceback(record: logging.LogRecord) -> int:
    if not record.exc_info:
        return 0
    return sum(text.count("\n") for text in traceback.format_exception(*record.exc_info))


def limit_log(processes: int = 1) -> None:
    """Put the limit before every handler that is there, and a handler where there is none.

    To be called when the server is made: before that, `panel serve` has no handlers yet. The first
    call counts. Processes that share the work share the lines.
    """
    if _limits:
        return
    if not logging.getLogger().handlers:
        plain = logging.StreamHandler(sys.stderr)
        plain.setLevel(logging.WARNING)
        logging.getLogger().addHandler(plain)
    _limits.append(limit := LogLimit(processes))
    for name in _WITH_HANDLERS:
        for handler in logging.getLogger(name).handlers:
            handler.addFilter(limit)
