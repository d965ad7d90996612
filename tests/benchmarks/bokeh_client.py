"""A browser without a screen: joins a Bokeh page and speaks its protocol over a websocket.

It does what BokehJS does on the wire and nothing else, so that hundreds of them fit in one
process. A message of the protocol is three frames (header, metadata, content) and two more for
every buffer; a browser offers compression, and so does this.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import zlib
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

Listener = Callable[[bytes], None]

_TEXT: Final = 1
_CHANNEL: Final = "/channel"
_CLOSE: Final = 8
_PING: Final = 9


async def join(address: str) -> tuple[Client, dict[str, Any]]:
    """Open a page as a browser does: its HTML, its websocket, its document."""
    html = await _get(address)
    token = re.search(rb'"token":\s*"([^"]+)"', html)
    if token is None:
        raise ConnectionError(f"{address} answered without a session")
    parts = urlsplit(address)
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(
        lambda: Client(parts.netloc, f"{parts.path}ws", f"bokeh, {token[1].decode()}"),
        parts.hostname,
        parts.port,
    )
    await client.next_message(b'"ACK"')
    client.send(json.dumps({"msgid": "1", "msgtype": "PULL-DOC-REQ"}), "{}")
    document = json.loads(await client.next_message(b"PULL-DOC-REPLY"))
    client.patch(bokeh_event("document_ready", ""))
    if (link := _link(document)) is not None:
        await _open_channel(client, link, parts)
    return client, document


async def _open_channel(client: Client, link: dict[str, Any], parts: SplitResult) -> None:
    """Do what the script of a page's link does; of several processes, one knows the page."""
    model = f'["model",{{"id":"{link["id"]}"}}]'
    client.patch(bokeh_event("data_event", f'{model},["data","open"]'))
    await client.next_message(b"PATCH-DOC", b'"frame"')
    client.patch(bokeh_event("data_event", f'{model},["data","read"]'))
    ticket = link["attributes"]["data"]["attributes"]["ticket"]
    loop = asyncio.get_running_loop()
    for _ in range(100):
        _, channel = await loop.create_connection(
            lambda: Client(parts.netloc, _CHANNEL, f"neuron-explorer.1, {ticket}"),
            parts.hostname,
            parts.port,
        )
        if await channel.is_accepted:
            client.channel = channel
            return
    raise ConnectionError("no process knows this page")


def _link(document: Any) -> dict[str, Any] | None:
    """The model of the page's link, if it has one."""
    if isinstance(document, dict):
        if document.get("attributes", {}).get("class_name") == "Link":
            return document
        document = list(document.values())
    for each in document if isinstance(document, list) else []:
        if (found := _link(each)) is not None:
            return found
    return None


def bokeh_event(name: str, entries: str) -> str:
    """A change of the document that is an event; its values are the JSON of pairs."""
    values = f'{{"type":"map","entries":[{entries}]}}'
    event = f'{{"type":"event","name":"{name}","values":{values}}}'
    return f'{{"kind":"MessageSent","msg_type":"bokeh_event","msg_data":{event}}}'


async def _get(address: str) -> bytes:
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(
        f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode()
    )
    answer = await reader.read(-1)
    writer.close()
    return answer


class Client(asyncio.Protocol):
    """One open page. ``listen`` is called with the content of every message that comes.

    A page of the explorer has a second one, its channel: what it says there is numbered (``said``).
    """

    def __init__(self, host: str, path: str, protocols: str) -> None:
        self._greeting = (host, path, protocols)
        self.channel: Client | None = None
        self.said = 0
        self.is_accepted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting = b""
        self._open = False
        self._frames_left = 0
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._kind = b""
        self._wanted: tuple[bytes, bytes, asyncio.Future[bytes]] | None = None
        self._messages = 0
        self.listen: Listener = lambda content: None
        self.received = 0
        self.lost = False

    # What the page does

    def send(self, header: str, content: str) -> None:
        """Send one message."""
        self._transport.write(b"".join(map(_frame, (header, "{}", content))))

    def patch(self, events: str) -> None:
        """Send a change of the document: the JSON of its events."""
        self._messages += 1
        header = f'{{"msgid":"m{self._messages}","msgtype":"PATCH-DOC"}}'
        self.send(header, f'{{"events":[{events}]}}')

    def say(self, text: str) -> None:
        """Send a text on the channel."""
        assert self.channel is not None
        self.said += 1
        self.channel.write(text)

    def write(self, text: str) -> None:
        """Send one frame of text."""
        self._transport.write(_frame(text))

    async def next_message(self, kind: bytes, inside: bytes = b"") -> bytes:
        """Wait for the content of the next message whose header contains ``kind``."""
        future = asyncio.get_running_loop().create_future()
        self._wanted = (kind, inside, future)
        async with asyncio.timeout(60):
            return bytes(await future)

    def close(self) -> None:
        """Leave, as a closed tab does."""
        if self.channel is not None:
            self.channel.close()
        self._transport.close()

    # What the network does

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        host, path, protocols = self._greeting
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Protocol: {protocols}\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n".encode()
        )

    def connection_lost(self, error: Exception | None) -> None:
        self.lost = True
        if not self.is_accepted.done():
            self.is_accepted.set_result(False)

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        self._waiting += data
        if not self._open:
            head, end, self._waiting = self._waiting.partition(b"\r\n\r\n")
            if not end:
                self._waiting = head
                return
            self._open = True
        self._waiting = self._waiting[self._read_frames() :]

    def _read_frames(self) -> int:
        """Handle every whole frame that has come; returns how many bytes those were."""
        data, at = self._waiting, 0
        while (there := len(data) - at) >= 2:
            size, head = data[at + 1] & 127, 2
            if size > 125:
                head = 4 if size == 126 else 10
                size = int.from_bytes(data[at + 2 : at + head])
            if there < head + size:
                break
            self._handle_frame(data[at], data[at + head : at + head + size])
            at += head + size
        return at

    def _handle_frame(self, flags: int, payload: bytes) -> None:
        if flags & 15 == _PING:
            self._transport.write(_frame(payload.decode(), code=10))
        elif flags & 15 == _CLOSE:
            self._transport.close()
        else:
            if flags & 64:
                payload = self._inflate.decompress(payload + b"\0\0\xff\xff")
            if self._greeting[1] == _CHANNEL and not self.is_accepted.done():
                self.is_accepted.set_result(payload == b"open")
            elif self._greeting[1] == _CHANNEL:
                self.listen(payload)
            else:
                self._handle(payload)

    def _handle(self, payload: bytes) -> None:
        """Count frames: a header starts a message, and the second after it is its content."""
        if self._frames_left == 0:
            header = json.loads(payload)
            self._frames_left = 2 + 2 * header.get("num_buffers", 0)
            self._content_at = self._frames_left - 1
            self._kind = payload
            return
        self._frames_left -= 1
        if self._frames_left == self._content_at - 1:
            self._handle_content(payload)

    def _handle_content(self, content: bytes) -> None:
        if self._wanted is not None:
            kind, inside, found = self._wanted
            if kind in self._kind and inside in content:
                found.set_result(content)
                self._wanted = None
        self.listen(content)


def _frame(text: str, code: int = _TEXT) -> bytes:
    """One masked frame; the mask is all zeros, which costs nothing to apply."""
    payload = text.encode()
    size = len(payload)
    length = bytes([128 | size]) if size < 126 else bytes([128 | 126]) + size.to_bytes(2)
    return bytes([128 | code]) + length + b"\0\0\0\0" + payload
