"""Several sessions that show the same: what is drawn in one is drawn in all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Final, TypeAlias

from explorer.state.session import Session

_SHARED: Final = [
    "trace",
    "networks",
    "network_name",
    "edits",
    "shows_original",
    "selected",
    "held",
]

#: What is told within it travels together.
Frame: TypeAlias = Callable[[], AbstractContextManager[None]]


class Mirror:
    """Keeps sessions the same in their networks, their drawing, and what is looked at.

    Each has its own place, question and pen. The first is there for good.
    """

    def __init__(self, first: Session) -> None:
        self.first = first
        self._frames: dict[Session, Frame] = {}
        self._leave: dict[Session, Callable[[], None]] = {}
        self._is_spreading = False
        self.join(first)

    def join(self, session: Session, frame: Frame = nullcontext) -> None:
        """From now on a session is one of them; what it is told at once is told in a `frame`."""
        session.follow(self.first)
        watcher = session.param.watch(lambda *_: self._spread(session), _SHARED)
        self._leave[session] = lambda: session.param.unwatch(watcher)
        self._frames[session] = frame

    def leave(self, session: Session) -> None:
        """A session goes its own way, if it has not left before."""
        self._leave.pop(session, lambda: None)()
        self._frames.pop(session, None)

    @property
    def is_alone(self) -> bool:
        """Whether there is only the first."""
        return len(self._frames) == 1

    def _spread(self, source: Session) -> None:
        if self._is_spreading:
            return
        self._is_spreading = True
        try:
            for session in [each for each in self._frames if each is not source]:
                with self._frames[session]():
                    session.follow(source)
        finally:
            self._is_spreading = False
