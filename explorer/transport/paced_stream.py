"""A websocket's stream that is read no faster than its page's time budget allows.

Tornado reads frame after frame for as long as there are any, and calls a handler for whole messages
only: pings, empty fragments and frames of no meaning would cost a sender nothing. All of them pass
through `read_bytes`, so this is where a page's time is counted.
"""

from __future__ import annotations

import asyncio
from typing import Any
from weakref import WeakKeyDictionary

from tornado.iostream import IOStream

from explorer.transport.budget import TimeBudget

#: Seconds of processor time after which it is the others' turn, however much more has arrived.
_TURN = 0.002

#: Who has had a turn and has more to say waits for the next one here, with all others of the kind.
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def _next_turn(rest: float) -> None:
    """Wait for one's turn: of the pages that send without end, one is heard at a time.

    What the turn before has cost is followed by a ``rest`` of so many seconds for all others.
    """
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        await asyncio.sleep(rest)


class PacedStream:
    """Stands between Tornado's websocket protocol and the stream, and reads when it may.

    Anything but reading goes to the stream as it is.
    """

    def __init__(self, stream: IOStream, budget: TimeBudget) -> None:
        self._stream = stream
        self._budget = budget
        self._turn_began = budget.used

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    async def read_bytes(self, num_bytes: int, partial: bool = False) -> bytes:
        """As `IOStream.read_bytes`; what happens until the next call is charged to the page.

        A page in debt waits, and so does one whose turn is over: but only if more of it is here
        already. Who has to be waited for anyway, as a hand has, is heard as soon as it says more;
        and who says two things at once now and then, as a hand does, lets the others go first once.
        """
        self._budget.lap()
        if pause := self._budget.pause():
            self._budget.stop()
            await asyncio.sleep(pause)
            self._budget.start()
        reading = asyncio.ensure_future(self._stream.read_bytes(num_bytes, partial))
        if not reading.done():
            self._budget.stop()
            await asyncio.wait([reading])
            self._turn_began = self._budget.used
            self._budget.start()
        elif pause or self._budget.used - self._turn_began > _TURN:
            self._budget.stop()
            await self._let_others_go_first(in_debt=pause > 0)
            self._turn_began = self._budget.used
            self._budget.start()
        return reading.result()

    async def _let_others_go_first(self, *, in_debt: bool) -> None:
        if in_debt:
            await _next_turn(0)
        elif self._budget.is_ample:
            await asyncio.sleep(0)
        else:
            await _next_turn(self._budget.rest_after(self._budget.used - self._turn_began))
