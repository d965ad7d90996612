"""How much of the server's time one page may use.

What a page sends costs what it costs, whatever it is made of: a stroke, a ping, half a message, a
hundred kilobytes of nonsense. So it is the server's processor time that is counted, and not
messages or bytes. Who has used up what a hand can need is read later; what is sent meanwhile waits
in the sender's own network buffers, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, thread_time
from typing import ClassVar, ParamSpec, TypeVar
from weakref import WeakKeyDictionary, WeakSet

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Pages:
    """The pages of a process, which share its time: who was heard, and who has used up a share."""

    def __init__(self) -> None:
        self.heard: WeakKeyDictionary[TimeBudget, float] = WeakKeyDictionary()
        self.overdrawn: WeakSet[TimeBudget] = WeakSet()

    def have_another(self, than: TimeBudget, now: float) -> bool:
        """Whether anybody else was heard within the last second."""
        return any(now - heard < 1 for page, heard in self.heard.items() if page is not than)


#: Those of this process.
_PAGES = Pages()


class TimeBudget:
    """The processor time that one page has left.

    Sixty strokes a second cost an eighth of a processor, and a quarter of a slow one, so a hand
    never waits. Pages that want more than their share are read slower while others are heard, and
    all of them together get no more than a quarter of the time.

    Args:
        clock: seconds, for how fast the budget fills again.
        processor: seconds of processor time that this thread has used.
        pages: those with which the time is shared.
    """

    #: Seconds of processor time that can be used at once.
    BURST: ClassVar = 0.2
    #: Who has more than this left has not sent for longer than a hand does.
    AMPLE: ClassVar = 0.15
    #: Of each second, what one page is given again, and what all pages get that have used it up.
    SHARE: ClassVar = 0.25
    SHARE_OF_ALL: ClassVar = 0.25

    def __init__(
        self,
        clock: Callable[[], float] = monotonic,
        processor: Callable[[], float] = thread_time,
        pages: Pages = _PAGES,
    ) -> None:
        self._clock, self._processor, self._pages = clock, processor, pages
        self._left = self.BURST
        self._filled = clock()
        self._started: float | None = None
        self.used = 0.0

    def start(self) -> None:
        """From now on the server works for this page."""
        self._started = self._processor()

    def stop(self) -> None:
        """The server has stopped working for it, or never began."""
        if self._started is not None:
            self.charge(self._processor() - self._started)
            self._started = None

    def lap(self) -> None:
        """Stop and start again, with one look at the clock."""
        now = self._processor()
        if self._started is not None:
            self.charge(now - self._started)
        self._started = now

    def charge(self, seconds: float) -> None:
        """Take off so many seconds of processor time."""
        now = self._pages.heard[self] = self._clock()
        self._left = min(self.BURST, self._left + self._rate * (now - self._filled)) - seconds
        self._filled = now
        self.used += seconds
        if self._left < 0:
            self._pages.overdrawn.add(self)
        else:
            self._pages.overdrawn.discard(self)

    def timed(
        self, function: Callable[Arguments, Result], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Result:
        """Call a function and charge what it costs."""
        self.start()
        try:
            return function(*args, **kw)
        finally:
            self.stop()

    def pause(self) -> float:
        """Seconds to wait before anything more of this page is read; 0 for a page by itself."""
        if self._left >= 0:
            return 0.0
        if not self._pages.have_another(self, self._clock()):
            self._left = 0.0
            return 0.0
        return -self._left / self._rate

    @property
    def is_ample(self) -> bool:
        """Whether as much is left as to one who draws, however busy the server is."""
        return self._left > self.AMPLE

    def rest_after(self, spent: float) -> float:
        """Seconds for the others after so many of processor time, for who has more to say at once.

        So all pages that send without end get `SHARE_OF_ALL` of the time together, in debt or not.
        """
        if not self._pages.have_another(self, self._clock()):
            return 0.0
        return spent * (1 / self.SHARE_OF_ALL - 1)

    @property
    def _rate(self) -> float:
        """Seconds of processor time that are given again each second."""
        if self._left >= 0:
            return self.SHARE
        return min(self.SHARE, self.SHARE_OF_ALL / max(1, len(self._pages.overdrawn)))
