"""Tells many listeners that there is something new, one after the other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import Final, TypeAlias

log = logging.getLogger(__name__)

Listener: TypeAlias = Callable[[], None]

#: Seconds between two listeners: to show a network takes a page five milliseconds, and of a class
#: of thirty everybody sees a new one once a second while somebody else draws.
_PAUSE: Final = 0.03


class InTurns:
    """Listeners, each of which hears that there is something new, but not how often there was.

    Whoever has been told last is told again after all others. Each is called in the context in
    which it was added. Needs a running event loop.
    """

    def __init__(self, pause: float = _PAUSE) -> None:
        self._pause = pause
        self._contexts: dict[Listener, Context] = {}
        self._waiting: dict[Listener, None] = {}  # in the order of their turns
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._contexts)

    def add(self, listener: Listener) -> None:
        """Tell this one as well, from the next time on."""
        self._contexts[listener] = copy_context()

    def discard(self, listener: Listener) -> None:
        """Tell this one no more."""
        self._contexts.pop(listener, None)
        self._waiting.pop(listener, None)

    def tell(self) -> None:
        """There is something new."""
        self._waiting |= dict.fromkeys(self._contexts)  # those who wait already keep their turns
        if self._waiting and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._tell_all())

    async def _tell_all(self) -> None:
        try:
            while self._waiting:
                listener = next(iter(self._waiting))
                del self._waiting[listener]
                self._tell(listener)
                await asyncio.sleep(self._pause)
        finally:
            self._task = None

    def _tell(self, listener: Listener) -> None:
        try:
            self._contexts[listener].run(listener)
        except Exception:  # what a page cannot show costs nobody but that page
            log.exception("A page cannot show what it follows")
