"""A client that is no browser: it opens the page's websocket and can say anything on it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urljoin
from urllib.request import urlopen

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from support.frames import decode
from support.patience import PATIENCE

_TOKEN = re.compile(r'"token":"([^"]+)"')


class Stranger:
    """A page of its own: Bokeh's websocket, the channel, and all that the server says on them."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket
        self.channel: WebSocketClientConnection | None = None
        self.models: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.shown: dict[str, dict[str, Any]] = {}
        self.answered = 0
        self.told = 0
        self._sent = 0

    async def say(self, *frames: str | bytes) -> None:
        """Send frames on Bokeh's websocket as they are, sense or no sense."""
        for frame in frames:
            await self.socket.write_message(frame, binary=isinstance(frame, bytes))

    async def send(self, kind: str, content: Any) -> str:
        """Send a message of Bokeh's protocol; returns its number."""
        self._sent += 1
        number = f"message {self._sent}"
        header = {"msgid": number, "msgtype": kind}
        await self.say(json.dumps(header), "{}", json.dumps(content))
        return number

    async def happen(self, event: str, model: str | None = None, **values: Any) -> str:
        """Send an event for a model, or for the whole page."""
        entries = [
            *([] if model is None else [["model", {"id": model}]]),
            *([name, _map(value)] for name, value in values.items()),
        ]
        data = {"type": "event", "name": event, "values": {"type": "map", "entries": entries}}
        sent = {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": data}
        return await self.send("PATCH-DOC", {"events": [sent]})

    async def tell(self, component: str, message: Any) -> int:
        """Send what the script of a component would send; returns the number of the message."""
        return await self.say_on_channel(json.dumps([self.addresses[component], message]))

    async def say_on_channel(self, text: str | bytes) -> int:
        """Send anything on the channel; returns the number that it has if it is a message."""
        assert self.channel is not None
        await self.channel.write_message(text, binary=isinstance(text, bytes))
        self.told += 1
        return self.told

    async def wait_for(self, number: int) -> None:
        """Listen until the server has answered a message."""
        while self.answered < number:
            await self.listen()

    async def listen(self) -> None:
        """Hear the channel's next frame, and note what components show now."""
        assert self.channel is not None
        frame = await asyncio.wait_for(self.channel.read_message(), timeout=PATIENCE)
        assert isinstance(frame, bytes), "the server has closed the channel"
        told = decode(frame)
        self.answered = told.answered
        for key, values in told.components.items():
            self.shown.setdefault(key, {}).update(values)

    def value(self, component: str, name: str, usual: Any = None) -> Any:
        """What a component shows, as far as it was heard."""
        return self.shown.get(self.addresses[component], {}).get(name, usual)

    async def hear(self) -> dict[str, Any]:
        """The next message on Bokeh's websocket: its header, with its content under `content`."""
        header = json.loads(await self._frame())
        await self._frame()
        content = json.loads(await self._frame())
        buffers = []
        for _ in range(header.get("num_buffers", 0)):
            await self._frame()
            buffers.append(await self._frame())
        return header | {"content": content, "buffers": buffers}

    async def answer_to(self, number: str) -> dict[str, Any]:
        """What the server answers to a message, whatever it says before."""
        while True:
            message = await self.hear()
            if message.get("reqid") == number:
                return message

    async def open(self, address: str) -> None:
        """Do what the scripts of a page do when they run: learn the models, open the channel."""
        await self.learn()
        await self.answer_to(await self.happen("document_ready"))
        await self.happen("data_event", self.models["Link"], data="open")
        await self.first_frame()
        await self.answer_to(await self.happen("data_event", self.models["Link"], data="read"))
        self.channel = await open_channel(address, self.shown[self.addresses["Link"]]["ticket"])

    async def learn(self) -> None:
        """Ask for the document, and note its models."""
        document = await self.answer_to(await self.send("PULL-DOC-REQ", {}))
        for model in _objects(document["content"]):
            if name := model.get("attributes", {}).get("class_name"):
                values = _plain(model["attributes"]["data"]["attributes"])
                self.models[name] = model["id"]
                self.addresses[name] = values.get("address", "")
                self.shown[self.addresses[name]] = values

    async def first_frame(self) -> bytes:
        """Listen for a frame that goes by Panel."""
        while True:
            message = await self.hear()
            events = message["content"].get("events", [])
            if any(each.get("attr") == "frame" for each in events):
                return bytes(message["buffers"][0])

    async def _frame(self) -> Any:
        frame = await asyncio.wait_for(self.socket.read_message(), timeout=PATIENCE)
        assert frame is not None, "the server has closed the connection"
        return frame


@asynccontextmanager
async def stranger(address: str) -> AsyncIterator[Stranger]:
    """Come in as a page does, with the token that the server gave out."""
    async with entered(address, await asyncio.to_thread(token, address)) as visitor:
        yield visitor


@asynccontextmanager
async def entered(address: str, key: str) -> AsyncIterator[Stranger]:
    """The same with a token that one has."""
    socket = await connect(address, key)
    visitor = Stranger(socket)
    try:
        assert (await visitor.hear())["msgtype"] == "ACK"
        await visitor.open(address)
        yield visitor
    finally:
        if visitor.channel is not None:
            await leave(visitor.channel)
        await leave(socket)


async def open_channel(address: str, ticket: str, **headers: str) -> WebSocketClientConnection:
    """Open a page's channel, which lies beside it."""
    where = urljoin(address.rstrip("/"), "channel").replace("http://", "ws://")
    request = HTTPRequest(where, headers=headers)
    for _ in range(100):  # of several processes, one knows the page
        channel = await websocket_connect(request, subprotocols=["neuron-explorer.1", ticket])
        if await asyncio.wait_for(channel.read_message(), timeout=PATIENCE) == "open":
            return channel
        channel.close()
    raise ConnectionError("nobody knows this ticket")


async def connect(address: str, key: str, **headers: str) -> WebSocketClientConnection:
    """Open a page's websocket."""
    where = HTTPRequest(address.replace("http://", "ws://") + "ws", headers=headers)
    return await websocket_connect(where, subprotocols=["bokeh", key])


async def leave(socket: WebSocketClientConnection) -> None:
    """Close a connection, and wait until the server has heard of it."""
    socket.close()
    while await asyncio.wait_for(socket.read_message(), timeout=PATIENCE) is not None:
        pass


def token(address: str) -> str:
    """The token in a fresh page."""
    with urlopen(address, timeout=PATIENCE) as answer:
        found = _TOKEN.search(answer.read().decode())
    assert found
    return found[1]


def _map(value: Any) -> Any:
    """The way in which Bokeh writes a dictionary."""
    if isinstance(value, dict):
        return {"type": "map", "entries": [[key, _map(each)] for key, each in value.items()]}
    if isinstance(value, list):
        return [_map(each) for each in value]
    return value


def _plain(value: Any) -> Any:
    """The values that Bokeh has written in its way."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict) and value.get("type") == "map":
        return {name: _plain(each) for name, each in value.get("entries", [])}
    if isinstance(value, dict) and "type" not in value:
        return {name: _plain(each) for name, each in value.items()}
    return value


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for each in value for found in _objects(each)]
    if isinstance(value, dict):
        inside = [found for each in value.values() for found in _objects(each)]
        return [value, *inside] if value.get("type") == "object" else inside
    return []
