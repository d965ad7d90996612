"""The websocket of a page: small answers leave at once, and nothing that arrives does harm."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from time import monotonic
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from bokeh.document import Document
from bokeh.protocol import Protocol
from bokeh.protocol.message import Message
from bokeh.protocol.receiver import Receiver
from bokeh.server.session import ServerSession
from bokeh.util.token import get_session_id
from panel.io import state
from panel.io.server import WSHandler
from tornado.websocket import WebSocketClosedError

from explorer.changes import is_open
from explorer.ignored import ignored
from explorer.live import tell
from explorer.wire import OneWrite, at_once, is_free, told_to_component

#: The largest thing a page sends is a drawing from a file, at most 4 MB of text.
LARGEST_MESSAGE = 5_000_000

#: What a page asks of the server. It has no reason to replace the document, so it cannot.
_ANSWERS = {"PULL-DOC-REQ": ServerSession.pull, "PATCH-DOC": ServerSession.patch}


def answer_without_delay() -> None:
    """Switch off Nagle's algorithm on the connections of the current page.

    Bokeh sends a message as three frames, and a lone message would wait for the browser's
    delayed acknowledgement of the first: 88 ms for a round trip instead of 5.
    """
    context = state.curdoc.session_context if state.curdoc else None
    session = context.session if context else None
    for connection in session._subscribed_connections if session else ():
        connection._socket.set_nodelay(True)


class Pace:
    """How fast one page may talk: faster than a hand draws, and as it likes while alone.

    A page that goes on faster is read slower, so that its own messages wait in its own network
    buffers while the others are answered. Nothing is lost.
    """

    _BURST = 300.0
    _AMONG_OTHERS, _ALONE = 120.0, 2000.0  # messages a second
    _BYTES = 10_000  # as much work as one more message

    _heard: ClassVar[WeakKeyDictionary[Pace, float]] = WeakKeyDictionary()

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._left = self._BURST
        self._seen = clock()

    def rest(self, size: int) -> float:
        """Seconds to wait after a frame of `size` bytes, before the next one is read."""
        now = self._heard[self] = self._clock()
        gained = self._AMONG_OTHERS * (now - self._seen)
        self._left = min(self._BURST, self._left + gained) - (1 / 3 + size / self._BYTES)
        self._seen = now
        if self._left >= 0:
            return 0.0
        if self._has_company(now):
            return -self._left / self._AMONG_OTHERS
        self._left = 0.0
        return (1 / 3 + size / self._BYTES) / self._ALONE

    def _has_company(self, now: float) -> bool:
        return any(now - heard < 1 for pace, heard in self._heard.items() if pace is not self)


class Connection(OneWrite, WSHandler):
    """Bokeh's websocket for a room full of pupils: what makes no sense costs one line of log."""

    receiver: Receiver | None

    def open(self, *args: Any, **kwargs: Any) -> None:
        """Accept a page, or close at once what is none."""
        self._pace = Pace()
        self._unfinished = 0
        self._gone = False
        try:
            super().open(*args, **kwargs)
            self.set_nodelay(True)
        except Exception as error:  # whatever a forged token makes of Bokeh's reading of it
            ignored.tell("The server", error)
            self.close()

    def get_compression_options(self) -> dict[str, int]:
        """Compress what is sent: a page that opens is ten thousand words of the same few."""
        return {"compression_level": 3, "mem_level": 5}

    async def _async_open(self, token: str) -> None:
        try:
            if self._may_come_in(token):
                await super()._async_open(token)
                return
        except Exception as error:  # as above: Bokeh reads the token again
            ignored.tell("The server", error)
        self.close()

    def _may_come_in(self, token: str) -> bool:
        """A token outlives its session: coming back with it must not go round the limit."""
        sessions = self.application_context.sessions
        limit = self.settings.get("most_sessions")
        name = get_session_id(token)
        known = any(session.id == name for session in sessions)
        return known or limit is None or len(sessions) <= limit

    def on_message(self, fragment: str | bytes) -> Awaitable[None] | None:
        """Hear a frame; Tornado reads no further frame of this page before what is returned."""
        later = self._hear_safely(fragment)
        seconds = self._pace.rest(len(fragment))
        # Of many messages that have arrived together, the others' turn comes after each.
        more = self.hears_more and self._unfinished == 0
        waits = later is not None or seconds > 0 or more
        return self._finish(later, seconds) if waits else None

    async def send_message(self, message: Message[Any]) -> None:
        """Send a message; a page that has gone does not hear it, and that is no trouble."""
        with suppress(WebSocketClosedError):
            await message.send(self)

    def on_close(self) -> None:
        """Whatever is still in the buffers is nobody's any more."""
        self._gone = True
        super().on_close()

    def _hear_safely(self, fragment: str | bytes) -> Coroutine[Any, Any, None] | None:
        try:
            return self._hear(fragment)
        except Exception as error:  # the border to the outside: nothing may get past it
            self._forget()
            ignored.tell("The server", error)
            return None

    def _hear(self, fragment: str | bytes) -> Coroutine[Any, Any, None] | None:
        """Answer a message when its last frame is here; what cannot be done at once is returned."""
        if self._gone:
            return None
        if self.receiver is None:
            raise ValueError("it came before the greeting")
        if self._unfinished == 0:
            _check_header(fragment)
        self._unfinished += len(fragment)
        if self._unfinished > LARGEST_MESSAGE:
            raise ValueError("it has no end")
        message = at_once(self.receiver.consume(fragment))
        if message is None:
            return None
        self._unfinished = 0
        return None if self._answered_at_once(message) else self._answer(message)

    def _answered_at_once(self, message: Message[Any]) -> bool:
        """Tell a component what the page says to it, if that is all, and nobody is at work."""
        told = told_to_component(message.content) if message.msgtype == "PATCH-DOC" else None
        if told is None or not self._is_at_rest():
            return False
        with self.in_one_write():
            if answered := tell(self._document, *told):
                self.say(self.connection.ok(message))
        return answered

    def _is_at_rest(self) -> bool:
        """Whether neither the session nor this connection is in the middle of anything."""
        session = self.connection.session
        free = is_free(session._lock) and is_free(self.write_lock) and self.is_read
        return not session.destroyed and free and is_open(self._document)

    @property
    def _document(self) -> Document:
        return self.connection.session.document

    async def _finish(self, later: Coroutine[Any, Any, None] | None, seconds: float) -> None:
        if later is not None:
            await later
        await asyncio.sleep(seconds)

    async def _answer(self, message: Message[Any]) -> None:
        try:
            answer = await _ANSWERS[message.msgtype](message, self.connection)
        except Exception as error:  # a patch can go wrong in as many ways as there are models
            ignored.tell("The server", f"{type(error).__name__}: {error}")
            answer = self.connection.error(message, "ignored")
        if answer is not None:  # the session was there a moment ago
            await self.send_message(answer)

    def _forget(self) -> None:
        """Whatever was half received is no message any more."""
        self._unfinished = 0
        if self.receiver is not None:
            self.receiver = Receiver(Protocol())


def _check_header(fragment: str | bytes) -> None:
    """A stray frame is left out by itself: the frames of the next message stay together."""
    if "msgid" not in json.loads(fragment):
        raise ValueError("a message starts with a header")
