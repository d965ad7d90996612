"""Runs whose pages have gone: for a minute whoever has the key finds one again, after a reload."""

from __future__ import annotations

import asyncio
from functools import cache
from secrets import token_urlsafe
from typing import Final

from explorer.training.run import Run

#: How long a page may take to come back.
_SECONDS: Final = 60.0

#: Of a large class whose connection fails, all find theirs; each takes at most some 10 MB.
_MOST: Final = 60

#: A page can come back a moment before the server hears that it has gone. It is answered nothing
#: else meanwhile.
_PATIENCE: Final = 1.0


class LeftRuns:
    """The runs of one process that pages have shown and may show again, by keys nobody can guess.

    A run that is left rests, and no worker is held for it.

    Args:
        seconds: how long a run stays.
        most: how many stay; of more, those that were left first are dropped.
        patience: seconds for which a page that comes waits for the one before to go.
    """

    def __init__(
        self, seconds: float = _SECONDS, most: int = _MOST, patience: float = _PATIENCE
    ) -> None:
        self._seconds, self._most, self._patience = seconds, most, patience
        self._shown: dict[str, asyncio.Event] = {}  # set when the page has gone
        self._left: dict[str, Run] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def hold(self, key: str) -> None:
        """A page shows the run of this key."""
        self._shown.setdefault(key, asyncio.Event())

    def is_held(self, key: str) -> bool:
        """Whether a page shows it."""
        return key in self._shown

    def let_go(self, key: str) -> None:
        """No page shows it any more."""
        if (gone := self._shown.pop(key, None)) is not None:
            gone.set()

    def leave(self, key: str, run: Run) -> None:
        """The page has gone. Needs a running event loop."""
        self._drop(key)
        self._left[key] = run
        self.let_go(key)
        while len(self._left) > self._most:
            self._drop(next(iter(self._left)))
        loop = asyncio.get_running_loop()
        self._timers[key] = loop.call_later(self._seconds, self._drop, key)

    async def take(self, key: str) -> Run | None:
        """The run that was left under this key; None if there is none, or a page shows it."""
        if (gone := self._shown.get(key)) is not None:
            try:
                await asyncio.wait_for(gone.wait(), self._patience)
            except TimeoutError:
                return None
        return self._drop(key)

    def _drop(self, key: str) -> Run | None:
        """Keep it no more, and return it, if it is there."""
        if (timer := self._timers.pop(key, None)) is not None:
            timer.cancel()
        return self._left.pop(key, None)


def new_key() -> str:
    """A key for a run."""
    return token_urlsafe(24)


@cache
def left_runs() -> LeftRuns:
    """Those of this process."""
    return LeftRuns()
