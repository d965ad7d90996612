"""Messages that are read and written without Bokeh's machinery are messages that Bokeh knows."""

from __future__ import annotations

import asyncio
import json
from typing import Any, ClassVar

import pytest
from bokeh.core.serialization import Deserializer, Serializer
from bokeh.protocol import Protocol
from bokeh.protocol.receiver import Receiver
from hypothesis import given
from hypothesis import strategies as st
from stranger import leave
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import websocket_connect

from explorer import wire

WORDS = st.text(max_size=8)
PLAIN = st.recursive(
    st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
    | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


def telling(data: Any, model: str = "p1") -> dict[str, Any]:
    """The content of a patch that tells a component something, as BokehJS writes it."""
    values = {"type": "map", "entries": [["model", {"id": model}], ["data", data]]}
    event = {"type": "event", "name": "data_event", "values": values}
    sent = {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": event}
    return {"events": [sent]}


@given(message=st.dictionaries(WORDS, PLAIN, max_size=5))
def test_a_message_is_read_as_bokeh_reads_it(message: dict[str, Any]) -> None:
    written = json.loads(json.dumps(Serializer().encode(message)))
    told = wire.told_to_component(telling(written))
    assert told == ("p1", Deserializer().decode(written)) == ("p1", message)


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        {"events": []},
        {"events": [{"kind": "ModelChanged", "model": {"id": "p1"}, "attr": "x", "new": 1}]},
        {"events": telling(1)["events"] * 2},
        telling(1, model={"id": "p2"}),  # type: ignore[arg-type]
        telling({"type": "ndarray", "array": [1], "shape": [1], "dtype": "int32"}),
        telling({"type": "number", "value": "nan"}),
    ],
    ids=str,
)
def test_whatever_is_more_than_a_message_to_a_component_is_left_to_bokeh(content: Any) -> None:
    assert wire.told_to_component(content) is None


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


def test_a_coroutine_that_has_to_wait_is_not_taken_for_done() -> None:
    async def waiting() -> None:
        await asyncio.sleep(1)

    async def done() -> int:
        return 7

    assert wire.at_once(done()) == 7
    with pytest.raises(RuntimeError):
        wire.at_once(waiting())


def test_nothing_is_free_while_somebody_holds_it() -> None:
    async def story() -> list[bool]:
        from tornado.locks import Lock  # noqa: PLC0415 - a lock belongs to a running loop

        lock = Lock()
        before = wire.is_free(lock)
        async with lock:
            during = wire.is_free(lock)
        return [before, during, wire.is_free(lock)]

    assert asyncio.run(story()) == [True, False, True]
