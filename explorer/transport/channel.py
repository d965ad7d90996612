"""The channel: a page's own websocket, for all that shall be answered within a frame or two.

It stands beside Bokeh's, which carries models. What a script says comes in as one text,
``[address, message]`` in JSON, and what changes by it goes out as one binary frame. A page opens
its channel with the ticket that it was given with its models. A process that knows no such ticket
(of several, another one may serve the page) closes at once, and the page tries again; another
greets it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from math import inf
from time import monotonic
from typing import ClassVar, cast

from tornado.iostream import IOStream
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from explorer.texts.languages import speak
from explorer.transport.budget import TimeBudget
from explorer.transport.client_messages import LARGEST_MESSAGE
from explorer.transport.link import Link, link_of
from explorer.transport.paced_stream import PacedStream
from explorer.transport.plain_json import UnreadableMessageError, parsed

PROTOCOL = "neuron-explorer.1"

#: The first thing that is said to a page; and the code with which others are closed.
_GREETING, _ELSEWHERE = "open", 4404

#: Where it is, below the page's own folder.
ROUTE = "/channel"

#: Seconds between two questions whether a page is still there, and for its answer.
_STILL_THERE = 60.0


class Channel(WebSocketHandler):
    """One page's channel. A message is heard and answered in one step of the event loop."""

    #: When a message came last, on any channel of this process, by the monotonic clock.
    heard_at: ClassVar[float] = -inf

    def initialize(self) -> None:
        """Called by Tornado for each request."""
        self._budget = TimeBudget()
        self._link: Link | None = None
        self._sending: asyncio.Future[None] | None = None

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """The first of the two that a page names; the other is its ticket."""
        return PROTOCOL if PROTOCOL in subprotocols else None

    def detach(self) -> IOStream:
        """The stream that Tornado's websocket protocol reads from."""
        return cast("IOStream", PacedStream(super().detach(), self._budget))

    @property
    def max_message_size(self) -> int:
        """Bytes of a message; a larger one ends the connection."""
        return LARGEST_MESSAGE

    @property
    def ping_interval(self) -> float:
        """Seconds after which a page is asked whether it is still there."""
        return _STILL_THERE

    def open(self, *args: str, **kwargs: str) -> None:
        """The page's frames go here from now on, if it is one of this process, and has no channel.

        A browser complains of a handshake that is refused, and not of a socket that is closed.
        """
        link = link_of(self._ticket)
        if link is None or link.has_channel:
            self.close(_ELSEWHERE, "no page of this process")
            return
        # A lone frame would wait for the browser's delayed acknowledgement of the one before.
        self.set_nodelay(True)
        self._link = link
        speak(link.language)
        self.write_message(_GREETING)
        link.open(self)

    def on_message(self, message: str | bytes) -> Awaitable[None] | None:
        """Give a message to the component that it is for."""
        if self._link is None:
            return None
        Channel.heard_at = monotonic()
        try:
            match parsed(message):
                case [address, said]:
                    later = self._link.hear(address, said)
                    return None if later is None else self._wait(later)
                case _:
                    raise UnreadableMessageError("a message without an address")
        except UnreadableMessageError as error:
            self._link.refuse(error)
        return None

    async def _wait(self, later: Awaitable[None]) -> None:
        """Read no further message before one is answered, and let others work meanwhile."""
        self._budget.stop()
        await later

    def charge(self, seconds: float) -> None:
        """Count processor time that was spent for the page elsewhere."""
        self._budget.charge(seconds)

    def on_close(self) -> None:
        """The page has gone."""
        if self._link is not None:
            self._link.close()

    @property
    def is_read(self) -> bool:
        """Whether all that was sent has left."""
        return self._sending is None or self._sending.done()

    def send(self, frame: bytes) -> None:
        """Send a frame; a page that has gone does not get it, and that is no trouble."""
        with suppress(WebSocketClosedError):
            self._sending = asyncio.ensure_future(self.write_message(frame, binary=True))
            self._sending.add_done_callback(self._sent)

    def _sent(self, sending: asyncio.Future[None]) -> None:
        """Somebody may have waited for it."""
        if not sending.cancelled() and sending.exception() is None and self._link is not None:
            self._link.flush()

    @property
    def _ticket(self) -> str:
        """A browser can send it with a websocket in no other way than as a protocol."""
        return self.request.headers.get("Sec-WebSocket-Protocol", "").partition(",")[2].strip()


def somebody_is_heard() -> bool:
    """Whether a page of this process has said anything within the last second."""
    return monotonic() - Channel.heard_at < 1


def offer_channel() -> None:
    """From now on pages look for their channel."""
    Link.route = ROUTE.removeprefix("/")
