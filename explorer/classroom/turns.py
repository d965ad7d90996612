"""Turns for what must not be done too often: so many a second for everybody together."""

from __future__ import annotations

import asyncio
from heapq import heappop, heappush
from itertools import count


class Turns:
    """Gives turns one after the other: first to those who have taken the fewest.

    Nobody waits behind those who ask again and again, however many they are.
    """

    def __init__(self, per_second: float) -> None:
        self._between = 1 / per_second
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._next = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def wait(self, taken: int) -> None:
        """Wait for a turn, after having taken so many."""
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (taken, next(self._numbers), turn))
        self._plan()
        await turn

    def _plan(self) -> None:
        if self._timer is None and self._waiting:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(self._next, loop.time()), self._give)

    def _give(self) -> None:
        self._timer = None
        while self._waiting:
            *_, turn = heappop(self._waiting)
            if not turn.done():  # or who waited has gone
                self._next = asyncio.get_running_loop().time() + self._between
                turn.set_result(None)
                break
        self._plan()
