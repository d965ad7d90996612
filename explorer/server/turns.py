"""Pages are built and sent one at a time, and who waits is served in turn.

To build a page takes as long as a hundred strokes, and to send its models as long as some tens.
Those who are in have three quarters of the loop while others arrive; who comes from an address
from which many wait does not keep others waiting; and the teacher never stands behind the class.
Only who has a place waits here, so the queue is no longer than that.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

#: The share of the loop that arrivals take while somebody is heard.
_SHARE = 0.25

#: Seconds before the next turn, at least; and at most, so that on a slow machine a class is in
#: before the lesson is half over.
_LEAST_REST, _MOST_REST = 0.01, 0.15


class Turns:
    """Whose page is built next.

    Args:
        somebody_is_heard: whether there is anybody to leave the loop to between two turns.
    """

    def __init__(self, somebody_is_heard: Callable[[], bool] = lambda: True) -> None:
        self._somebody_is_heard = somebody_is_heard
        self._is_busy = False
        self._first: deque[asyncio.Future[None]] = deque()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits and nothing is built."""
        return not self._is_busy

    @asynccontextmanager
    async def turn(
        self, visitor: str, *, goes_first: bool
    ) -> AsyncIterator[Callable[[], Awaitable[None]]]:
        """Wait for one's turn, and keep it as long as this lasts.

        What it gives leaves the loop to the others when it is awaited, for what is done in parts.
        """
        loop = asyncio.get_running_loop()
        if self._is_busy:
            mine: asyncio.Future[None] = loop.create_future()
            queue = self._first if goes_first else self._waiting.setdefault(visitor, deque())
            queue.append(mine)
            await mine
        self._is_busy = True
        began = loop.time()

        async def rest() -> None:
            nonlocal began
            heard = self._somebody_is_heard()
            await asyncio.sleep(self._rest_after(loop.time() - began) if heard else 0)
            began = loop.time()

        try:
            yield rest
        finally:
            loop.call_later(self._rest_after(loop.time() - began), self._call_next)

    def _rest_after(self, took: float) -> float:
        """Seconds until the next turn, after one that took so many."""
        if not self._somebody_is_heard():
            return _LEAST_REST
        return min(max(_LEAST_REST, took * (1 / _SHARE - 1)), _MOST_REST)

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
