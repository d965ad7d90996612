"""A progress bar for the command line."""

import sys
from types import TracebackType
from typing import Self, TextIO

_WIDTH = 30


class ProgressBar:
    """One line on stderr that fills up; silent when nobody watches, as in a pipe or a log.

    It is a `core.progress.Report`: what comes next, or after its ``with`` block, starts on a line
    of its own.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._watched = self._stream.isatty()
        self._what = ""
        self._line = ""

    def __call__(self, what: str, share: float, note: str = "") -> None:
        """Fill the bar of ``what`` to ``share`` (0-1), with ``note`` behind it."""
        if not self._watched:
            return
        if what != self._what:
            self._end_line()
            self._what = what
        full = round(share * _WIDTH)
        bar = "█" * full + "░" * (_WIDTH - full)
        line = f"{what} {bar} {share:4.0%} {note}".rstrip()
        if line != self._line:
            self._stream.write("\r" + line.ljust(len(self._line)))
            self._stream.flush()
            self._line = line

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end_line()

    def _end_line(self) -> None:
        if self._line:
            self._stream.write("\n")
            self._line = ""
