"""A class on a real server, and pages that say on their websocket what no page of ours says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from support.patience import PATIENCE
from support.redis_server import RedisServer, redis_server
from support.server import PATCHES, Server, serving
from support.stranger import Stranger, entered, stranger, token

CODE = "ABCD-EFGH"
CLASS = ("--class", "--address", "127.0.0.1", "--code", CODE)
SEVEN = {
    "begins": True,
    "points": [[7, 7], [21, 7], [16, 16], [13, 22]],
    "width": 2.4,
    "erases": False,
}


def run(story: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(story)


@pytest.fixture(scope="module", params=PATCHES)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving(*CLASS, **PATCHES[request.param]) as running:
        yield running


@asynccontextmanager
async def teacher(server: Server) -> AsyncIterator[Stranger]:
    """A teacher's page, to which the code was given."""
    async with stranger(f"{server.address}teacher/") as page:
        await page.tell("TeacherPage", {"code": CODE})
        await until(page, "TeacherPage", "admitted", bool)
        yield page


@asynccontextmanager
async def pupil(server: Server, name: str, key: str | None = None) -> AsyncIterator[Stranger]:
    async with stranger(server.address) as page:
        await page.tell("PupilBar", {"type": "join", "name": name, "key": key})
        yield page


async def until(page: Stranger, component: str, name: str, is_wanted: Callable[[Any], Any]) -> Any:
    """Wait until a component shows what is wanted, and return it."""
    async with asyncio.timeout(PATIENCE):
        while not is_wanted(value := page.value(component, name)):
            await page.listen()
    return value


async def joined(page: Stranger, count: int) -> Any:
    """Wait until so many pupils are on the teacher's page, and return their keys."""
    return await until(page, "TeacherPage", "present", lambda keys: len(keys or ()) == count)


async def wall_tells(page: Stranger, what: str) -> None:
    """Wait until the teacher's page is told this of a pupil."""
    await until(page, "TeacherPage", "changed", lambda tiles: what in repr(tiles))


def test_a_page_that_joins_with_key_after_key_is_one_pupil_with_one_vote(server: Server) -> None:
    async def join(page: Stranger, number: int) -> None:
        message = {"type": "join", "name": f"Ghost {number}", "key": f"{number:032x}"}
        await page.tell("PupilBar", message)
        await page.tell("PupilBar", {"type": "vote", "digit": number % 10})

    async def story() -> None:
        async with teacher(server) as page, pupil(server, "Ada"), pupil(server, "Bob") as greedy:
            ada, _ = await joined(page, 2)
            await page.tell("TeacherPage", {"type": "ask", "key": ada})
            await until(greedy, "PupilBar", "lesson", lambda lesson: lesson["phase"] == "vote")
            for number in range(56):
                await join(greedy, number)
                if number % 14 == 0:  # for the board to hear of this one
                    await wall_tells(page, f"Ghost {number}")
            await wall_tells(page, "Ghost 55")
            await joined(page, 2)
            await page.tell("TeacherPage", {"type": "reveal"})
            votes = await until(page, "TeacherPage", "votes", any)
            assert votes == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
            await page.tell("TeacherPage", {"type": "free"})

    run(story())
    server.complaints()


def test_wrong_codes_from_one_address_do_not_keep_the_teacher_out(server: Server) -> None:
    async def story() -> None:
        async with AsyncExitStack() as pages:
            for _ in range(10):
                guesser = await pages.enter_async_context(stranger(f"{server.address}teacher/"))
                for number in range(5):
                    await guesser.tell("TeacherPage", {"code": f"WRON-GOO{number}"})
            async with teacher(server):
                assert guesser.value("TeacherPage", "admitted", False) is False

    run(story())


def test_whoever_comes_back_with_the_token_of_a_teacher_s_page_is_not_admitted(
    server: Server,
) -> None:
    async def story() -> None:
        address = f"{server.address}teacher/"
        key = await asyncio.to_thread(token, address)
        async with pupil(server, "Adalbert"):
            async with entered(address, key) as page:
                await page.tell("TeacherPage", {"code": CODE})
                await joined(page, 1)
            seen: tuple[bool, str] = (False, "")
            with suppress(HTTPClientError, AssertionError):  # the server may refuse at once
                async with entered(address, key) as page:
                    seen = page.value("TeacherPage", "admitted", False), repr(page.shown)
            assert not seen[0]
            assert "Adalbert" not in seen[1]

    run(story())
    server.complaints()


def test_before_the_code_nothing_of_the_class_is_sent(server: Server) -> None:
    async def story() -> None:
        async with pupil(server, "Adalbert"), stranger(f"{server.address}teacher/") as nosy:
            for message in ({"code": "WRON-GOOD"}, {"type": "show", "key": "x"}, {"type": "free"}):
                last = await nosy.tell("TeacherPage", message)
            async with teacher(server) as page:
                await joined(page, 1)
                assert "Adalbert" in repr(page.shown)
            await nosy.wait_for(last)
            document = await nosy.answer_to(await nosy.send("PULL-DOC-REQ", {}))
            assert "Adalbert" not in repr((document, nosy.shown))

    run(story())
    server.complaints()


# Redis


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with redis_server() as running:
        yield running


async def draw(page: Stranger) -> None:
    """Draw a stroke, and wait until the server has answered it."""
    async with asyncio.timeout(PATIENCE):
        await page.wait_for(await page.tell("Pad", {"type": "ink", "parts": [SEVEN]}))


def test_a_class_lives_through_a_redis_that_hangs_and_one_that_comes_back_empty(
    redis: RedisServer,
) -> None:
    async def draw_until(pupil: Stranger, page: Stranger, is_old: bool) -> None:
        async with asyncio.timeout(PATIENCE):
            while (page.value("TeacherPage", "age") is not None) != is_old:
                await draw(pupil)
                await page.listen()

    async def story(server: Server) -> None:
        async with teacher(server) as page, pupil(server, "Ada") as ada, pupil(server, "Bob"):
            await joined(page, 2)
            for number, (trouble, cure) in enumerate(
                [(redis.hang, redis.go_on), (redis.stop, redis.start)]
            ):
                trouble()
                await draw_until(ada, page, is_old=True)
                await ada.tell("PupilBar", {"type": "meant", "digit": number})
                cure()
                await draw_until(ada, page, is_old=False)
                await joined(page, 2)
                await wall_tells(page, f"'digit': 7, 'sure': True, 'meant': {number}")

    with serving(*CLASS, "--processes", "2", "--redis", redis.url) as server:
        run(story(server))
        lines = list(server._lines)
    assert not any("Traceback" in line for line in lines)
    reached = [line for line in lines if "The class " in line]
    assert 4 <= len(reached) <= 8, "one when it goes and one when it is back, in each process"
