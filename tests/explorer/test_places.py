"""Who gets a page when many want one: those who connect, in turn, and the teacher in any case."""

from __future__ import annotations

import asyncio
import re
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from http import HTTPStatus
from math import inf
from typing import Any

import pytest
from bokeh.application import Application
from bokeh.application.handlers import FunctionHandler
from bokeh.core.types import ID
from bokeh.document import Document
from bokeh.server.contexts import ApplicationContext
from panel.io.state import set_curdoc
from tornado.httpclient import HTTPClientError
from tornado.httputil import HTTPServerRequest, RequestStartLine

from core import Network
from explorer import create_app
from explorer.page.page import Page
from explorer.server import pages
from explorer.server.places import Places
from explorer.server.turns import Turns
from explorer.transport.channel import Channel, somebody_is_heard
from explorer.transport.link import Link, link_in
from support.patience import PATIENCE
from support.plain_http import answered, ask, connected
from support.server import Server, serving, serving_class
from support.stranger import Stranger, connect, entered, leave, open_channel, stranger, token
from support.virtual_time import run_in_virtual_time

STROKE = {"begins": True, "points": [[6, 6], [20, 6], [12, 24]], "width": 2.4, "erases": False}


def run(story: Any) -> Any:
    return asyncio.run(story)


@pytest.fixture(scope="module")
def small() -> Iterator[Server]:
    """A class with five places."""
    with serving("--class", "--address", "127.0.0.1", "--sessions", "5") as running:
        yield running


async def draw(visitor: Stranger) -> None:
    await visitor.wait_for(await visitor.tell("Pad", {"type": "ink", "parts": [STROKE]}))


async def fill(pages: AsyncExitStack, address: str, number: int) -> list[Stranger]:
    return [await pages.enter_async_context(stranger(address)) for _ in range(number)]


async def wait_for_room(address: str) -> None:
    """Until a new page is told that it may come: well within the seconds of one test."""
    end = time.monotonic() + PATIENCE
    while (await asyncio.to_thread(ask, address, "/", "HEAD")).status != HTTPStatus.OK:
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("kind", ["explorer", "panel"])
def test_who_only_asks_for_the_document_takes_no_place(kind: str) -> None:
    with serving_class(kind) as server:
        for _ in range(300):
            assert ask(server.address).status == 200

        async def story() -> None:
            async with stranger(server.address) as visitor:
                await draw(visitor)

        run(story())
        assert server.complaints() == []


def test_asking_for_the_document_makes_no_session(small: Server) -> None:
    """300 sessions would be 300 MB."""
    assert ask(small.address).status == 200
    before = _memory(small)
    for _ in range(300):
        ask(small.address)
    assert _memory(small) - before < 20


def _memory(server: Server) -> float:
    """Megabytes of the server's process."""
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        found = re.search(r"VmRSS:\s+(\d+) kB", status.read())
    assert found
    return int(found[1]) / 1000


def test_a_place_is_free_as_soon_as_its_page_has_gone(small: Server) -> None:
    async def story() -> None:
        for _ in range(4):
            async with AsyncExitStack() as pages:
                for visitor in await fill(pages, small.address, 5):
                    await draw(visitor)
                assert (await asyncio.to_thread(ask, small.address)).status == 503
            await wait_for_room(small.address)

    run(story())
    small.complaints()


def test_the_websocket_is_refused_too_when_all_places_are_taken(small: Server) -> None:
    """Places may be taken between the document and its websocket."""

    async def story() -> None:
        early = await asyncio.to_thread(token, small.address)
        async with AsyncExitStack() as pages:
            await fill(pages, small.address, 5)
            with pytest.raises(HTTPClientError) as refused:
                await connect(small.address, early)
            assert refused.value.code == 503
            assert refused.value.response is not None
            assert refused.value.response.headers["Retry-After"]
        await wait_for_room(small.address)
        async with entered(small.address, early) as visitor:  # the token is still good
            await draw(visitor)

    run(story())
    small.complaints()


def test_who_is_refused_is_told_at_once_and_when_to_come_back(small: Server) -> None:
    async def story() -> None:
        async with AsyncExitStack() as pages:
            await fill(pages, small.address, 5)
            answer = await asyncio.to_thread(ask, small.address)
            assert answer.status == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert "opens by itself" in answer.body
            assert answer.headers["Content-Security-Policy"]
        await wait_for_room(small.address)

    run(story())
    small.complaints()


def test_the_teacher_comes_in_when_pupils_have_taken_all_places(small: Server) -> None:
    async def story() -> None:
        async with AsyncExitStack() as pages:
            await fill(pages, small.address, 5)
            async with stranger(f"{small.address}teacher/") as teacher:
                assert "TeacherPage" in teacher.models
        await wait_for_room(small.address)

    run(story())
    small.complaints()


def test_a_page_whose_websocket_has_closed_has_no_channel_either(small: Server) -> None:
    """Nobody keeps a page for which there is no place."""

    async def story() -> None:
        async with stranger(small.address) as visitor:
            await draw(visitor)
            ticket = visitor.value("Link", "ticket")
            visitor.socket.close()
            channel, visitor.channel = visitor.channel, None
            assert channel is not None
            while await asyncio.wait_for(channel.read_message(), PATIENCE) is not None:
                pass
            channel.close()
            with pytest.raises(ConnectionError):
                await open_channel(small.address, ticket)
        await wait_for_room(small.address)

    run(story())
    small.complaints()


def test_thirty_pupils_of_one_address_come_in_at_once_and_some_before_all_pages_are_built() -> None:
    steps: list[str] = []

    async def come(address: str, key: str) -> None:
        visitor = Stranger(await connect(address, key))
        await visitor.hear()
        steps.append("greeted")
        await visitor.open(address)
        steps.append("in")
        await draw(visitor)
        assert visitor.channel is not None
        await leave(visitor.channel)
        await leave(visitor.socket)

    async def story(address: str) -> None:
        keys = [token(address) for _ in range(30)]
        await asyncio.gather(*(come(address, key) for key in keys))

    with serving("--class", "--address", "127.0.0.1") as server:
        run(story(server.address))
        assert "in" in steps[:30]
        assert steps.count("in") == 30
        assert server.complaints() == []


def test_a_page_that_says_nothing_gives_its_place_back() -> None:
    with serving("--sessions", "1", command=impatient()) as server:

        async def story() -> None:
            silent = await connect(server.address, await asyncio.to_thread(token, server.address))
            await wait_for_room(server.address)
            await leave(silent)

        run(story())


def test_hundreds_who_ask_at_once_wait_for_less_than_forty_pages_to_be_built() -> None:
    """They do not stand in a queue of pages, and nor does the teacher behind them."""
    with serving("--class", "--address", "127.0.0.1") as server, ExitStack() as plugs:

        async def build(number: int) -> float:
            start = time.perf_counter()
            for _ in range(number):
                async with stranger(server.address):
                    pass
            return time.perf_counter() - start

        run(build(1))
        ten = run(build(10))
        host = server.address.removeprefix("http://").rstrip("/")
        asked = f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        start = time.perf_counter()
        waiting = [plugs.enter_context(connected(server.address)) for _ in range(400)]
        for plug in waiting:
            plug.sendall(asked)
        assert ask(server.address, "/teacher").status == 200
        assert all(answered(plug).status == 200 for plug in waiting)
        waited = time.perf_counter() - start
        forty = 4 * max(ten, run(build(10)))  # the machine may be slower than it was
        assert waited < forty
        assert server.complaints() == []


def impatient() -> tuple[str, ...]:
    """The command, with less patience than a test has."""
    change = "import explorer.server.page_socket as it; it._SILENCE_SECONDS = 0.5"
    start = "import sys; from explorer.__main__ import main; sys.exit(main(sys.argv[1:]))"
    return (sys.executable, "-W", "error", "-c", f"{change}; {start}")


def test_one_address_may_take_nearly_all_places_and_leaves_some_to_others() -> None:
    places = Places(250)
    leave = [places.take("school") for _ in range(225)]
    assert not places.has_room("school")
    assert places.has_room("home")
    for _ in range(25):
        places.take("home")
    assert not places.has_room("third")
    for _ in range(3):
        leave[0]()  # however often
    assert places.has_room("third")
    assert places.has_room("school")
    places.take("third")
    assert not places.has_room("school")


@pytest.mark.parametrize("number", range(1, 10))
def test_a_few_places_are_all_for_whoever_comes(number: int) -> None:
    places = Places(number)
    for _ in range(number):
        assert places.has_room("one")
        places.take("one")
    assert not places.has_room("one")


def test_addresses_take_turns_and_the_teacher_goes_first() -> None:
    async def story() -> list[str]:
        turns, order = Turns(), []

        async def build(name: str, visitor: str, goes_first: bool = False) -> None:
            async with turns.turn(visitor, goes_first=goes_first):
                order.append(name)
                await asyncio.sleep(0)

        await asyncio.gather(
            *(build(f"many {number}", "many") for number in range(4)),
            build("single", "single"),
            build("teacher", "many", goes_first=True),
        )
        assert not turns.is_idle
        while not turns.is_idle:
            await asyncio.sleep(0.01)
        return order

    assert run(story()) == ["many 0", "teacher", "many 1", "single", "many 2", "many 3"]


def waits_between_turns(took: float, *, somebody_is_heard: bool) -> tuple[float, float]:
    """Seconds between the parts of a turn, each of which takes so long, and until the next turn."""
    waits = []

    async def story() -> None:
        loop = asyncio.get_running_loop()
        turns = Turns(lambda: somebody_is_heard)

        async def first() -> float:
            async with turns.turn("a", goes_first=False) as rest:
                await asyncio.sleep(took)
                before = loop.time()
                await rest()
                waits.append(loop.time() - before)
                await asyncio.sleep(took)
            return loop.time()

        async def second() -> float:
            async with turns.turn("b", goes_first=False):
                return loop.time()

        over, began = await asyncio.gather(first(), second())
        waits.append(began - over)

    run_in_virtual_time(story())
    between, until_next = waits
    return between, until_next


def test_those_who_are_in_have_three_quarters_of_the_loop_while_others_arrive() -> None:
    assert waits_between_turns(0.04, somebody_is_heard=True) == pytest.approx((0.12, 0.12))
    # A class comes in, however slow the machine is.
    assert waits_between_turns(2.0, somebody_is_heard=True) == pytest.approx((0.15, 0.15))


def test_nobody_waits_for_those_who_say_nothing() -> None:
    assert waits_between_turns(0.04, somebody_is_heard=False) == pytest.approx((0.0, 0.01))


def test_a_page_that_says_anything_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Channel, "heard_at", -inf)
    assert not somebody_is_heard()
    channel = object.__new__(Channel)
    channel._link = Link()
    channel.on_message("")
    assert somebody_is_heard()


def serve(document: Document) -> None:
    with set_curdoc(document):
        pages.open_page()


def test_a_page_that_was_made_before_is_the_one_that_opens() -> None:
    async def story() -> None:
        context = ApplicationContext(Application(FunctionHandler(serve)))

        async def opened() -> Link | None:
            name = ID(secrets.token_hex())
            request = HTTPServerRequest(start_line=RequestStartLine("GET", "/", "HTTP/1.0"))
            session = await context.create_session_if_needed(name, request)
            return link_in(session.document)

        await opened()  # from which it is known what is served
        with made_pages() as made:
            pages.make_page()
            (early,) = made
            assert await opened() is early.link
            assert await opened() is made[1].link, "it is nobody else's"

    run(story())


@contextmanager
def made_pages() -> Iterator[list[Page]]:
    """The pages that are made meanwhile."""
    made: list[Page] = []

    def making(network: Network | None) -> Page:
        made.append(create_app(network))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "create_app", making)
        yield made


def test_a_page_that_cannot_be_built_does_not_hold_up_the_next() -> None:
    async def story() -> None:
        turns = Turns()
        with pytest.raises(RuntimeError):
            async with turns.turn("a", goes_first=False):
                raise RuntimeError
        gone = asyncio.create_task(turns.turn("b", goes_first=False).__aenter__())
        await asyncio.sleep(0)
        gone.cancel()
        async with asyncio.timeout(PATIENCE), turns.turn("c", goes_first=False):
            pass

    run(story())
