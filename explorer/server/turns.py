"""Pages are built and sent one at a time, and who waits is served in turn.

To build a page takes as long as a hundred strokes, and to send its models as long as some tens.
After each of them the loop is everybody's for about as long as it took; who comes from an address
from which many wait does not keep others waiting; and the teacher never stands behind the class.
Only who has a place waits here, so the queue is no longer than that.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

#: Seconds in which the others are heard before the next turn, at least and at most.
_LEAST_REST, _MOST_REST = 0.01, 0.05


class Turns:
    """Whose page is built next."""

    def __init__(self) -> None:
        self._is_busy = False
        self._first: deque[asyncio.Future[None]] = deque()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits and nothing is built."""
        return not self._is_busy

    @asynccontextmanager
    async def turn(self, visitor: str, *, goes_first: bool) -> AsyncIterator[None]:
        """Wait for one's turn, and keep it as long as this lasts."""
        loop = asyncio.get_running_loop()
        if self._is_busy:
            mine: asyncio.Future[None] = loop.create_future()
            queue = self._first if goes_first else self._waiting.setdefault(visitor, deque())
            queue.append(mine)
            await mine
        self._is_busy = True
        began = monotonic()
        try:
            yield
        finally:
            took = monotonic() - began
            loop.call_later(min(max(_LEAST_REST, took), _MOST_REST), self._call_next)

    def _call_next(self) -> None:
        if (following := self._next()) is None:
            self._is_busy = False
        elif following.done():  # whoever waited has gone
            self._call_next()
        else:
            following.set_result(None)

    def _next(self) -> asyncio.Future[None] | None:
        """The teacher, else the first of the address whose turn is longest ago."""
        if self._first:
            return self._first.popleft()
        if not self._waiting:
            return None
        visitor = next(iter(self._waiting))
        queue = self._waiting.pop(visitor)
        following = queue.popleft()
        if queue:
            self._waiting[visitor] = queue  # behind all others
        return following
