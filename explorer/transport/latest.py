"""What is asked for again and again, and takes a while: done at most so often, the latest wins."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


class Latest:
    """Does something beside what asks for it, once for all who ask while it is under way.

    Args:
        do: what is done; it looks up itself what is the latest.
        rest: seconds from the end of one time to the beginning of the next.
    """

    def __init__(self, do: Callable[[], Awaitable[None]], rest: float) -> None:
        self._do = do
        self._rest = rest
        self._is_asked = False
        self._task: asyncio.Task[None] | None = None

    def ask(self) -> None:
        """Have it done, now or after the rest; where no event loop runs there is nobody to see it.

        It begins after this call, so that whoever asks from within a message is answered first.
        """
        self._is_asked = True
        if self._task is None or self._task.done():
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                return
            self._task = loop.create_task(self._work())

    async def _work(self) -> None:
        while self._is_asked:
            self._is_asked = False
            try:
                await self._do()
            except Exception:  # ours: it shows, and the next time may be better
                log.exception("What was asked for failed.")
            await asyncio.sleep(self._rest)
