"""Bokeh's websocket of a page, on which its models travel: nothing that arrives does harm."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from typing import Any, cast

from bokeh.document import Document
from bokeh.events import DocumentReady, Tap
from bokeh.protocol.message import Message
from bokeh.server.session import ServerSession
from panel.io.server import WSHandler
from panel.io.state import set_curdoc
from panel.models.esm import DataEvent
from tornado.iostream import IOStream
from tornado.websocket import WebSocketClosedError

from explorer.transport.budget import TimeBudget
from explorer.transport.client_messages import (
    LARGEST_MESSAGE,
    Click,
    ComponentMessage,
    DocumentRequest,
    MessageReader,
    Nonsense,
    Ready,
    Said,
)
from explorer.transport.ignored import ignored
from explorer.transport.paced_stream import PacedStream

log = logging.getLogger(__name__)

#: Seconds between two questions whether a page is still there, and for its answer.
_STILL_THERE = 60.0


class Connection(WSHandler):
    """Hears what a page says, and nothing else: what makes no sense costs one line of log."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._budget = TimeBudget()
        self._reader = MessageReader()
        self._gone = False
        super().__init__(*args, **kwargs)

    def detach(self) -> IOStream:
        """The stream that Tornado's websocket protocol reads from."""
        return cast("IOStream", PacedStream(super().detach(), self._budget))

    def open(self, *args: Any, **kwargs: Any) -> Awaitable[None] | None:
        """Accept a page, or close at once what is none."""
        try:
            super().open(*args, **kwargs)
            self.set_nodelay(True)
        except Exception as error:  # whatever a forged token makes of Bokeh's reading of it
            ignored.tell("The server", error)
            self.close()
        return None

    @property
    def ping_interval(self) -> float:
        """Seconds after which a page is asked whether it is still there."""
        return _STILL_THERE

    @property
    def ping_timeout(self) -> float:
        """Seconds after which a page that has not answered that is gone."""
        return _STILL_THERE

    @property
    def max_message_size(self) -> int:
        """Bytes of a message, also after it was unpacked; a larger one ends the connection."""
        return LARGEST_MESSAGE

    def get_compression_options(self) -> dict[str, int]:
        """Compress what is sent: a page that opens is ten thousand words of the same few."""
        return {"compression_level": 3, "mem_level": 5}

    def on_message(self, frame: str | bytes) -> Awaitable[None] | None:
        """Hear a frame; Tornado reads no further frame of this page before what is returned."""
        if self._gone:
            return None
        try:
            if self.connection is None:
                raise ValueError("it came before the greeting")
            message = self._reader.take(frame)
        except ValueError as error:
            ignored.tell("The server", error)
            return None
        return None if message is None else self._answer(*message)

    async def send_message(self, message: Message[Any]) -> None:
        """Send a message; a page that has gone does not hear it, and that is no trouble."""
        with suppress(WebSocketClosedError):
            await message.send(self)
        if self._gone:  # while it was being greeted, and Bokeh did not know it yet
            self.application.client_lost(self.connection)

    def on_close(self) -> None:
        """Whatever is still in the buffers is nobody's any more."""
        self._gone = True
        super().on_close()

    async def _answer(self, number: str, said: Said) -> None:
        """Answer when whoever is at work has done; a page that has gone since needs no answer."""
        self._budget.stop()
        async with self._turn() if isinstance(said, DocumentRequest) else nullcontext():
            if self._gone:
                return
            answer = await self._session.with_document_locked(
                self._budget.timed, self._answer_to, number, said
            )
        if answer is not None:  # the session was there a moment ago
            await self.send_message(answer)

    def _turn(self) -> AbstractAsyncContextManager[Any]:
        """When to do what takes as long as many strokes; a server with many pages knows."""
        return nullcontext()

    def _answer_to(self, number: str, said: Said) -> Message[Any]:
        create = self.connection.protocol.create
        if isinstance(said, DocumentRequest):
            return create("PULL-DOC-REPLY", number, self._document)
        if isinstance(said, Nonsense):
            ignored.tell("The server", said.why)
            return create("ERROR", number, "ignored")
        try:
            self._do(said)
        except Exception:  # ours: it shows, and costs no page
            log.exception("A page asked for something that failed.")
            return create("ERROR", number, "failed")
        return create("OK", number)

    def _do(self, said: Said) -> None:
        """What a page has said happens in its document."""
        document = self._document
        with set_curdoc(document):
            model = document.get_model_by_id(getattr(said, "model", ""))
            if isinstance(said, ComponentMessage) and model is not None:
                document.callbacks.trigger_event(DataEvent(model, said.data))
            elif isinstance(said, Ready):
                document.callbacks.trigger_event(DocumentReady())
            elif isinstance(said, Click) and model is not None:
                document.callbacks.trigger_event(Tap(model, sx=said.sx, x=said.x, y=said.y))

    @property
    def _session(self) -> ServerSession:
        return self.connection.session

    @property
    def _document(self) -> Document:
        return self._session.document
