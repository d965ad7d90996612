"""A client that is no browser: it opens the page's websocket and can say anything on it."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.request import urlopen

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

_TOKEN = re.compile(r'"token":"([^"]+)"')


class Stranger:
    """An open connection to a page of its own, and everything that the server says on it."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket
        self.models: dict[str, str] = {}
        self._sent = 0

    async def say(self, *frames: str | bytes) -> None:
        """Send frames as they are, sense or no sense."""
        for frame in frames:
            await self.socket.write_message(frame, binary=isinstance(frame, bytes))

    async def send(self, kind: str, content: Any) -> str:
        """Send a message of Bokeh's protocol; returns its number."""
        self._sent += 1
        number = f"message {self._sent}"
        header = {"msgid": number, "msgtype": kind}
        await self.say(json.dumps(header), "{}", json.dumps(content))
        return number

    async def tell(self, component: str, message: Any) -> str:
        """Send what the script of a component would send with `model.send_msg`."""
        return await self.happen("data_event", self.models[component], data=message)

    async def happen(self, event: str, model: str | None = None, **values: Any) -> str:
        """Send an event for a model, or for the whole page."""
        entries = [
            *([] if model is None else [["model", {"id": model}]]),
            *([name, _map(value)] for name, value in values.items()),
        ]
        data = {"type": "event", "name": event, "values": {"type": "map", "entries": entries}}
        sent = {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": data}
        return await self.send("PATCH-DOC", {"events": [sent]})

    async def hear(self) -> dict[str, Any]:
        """The server's next message: its header, with its content under `content`."""
        header = json.loads(await self._frame())
        await self._frame()
        content = json.loads(await self._frame())
        for _ in range(header.get("num_buffers", 0)):
            await self._frame(), await self._frame()
        return header | {"content": content}

    async def answer_to(self, number: str) -> dict[str, Any]:
        """What the server answers to a message, whatever it says before."""
        while True:
            message = await self.hear()
            if message.get("reqid") == number:
                return message

    async def learn_models(self) -> None:
        """Note the model of each component."""
        for model in await self._components():
            self.models[model["attributes"]["class_name"]] = model["id"]

    async def value(self, component: str, name: str, usual: Any) -> Any:
        """What a component shows now; values that are as usual are not written down."""
        for model in await self._components():
            if model["attributes"]["class_name"] == component:
                return model["attributes"]["data"]["attributes"].get(name, usual)
        raise LookupError(component)

    async def hear_of(self, name: str, value: Any) -> None:
        """Listen until the server tells that something has this value."""
        while True:
            events = (await self.hear())["content"].get("events", [])
            if any((each.get("attr"), each.get("new")) == (name, value) for each in events):
                return

    async def _components(self) -> list[dict[str, Any]]:
        """Ask for the document, as a page does: the models of its components."""
        document = await self.answer_to(await self.send("PULL-DOC-REQ", {}))
        models = _objects(document["content"])
        return [each for each in models if each.get("attributes", {}).get("class_name")]

    async def _frame(self) -> Any:
        frame = await asyncio.wait_for(self.socket.read_message(), timeout=20)
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
        await visitor.learn_models()
        await visitor.answer_to(await visitor.happen("document_ready"))
        yield visitor
    finally:
        await leave(socket)


async def connect(address: str, key: str, **headers: str) -> WebSocketClientConnection:
    """Open a page's websocket."""
    where = HTTPRequest(address.replace("http://", "ws://") + "ws", headers=headers)
    return await websocket_connect(where, subprotocols=["bokeh", key])


async def leave(socket: WebSocketClientConnection) -> None:
    """Close a connection, and wait until the server has heard of it."""
    socket.close()
    while await asyncio.wait_for(socket.read_message(), timeout=20) is not None:
        pass


async def flood(address: str) -> None:
    """Send what makes no sense, as fast as the server takes it."""
    async with stranger(address) as visitor:
        while True:
            await visitor.send("DANCE", {})
            await visitor.send("PATCH-DOC", {"events": 7})


def token(address: str) -> str:
    """The token in a fresh page."""
    with urlopen(address, timeout=20) as answer:
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


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for each in value for found in _objects(each)]
    if isinstance(value, dict):
        inside = [found for each in value.values() for found in _objects(each)]
        return [value, *inside] if value.get("type") == "object" else inside
    return []


if __name__ == "__main__":
    asyncio.run(flood(sys.argv[1]))
