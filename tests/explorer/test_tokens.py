"""A session belongs to the page it was given to: nobody brings one along, and none is shared."""

from __future__ import annotations

import asyncio
import json

import pytest
from bokeh.util.token import generate_jwt_token, get_session_id, get_token_payload
from tornado.httpclient import HTTPClientError

from explorer.server.tokens import Tokens
from support.plain_http import ask
from support.server import Server, serving
from support.stranger import connect, entered, leave, token

MINE = "an-id-that-an-attacker-knows"


def given(page: str) -> str:
    return page.partition('"token":"')[2].partition('"')[0]


def refused(address: str, key: str) -> bool:
    """Whether a websocket with this token is refused before it opens."""

    async def story() -> bool:
        try:
            opened = await connect(address, key)
        except HTTPClientError as error:
            return error.code == 403
        await leave(opened)
        return False

    return asyncio.run(story())


@pytest.mark.parametrize("path", ["/", "/teacher"])
@pytest.mark.parametrize(
    ("query", "headers"),
    [
        (f"?bokeh-session-id={MINE}", {}),
        (f"?bokeh-token={generate_jwt_token(MINE, signed=False)}", {}),
        ("", {"Bokeh_Session_Id": MINE}),
        (f"?bokeh-session-id={MINE}", {"Bokeh_Session_Id": MINE}),
        (f"?bokeh-protocol-version=1.0&bokeh-app-path=/&bokeh-session-id={MINE}", {}),
    ],
    # A token differs from second to second, and the workers of a run collect the same names.
    ids=["id", "token", "header", "both", "more"],
)
def test_nobody_is_led_into_a_session_of_somebody_else(
    server: Server, path: str, query: str, headers: dict[str, str]
) -> None:
    page = ask(server.address, path + query, **headers)
    assert page.status == 200
    assert MINE not in page.body
    assert MINE not in get_session_id(given(page.body))
    server.complaints()


def test_a_token_carries_nothing_of_the_visitor(server: Server) -> None:
    page = ask(server.address, "/?name=Ann", Cookie="id=secret", User_Agent="Browser of Ann")
    payload = json.dumps(get_token_payload(given(page.body)))
    assert not any(word in payload for word in ("Ann", "secret", "name"))


@pytest.mark.parametrize("signed", [True, False])
def test_a_token_that_somebody_made_opens_nothing(server: Server, signed: bool) -> None:
    """`panel serve` signs none by itself, so that any would do."""
    forged = generate_jwt_token(
        MINE, signed=signed, secret_key="guessed", extra_payload={"page": "/"}
    )
    assert refused(server.address, forged)
    own = token(server.address)
    head, _, signature = own.partition(".")
    assert refused(server.address, head)
    assert refused(server.address, f"{head}.{signature[:-2]}xx")
    assert not refused(server.address, own)
    server.complaints()


def test_a_token_is_good_for_one_websocket_of_its_own_page(server: Server) -> None:
    key = token(server.address)
    assert refused(f"{server.address}teacher/", key)

    async def story() -> None:
        async with entered(server.address, key):
            with pytest.raises(HTTPClientError, match="403"):
                await connect(server.address, key)

    asyncio.run(story())
    assert refused(server.address, key)
    server.complaints()


def test_each_start_has_a_key_of_its_own(server: Server, own_server: Server) -> None:
    assert refused(server.address, token(own_server.address))
    server.complaints()


def test_processes_that_share_the_work_share_the_key() -> None:
    with serving("--processes", "3") as several:
        assert not any(refused(several.address, token(several.address)) for _ in range(12))


def test_a_token_is_not_good_for_long() -> None:
    now = [0.0]
    tokens = Tokens(clock=lambda: now[0])
    key = tokens.new("/", "en")
    expiry = get_token_payload(key)["session_expiry"]
    now[0] = expiry - 1
    assert tokens.is_good(key, "/")
    now[0] = expiry
    assert not tokens.is_good(key, "/")


def test_used_tokens_are_not_remembered_for_good() -> None:
    now = [0.0]
    tokens = Tokens(clock=lambda: now[0])
    for _ in range(3):
        for _ in range(1001):
            tokens.use(tokens.new("/", "en"))
        now[0] += 1000
    assert len(tokens._used) < 2500
