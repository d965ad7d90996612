"""A real server and a stranger on its websocket, who says anything, as fast as he likes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, suppress
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

from explorer.drawing.examples import FIRST, examples
from support.flood import flooding
from support.frames import decode
from support.patience import PATIENCE
from support.server import PATCHES, Server, serving
from support.stranger import Stranger, connect, entered, leave, stranger, token

STROKE = {"begins": True, "points": [[6, 6], [20, 6], [12, 24]], "width": 2.4, "erases": False}
INVITATION = examples()[FIRST].drawing.to_json()
NONSENSE: list[tuple[str | bytes, ...]] = [
    ("",),
    ("no JSON", "{}", "{}"),
    (b"\x00\xff", b"", b"\x01"),
    ("{}", "{}", "{}"),
    ("[]", "[]", "[]"),
    ('{"msgid": "1", "msgtype": "DANCE"}', "{}", "{}"),
    ('{"msgid": "1", "msgtype": "PUSH-DOC"}', "{}", '{"doc": {"roots": []}}'),
    ('{"msgid": "1", "msgtype": "PATCH-DOC"}', "{}", '{"events": 7}'),
    ('{"msgid": "1", "msgtype": "PATCH-DOC"}', "{}", "[" * 100_000),
    ('{"msgid": 1, "msgtype": "PATCH-DOC", "num_buffers": -1}', "{}", "{}"),
    ('{"msgid": "1", "msgtype": "PATCH-DOC", "num_buffers": 1}', "{}", "{}", '{"id": 3}', "text"),
]


def run(story: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(story)


@pytest.fixture(scope="module", params=PATCHES)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving("--class", "--address", "127.0.0.1", **PATCHES[request.param]) as running:
        yield running


async def draw(visitor: Stranger) -> None:
    """Draw a stroke and see that the pad has answered it."""
    await visitor.wait_for(await visitor.tell("Pad", {"type": "ink", "parts": [STROKE]}))


def begin_a_second() -> None:
    """Wait for the next second of the clock that all processes of a machine share."""
    sleep(1 - monotonic() % 1)


@pytest.mark.parametrize("frames", NONSENSE, ids=lambda frames: repr(frames[-1])[:40])
def test_nonsense_on_the_websocket_does_not_end_the_session(
    server: Server, frames: tuple[str | bytes, ...]
) -> None:
    async def story() -> None:
        async with stranger(server.address) as visitor:
            await visitor.say(*frames)
            await visitor.say("")  # ends what has no end
            await draw(visitor)

    run(story())
    assert not [line for line in server.complaints() if "Traceback" in line or "  File" in line]


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "ModelChanged", "model": {"id": "p999999"}, "attr": "x", "new": 1},
        {"kind": "RootAdded", "model": {"type": "object", "name": "Nothing", "id": "x"}},
        {"kind": "ColumnDataChanged", "model": {"id": "p1"}, "attr": "data", "data": 7},
        {"kind": "Unheard"},
        {},
    ],
    ids=str,
)
def test_changes_to_models_that_are_not_there_are_ignored_in_one_line(
    server: Server, event: dict[str, Any]
) -> None:
    async def story() -> None:
        async with stranger(server.address) as visitor:
            await visitor.answer_to(await visitor.send("PATCH-DOC", {"events": [event]}))
            await draw(visitor)

    begin_a_second()  # more than a few lines in one second are only counted
    server.complaints()
    run(story())
    assert len(server.complaints()) == 1


def test_scripts_that_are_faster_than_their_document_are_answered_when_it_is_ready(
    server: Server,
) -> None:
    async def story() -> list[int]:
        socket = await connect(server.address, await asyncio.to_thread(token, server.address))
        visitor = Stranger(socket)
        assert (await visitor.hear())["msgtype"] == "ACK"
        await visitor.learn()
        link = visitor.models["Link"]
        ink = [visitor.addresses["Pad"], {"type": "ink", "parts": [STROKE]}]
        for said in ("open", *[ink] * 60):
            await visitor.answer_to(await visitor.happen("data_event", link, data=said))
        await visitor.happen("document_ready")
        first = decode(await visitor.first_frame())
        await visitor.happen("data_event", link, data="read")
        second = decode(await visitor.first_frame())
        await leave(socket)
        return [first.answered, second.answered]

    assert run(story()) == [0, 49], "and no more than fifty messages wait"


def test_events_for_other_models_and_unknown_events_cost_nothing(server: Server) -> None:
    async def story() -> None:
        async with stranger(server.address) as visitor:
            for model in visitor.models.values():
                for event in ("tap", "doubletap", "data_event", "button_click", "no_such_event"):
                    await visitor.happen(event, model, x=None, y="here", data={"type": 7})
            await draw(visitor)

    run(story())
    assert not [line for line in server.complaints() if "Traceback" in line]


def test_a_million_points_are_refused_and_the_page_goes_on(server: Server) -> None:
    async def story() -> None:
        async with stranger(server.address) as visitor:
            points = [[1, 1]] * 150_000
            await visitor.tell("Pad", {"type": "ink", "parts": [STROKE | {"points": points}]})
            await draw(visitor)

    run(story())
    server.complaints()


def test_more_than_the_largest_upload_is_not_even_read(server: Server) -> None:
    async def story() -> None:
        async with stranger(server.address) as visitor:
            with suppress(WebSocketClosedError):  # in the middle of it, perhaps
                await visitor.say("x" * 6_000_000)
                assert await asyncio.wait_for(visitor.socket.read_message(), PATIENCE) is None
        async with stranger(server.address) as another:
            await draw(another)

    run(story())
    server.complaints()


def test_a_flood_from_one_page_leaves_the_others_their_answers(server: Server) -> None:
    async def story() -> float:
        async with stranger(server.address) as visitor:
            with flooding(server.address):
                while not server.complaints():
                    await draw(visitor)
                start = perf_counter()
                for _ in range(60):
                    await draw(visitor)
                return perf_counter() - start

    server.complaints()
    seconds = run(story())
    assert seconds < PATIENCE, f"60 strokes took {seconds:.1f} s"
    assert len(server.complaints()) <= 6 * (seconds + 5), "a flood does not fill the log"


def test_who_sends_thousands_of_strokes_at_once_is_answered_in_turn_with_the_others(
    server: Server,
) -> None:
    strokes = 300

    async def story() -> int:
        async with stranger(server.address) as greedy, stranger(server.address) as visitor:
            message = {"type": "ink", "parts": [STROKE]}
            numbers = [await greedy.tell("Pad", message) for _ in range(strokes)]
            await draw(visitor)
            with suppress(asyncio.TimeoutError):
                while greedy.answered < numbers[-1]:
                    await asyncio.wait_for(greedy.listen(), 0.001)
            left = numbers[-1] - greedy.answered
            await greedy.wait_for(numbers[-1])
            return left

    assert run(story()) > 0


def test_when_a_class_comes_at_once_who_is_in_draws_before_the_last_has_a_page() -> None:
    with serving() as server:

        async def story() -> None:
            async with AsyncExitStack() as pages:
                coming = {
                    asyncio.create_task(pages.enter_async_context(stranger(server.address)))
                    for _ in range(24)
                }
                done, coming = await asyncio.wait(coming, return_when=asyncio.FIRST_COMPLETED)
                await draw(done.pop().result())
                assert not all(each.done() for each in coming)
                await asyncio.gather(*coming)

        run(story())


def test_a_page_of_another_origin_is_not_let_in(server: Server) -> None:
    key = token(server.address)
    with pytest.raises(HTTPClientError, match="403"):
        run(connect(server.address, key, Origin="http://elsewhere.example"))
    server.complaints()


@pytest.mark.parametrize("key", ["", "x", "eyJzZXNzaW9uX2lkIjogIngifQ", "é"])
def test_a_token_that_the_server_did_not_give_out_opens_nothing(server: Server, key: str) -> None:
    """In one line: a forged token must not fill the log either."""
    server.complaints()
    with pytest.raises(HTTPClientError, match="403"):
        run(connect(server.address, key.encode().decode("latin-1") or "-"))
    assert len(server.complaints()) <= 1


def test_who_comes_when_all_places_are_taken_gets_a_friendly_page() -> None:
    with serving("--sessions", "2") as server:

        async def story() -> None:
            async with stranger(server.address), stranger(server.address) as second:
                with pytest.raises(HTTPError, match="503") as refused:
                    await asyncio.to_thread(urlopen, server.address)
                with refused.value as page:
                    assert "opens by itself" in page.read().decode()
                    assert page.headers["Retry-After"]
                await draw(second)

        run(story())


def test_raw_bytes_instead_of_the_protocol_leave_the_server_standing(server: Server) -> None:
    host, _, port = server.address.removeprefix("http://").rstrip("/").partition(":")
    for noise in (b"\x00" * 4096, b"GET / HTTP/9.9\r\n" + b"a: " + b"b" * 200_000, b"\r\n\r\n"):
        with socket.create_connection((host, int(port))) as plug:
            plug.sendall(noise)

    async def story() -> None:
        async with stranger(server.address) as visitor:
            await draw(visitor)

    run(story())
    server.complaints()


def test_a_token_opens_one_connection_and_no_second_one_beside_it_or_after_it(
    server: Server,
) -> None:
    """Whoever copies it out of somebody's page neither looks on nor takes over."""
    key = token(server.address)

    async def is_turned_away(key: str) -> None:
        with pytest.raises(HTTPClientError, match="403"):
            await connect(server.address, key)

    async def story() -> None:
        async with entered(server.address, key) as owner:
            await is_turned_away(key)
            await draw(owner)
        await is_turned_away(key)

    run(story())
    server.complaints()


@pytest.mark.parametrize("parts", [[STROKE] * 17, [STROKE | {"points": [[1, 1]] * 65}]])
def test_more_ink_than_a_hand_draws_at_once_is_refused_whole(
    server: Server, parts: list[dict[str, Any]]
) -> None:
    async def story() -> None:
        async with stranger(server.address) as visitor:
            await visitor.wait_for(await visitor.tell("Pad", {"type": "ink", "parts": parts}))
            assert visitor.value("Pad", "revision") == 1
            assert visitor.value("Pad", "drawing") == INVITATION
            await draw(visitor)

    run(story())
