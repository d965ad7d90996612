"""A real server and a stranger on its websocket, who says anything, as fast as he likes."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from statistics import quantiles
from time import perf_counter
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import stranger as stranger_script
from server import Server, serving
from stranger import Stranger, connect, stranger, token
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

STROKE = {"begins": True, "points": [[6, 6], [20, 6], [12, 24]], "width": 2.4, "erases": False}
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


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("--class", "--address", "127.0.0.1") as running:
        yield running


async def draw(visitor: Stranger) -> None:
    """Draw a stroke and see that the pad has answered it."""
    changes = await visitor.patches_before(
        await visitor.tell("Pad", {"type": "ink", "parts": [STROKE]})
    )
    assert "answered" in json.dumps(changes)


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

    server.complaints()
    run(story())
    assert len(server.complaints()) == 1


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
            points = [[1, 1]] * 400_000
            await visitor.tell("Pad", {"type": "ink", "parts": [STROKE | {"points": points}]})
            await draw(visitor)

    run(story())
    server.complaints()


def test_more_than_the_largest_upload_is_not_even_read(server: Server) -> None:
    async def story() -> None:
        async with stranger(server.address) as visitor:
            with suppress(WebSocketClosedError):  # in the middle of it, perhaps
                await visitor.say("x" * 6_000_000)
                assert await asyncio.wait_for(visitor.socket.read_message(), 20) is None
        async with stranger(server.address) as another:
            await draw(another)

    run(story())
    server.complaints()


def test_a_flood_from_one_page_leaves_the_others_their_pace(server: Server) -> None:
    async def p95(visitor: Stranger) -> float:
        times = []
        for _ in range(60):
            start = perf_counter()
            await visitor.answer_to(await visitor.tell("Pad", {"type": "point", "place": [3, 4]}))
            times.append(perf_counter() - start)
            await asyncio.sleep(1 / 60)
        return quantiles(times, n=20)[-1]

    async def story() -> tuple[float, float]:
        async with stranger(server.address) as visitor:
            calm = await p95(visitor)
            with hostile_process(server.address):
                while not server.complaints():
                    await draw(visitor)
                return calm, await p95(visitor)

    calm, stormy = run(story())
    assert stormy < 2 * calm + 0.05, f"{1000 * calm:.1f} ms became {1000 * stormy:.1f} ms"
    assert len(server.complaints()) < 200


@contextmanager
def hostile_process(address: str) -> Iterator[None]:
    """Somebody who floods the server, in a process of his own."""
    process = subprocess.Popen([sys.executable, stranger_script.__file__, address])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def test_a_page_of_another_origin_is_not_let_in(server: Server) -> None:
    key = token(server.address)
    with pytest.raises(HTTPClientError, match="403"):
        run(connect(server.address, key, Origin="http://elsewhere.example"))
    server.complaints()


@pytest.mark.parametrize("key", ["", "x", "eyJzZXNzaW9uX2lkIjogIngifQ", "é"])
def test_a_token_that_the_server_did_not_give_out_opens_nothing(server: Server, key: str) -> None:
    """In one line: a forged token must not fill the log either."""

    async def story() -> None:
        connection = await connect(server.address, key.encode().decode("latin-1") or "-")
        assert await asyncio.wait_for(connection.read_message(), 20) is None

    server.complaints()
    run(story())
    assert not [line for line in server.complaints() if "Traceback" in line or "  File" in line]


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


def test_every_answer_carries_the_safe_headers(server: Server) -> None:
    with urlopen(server.address) as page:
        rules = dict(
            part.strip().split(" ", 1)
            for part in page.headers["Content-Security-Policy"].split(";")
        )
        script = page.read().decode().partition('<script type="text/javascript" src="')
    assert "unsafe-eval" not in str(rules)
    assert "unsafe-inline" not in rules["script-src"]
    assert rules["default-src"] == "'none'"
    assert not script[1], "every script carries the nonce"
    for place in ("", "invitation", "static/js/bokeh.min.js"):
        with urlopen(server.address + place) as answer:
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_page_has_a_nonce_of_its_own(server: Server) -> None:
    rules = set()
    for _ in range(3):
        with urlopen(server.address) as page:
            rules.add(page.headers["Content-Security-Policy"])
    assert len(rules) == 3


def test_a_page_for_oneself_stays_open_to_ones_own_tools() -> None:
    with serving() as own, urlopen(own.address) as page:
        assert "Content-Security-Policy" not in page.headers


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
