"""Messages that are written without Bokeh's machinery are messages that Bokeh knows."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from bokeh.protocol import Protocol
from bokeh.protocol.receiver import Receiver
from stranger import leave
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import websocket_connect

from explorer import wire


class Speaker(wire.OneWrite):
    """Says three messages of very different length, two of them together."""

    def on_message(self, message: str | bytes) -> None:
        protocol = Protocol()
        with self.in_one_write():
            self.say(protocol.create("OK", "a"))
            self.say(protocol.create("ERROR", "b", "é" * 300))
        self.say(protocol.create("ERROR", "c", "x" * 70_000))


async def _heard() -> list[Any]:
    server, (socket, port) = HTTPServer(Application([("/", Speaker)])), bind_unused_port()
    server.add_socket(socket)
    client = await websocket_connect(f"ws://127.0.0.1:{port}/")
    await client.write_message("go")
    receiver, heard = Receiver(Protocol()), []
    while len(heard) < 3:
        frame = await client.read_message()
        assert frame is not None
        if message := await receiver.consume(frame):
            heard.append(message)
    await leave(client)
    server.stop()
    await server.close_all_connections()
    return heard


def test_what_is_said_in_one_write_arrives_as_bokehs_messages_in_order() -> None:
    heard = asyncio.run(_heard())
    assert [message.header["reqid"] for message in heard] == ["a", "b", "c"]
    assert [len(message.content.get("text", "")) for message in heard] == [0, 300, 70_000]


class Talker(wire.OneWrite):
    """Says more than a network's buffers hold, and notes whether it is read."""

    noted: ClassVar[list[bool]] = []

    def on_message(self, message: str | bytes) -> None:
        if message == "go":
            self.noted.append(self.is_read)
            self.say(Protocol().create("ERROR", "x", "x" * 30_000_000))
        self.noted.append(self.is_read)


async def _talk() -> None:
    server, (socket, port) = HTTPServer(Application([("/", Talker)])), bind_unused_port()
    server.add_socket(socket)
    url = f"ws://127.0.0.1:{port}/"
    client = await websocket_connect(url, max_message_size=2**25)
    await client.write_message("go")
    for _ in range(3):
        assert await client.read_message() is not None
    await client.write_message("and now?")
    while len(Talker.noted) < 3:
        await asyncio.sleep(0.01)
    await leave(client)
    server.stop()
    await server.close_all_connections()


def test_a_page_that_does_not_read_is_known() -> None:
    asyncio.run(_talk())
    assert Talker.noted == [True, False, True]


def test_nothing_is_free_while_somebody_holds_it() -> None:
    async def story() -> list[bool]:
        from tornado.locks import Lock  # noqa: PLC0415 - a lock belongs to a running loop

        lock = Lock()
        before = wire.is_free(lock)
        async with lock:
            during = wire.is_free(lock)
        return [before, during, wire.is_free(lock)]

    assert asyncio.run(story()) == [True, False, True]
