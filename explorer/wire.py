"""The wire: several messages of Bokeh's protocol that leave in one write.

A message is three frames, and Bokeh writes each in a task of the event loop of its own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from bokeh.protocol.message import Message
from tornado.iostream import StreamClosedError
from tornado.locks import Lock
from tornado.websocket import WebSocketHandler

_TEXT = 0x81  # RFC 6455, section 5.2: a last frame of text
_SHORT, _MEDIUM = 126, 1 << 16


def is_free(lock: Lock) -> bool:
    """Whether nobody holds a lock; whoever asks need not wait for anything before going on."""
    return bool(lock._block._value)


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
