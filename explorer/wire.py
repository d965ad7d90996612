"""The wire: messages of a component in Bokeh's protocol, read and written at once.

A message is three frames. Bokeh reads each in a task of the event loop, takes the whole for a
change of anything that a document can hold, and writes each frame of an answer in a task of its
own: two thirds of what a stroke cost the server. What a component is told is plain numbers and
words, so it is read as such, and what goes back leaves in a single write.
"""

from __future__ import annotations

import struct
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from bokeh.protocol.message import Message
from tornado.iostream import StreamClosedError
from tornado.locks import Lock
from tornado.websocket import WebSocketHandler

Result = TypeVar("Result")

_TEXT = 0x81  # RFC 6455, section 5.2: a last frame of text
_SHORT, _MEDIUM = 126, 1 << 16


def at_once(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """The result of a coroutine that waits for nothing, without a task of the event loop."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: Result = end.value
        return result
    coroutine.close()
    raise RuntimeError("it waits for something")


def is_free(lock: Lock) -> bool:
    """Whether nobody holds a lock; whoever asks need not wait for anything before going on."""
    return bool(lock._block._value)


def told_to_component(content: Any) -> tuple[str, Any] | None:
    """The model's id and the message of a patch that does nothing but tell a component something.

    `content` is the third frame of the patch, decoded from JSON.
    """
    match content:
        case {
            "events": [
                {
                    "kind": "MessageSent",
                    "msg_type": "bokeh_event",
                    "msg_data": {
                        "name": "data_event",
                        "values": {"entries": [["model", {"id": str(model)}], ["data", data]]},
                    },
                }
            ]
        }:
            with suppress(ValueError):
                return model, _plain(data)
    return None


def _plain(value: Any) -> Any:
    """What Bokeh's serializer made of numbers, words, lists and dictionaries of words."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") != "map":
        raise ValueError("for Bokeh to read")
    return {key: _plain(each) for key, each in value.get("entries", [])}


class OneWrite(WebSocketHandler):
    """A websocket on which several messages leave in one write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._said: list[bytes] | None = None
        super().__init__(*args, **kwargs)

    @contextmanager
    def in_one_write(self) -> Iterator[None]:
        """Let everything that is said meanwhile leave together."""
        self._said = []
        try:
            yield
        finally:
            said, self._said = self._said, None
            self._write_now(b"".join(said))

    @property
    def is_read(self) -> bool:
        """Whether all that was said has left: a page that does not read must not be answered."""
        return self._stream is not None and not self._stream.writing()

    @property
    def hears_more(self) -> bool:
        """Whether more has arrived than has been heard."""
        return bool(getattr(self._stream, "_read_buffer", None))

    def say(self, message: Message[Any]) -> None:
        """Send a message without buffers; a page that has gone does not hear it."""
        texts = (message.header_json, message.metadata_json, message.content_json)
        data = b"".join(map(_frame, texts))
        if self._said is None:
            self._write_now(data)
        else:
            self._said.append(data)

    def _write_now(self, data: bytes) -> None:
        if data and self._stream is not None:
            with suppress(StreamClosedError):
                self._stream.write(data)

    @property
    def _stream(self) -> Any:
        """What is written to and read from; None before the greeting and after the end."""
        return getattr(self.ws_connection, "stream", None)


def _frame(text: str) -> bytes:
    payload = text.encode()
    size = len(payload)
    if size < _SHORT:
        return struct.pack("!BB", _TEXT, size) + payload
    if size < _MEDIUM:
        return struct.pack("!BBH", _TEXT, 126, size) + payload
    return struct.pack("!BBQ", _TEXT, 127, size) + payload
