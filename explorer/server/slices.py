"""Requests share the event loop with everybody's strokes: a few of them at a time.

A thousand requests can arrive in the same instant; Tornado would answer them one after the other
before anything else is heard. Here some are let through in each round of the loop, so that who
draws waits for a few milliseconds of them, however many there are.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable

from tornado.httputil import (
    HTTPHeaders,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)

#: Requests in a round: about half a millisecond each.
_IN_A_ROUND = 8


class Slices:
    """Lets through what wants to use the loop, some in each round."""

    def __init__(self) -> None:
        self._left = _IN_A_ROUND
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_counting = False

    def enter(self) -> asyncio.Future[None] | None:
        """None if one may go on at once, else what to wait for."""
        loop = asyncio.get_running_loop()
        if not self._is_counting:
            self._is_counting = True
            loop.call_soon(self._next_round)
        if self._left:
            self._left -= 1
            return None
        self._waiting.append(loop.create_future())
        return self._waiting[-1]

    def _next_round(self) -> None:
        released = min(_IN_A_ROUND, len(self._waiting))
        for _ in range(released):
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
        self._left = _IN_A_ROUND - released
        self._is_counting = released > 0
        if released:
            asyncio.get_running_loop().call_soon(self._next_round)


class InSlices(HTTPMessageDelegate):
    """A request that is let through before anything is done about it."""

    def __init__(self, delegate: HTTPMessageDelegate, slices: Slices) -> None:
        self._delegate, self._slices = delegate, slices

    async def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> None:
        """Called by Tornado, which reads nothing more of this connection until it is done."""
        if (turn := self._slices.enter()) is not None:
            await turn
        if (later := self._delegate.headers_received(start_line, headers)) is not None:
            await later

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Called by Tornado with a part of the body."""
        return self._delegate.data_received(chunk)

    def finish(self) -> None:
        """Called by Tornado when the request is complete."""
        self._delegate.finish()

    def on_connection_close(self) -> None:
        """Called by Tornado when it never will be."""
        self._delegate.on_connection_close()
