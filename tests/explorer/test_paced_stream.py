"""A websocket whose sender never stops is read in turn with the others, and charged for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from typing import Any, cast

import pytest
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketClientConnection, WebSocketHandler, websocket_connect

from explorer.transport import paced_stream
from explorer.transport.budget import Pages, TimeBudget
from explorer.transport.paced_stream import PacedStream
from support.stranger import leave


class Tick:
    """A processor clock that goes on by a millisecond whenever somebody looks."""

    def __init__(self) -> None:
        self._ticks = count()

    def __call__(self) -> float:
        return next(self._ticks) / 1000


class Paced(WebSocketHandler):
    budget: TimeBudget
    heard = 0

    def detach(self) -> IOStream:
        return cast("IOStream", PacedStream(super().detach(), self.budget))

    def on_message(self, message: str | bytes) -> None:
        Paced.heard += 1
        self.write_message(message, binary=isinstance(message, bytes))


@asynccontextmanager
async def paced(budget: TimeBudget) -> AsyncIterator[WebSocketClientConnection]:
    handler = type("Handler", (Paced,), {"budget": budget})
    server, (socket, port) = HTTPServer(Application([("/", handler)])), bind_unused_port()
    server.add_socket(socket)
    client = await websocket_connect(f"ws://127.0.0.1:{port}/")
    try:
        yield client
    finally:
        budget.SHARE = budget.SHARE_OF_ALL = budget.BURST = 1e9  # type: ignore[misc]
        await leave(client)
        server.stop()
        await server.close_all_connections()


def test_what_is_sent_arrives_as_it_is() -> None:
    async def story() -> list[Any]:
        async with paced(TimeBudget()) as client:
            for message in ("a", b"\x00" * 100_000, "ü" * 70_000):
                await client.write_message(message, binary=isinstance(message, bytes))
            return [await client.read_message() for _ in range(3)]

    assert asyncio.run(story()) == ["a", b"\x00" * 100_000, "ü" * 70_000]


@pytest.mark.parametrize("kind", ["ping", "message"])
def test_every_frame_is_charged_and_who_has_used_up_the_budget_is_not_read(kind: str) -> None:
    async def story() -> tuple[float, float]:
        pages = Pages()
        budget, other = (TimeBudget(lambda: 0.0, Tick(), pages) for _ in range(2))
        other.charge(0.0)
        async with paced(budget) as client:
            for _ in range(5_000):
                if kind == "ping":
                    client.ping(b"x")
                else:
                    await client.write_message("x")
            while budget.pause() == 0:
                await asyncio.sleep(0)
            other.charge(0.0)
            first = budget.used
            for _ in range(200):
                await asyncio.sleep(0)
                other.charge(0.0)
            return first, budget.used

    first, later = asyncio.run(story())
    assert first == pytest.approx(TimeBudget.BURST, abs=0.05)
    assert later - first < 0.1, "a frame costs some milliseconds here, and 5,000 were sent"


def test_a_page_that_is_alone_is_read_but_lets_others_go_on() -> None:
    async def story() -> int:
        budget = TimeBudget(processor=Tick(), pages=Pages())
        turns = 0
        async with paced(budget) as client:
            for _ in range(500):
                client.ping(b"x")
            await client.write_message("done")
            done = asyncio.ensure_future(client.read_message())
            while not done.done():
                await asyncio.sleep(0)
                turns += 1
            assert await done == "done"
        return turns

    assert asyncio.run(story()) > 500


def test_many_who_never_stop_are_heard_one_in_a_round_so_that_others_wait_for_one_alone() -> None:
    each, pages = 100, 6

    async def story() -> list[int]:
        heard = []
        async with AsyncExitStack() as stack:
            for _ in range(pages):
                budget = TimeBudget(processor=lambda: Paced.heard / 100, pages=Pages())
                budget.charge(TimeBudget.BURST - TimeBudget.AMPLE)
                client = await stack.enter_async_context(paced(budget))
                sending = [client.write_message("x") for _ in range(each)]
                stack.push_async_callback(asyncio.wait, sending)
            while Paced.heard < each * pages:
                before = Paced.heard
                await asyncio.sleep(0)
                heard.append(Paced.heard - before)
        return heard

    Paced.heard = 0
    first, second, *later = (count for count in asyncio.run(story()) if count)
    assert first + second <= pages + 2, "each has a first turn"
    assert max(later) == 1


@pytest.mark.parametrize("at_once", [1, 2])
def test_who_waits_for_each_answer_never_stands_behind_those_who_never_stop(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    stood: list[float] = []

    async def stand(rest: float) -> None:
        stood.append(rest)
        await asyncio.sleep(0)

    async def story(hand: bool) -> list[float]:
        stood.clear()
        clock, processor = (lambda: Paced.heard / 15), (lambda: Paced.heard / 250)
        async with paced(TimeBudget(clock if hand else lambda: 0.0, processor, Pages())) as client:
            for _ in range(50):
                sending = [client.write_message("x") for _ in range(at_once)]
                await asyncio.wait(sending)
                for _ in sending if hand else ():
                    await client.read_message()
            if not hand:
                await client.write_message("done")
                while await client.read_message() != "done":
                    pass
        return list(stood)

    monkeypatch.setattr(paced_stream, "_next_turn", stand)
    by_hand, without_end = asyncio.run(story(True)), asyncio.run(story(False))
    assert len(without_end) > 10
    assert by_hand == []
