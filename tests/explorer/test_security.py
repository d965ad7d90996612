"""What every answer tells the browser, and under which names the server answers at all."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

import pytest
from tornado.httpclient import HTTPClientError

from explorer.server.rules import Rules
from explorer.server.security import page_policy
from explorer.server.trusted_hosts import is_trusted, name_of
from support.plain_http import Answer, ask
from support.server import Server, serving, serving_class
from support.stranger import connect, token

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FOREIGN = [
    "elsewhere.example",
    "127.0.0.1.elsewhere.example",
    "localhost.elsewhere.example",
    '"><img src=x onerror=alert(1)>',
    "127.0.0.1; script-src *",
    "127.0.0.1 elsewhere.example",
    "elsewhere.example@127.0.0.1",
    "[::2]",
    "0",
    "2130706433",
]


def policy(answer: Answer) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return {name: values for name, _, values in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/teacher", 200),
        ("GET", "/invitation", 200),
        ("GET", "/invitation.svg?home=https%3A%2F%2Fexample.org%2Fproxy%2F1%2F", 200),
        ("GET", "/invitation.svg?home=javascript%3A1", 400),
        ("GET", "/invitation.svg", 400),
        ("GET", "/favicon.ico", 200),
        ("GET", "/static/js/bokeh.min.js", 200),
        ("GET", "/nothing", 404),
        ("GET", "/teacher/", 302),
        ("OPTIONS", "/", 405),
        ("DANCE", "/", 405),
        ("GET", "/ws", 403),
        ("OPTIONS", "/ws", 405),
        ("GET", "/channel", 400),
    ],
)
def test_every_answer_says_what_the_browser_may_do(
    server: Server, method: str, target: str, status: int
) -> None:
    answer = ask(server.address, target, method)
    assert answer.status == status
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value, name
    assert policy(answer)["default-src"] == "'none'"
    assert policy(answer)["frame-ancestors"] == "'self'"
    assert "Server" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers
    server.complaints()


def test_an_answer_that_says_only_that_nothing_has_changed_has_them_too(server: Server) -> None:
    etag = ask(server.address, "/static/js/bokeh.min.js").headers["Etag"]
    answer = ask(server.address, "/static/js/bokeh.min.js", If_None_Match=etag)
    assert answer.status == 304
    assert policy(answer)["default-src"] == "'none'"


def test_a_page_runs_the_scripts_of_this_server_alone(server: Server) -> None:
    answer = ask(server.address)
    scripts = policy(answer)["script-src"]
    assert "unsafe" not in scripts
    nonce = scripts.split("'nonce-")[1].split("'")[0]
    inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", answer.body)
    assert inline
    assert all(f'nonce="{nonce}"' in element for element in inline)
    assert not re.search(r'src="(?:https?:)?//', answer.body)


def test_every_page_has_a_nonce_of_its_own(server: Server) -> None:
    assert len({policy(ask(server.address))["script-src"] for _ in range(3)}) == 3


def test_a_page_for_oneself_is_as_strict(own_server: Server) -> None:
    assert "nonce-" in policy(ask(own_server.address))["script-src"]


@pytest.mark.parametrize("host", FOREIGN)
def test_who_asks_under_a_foreign_name_is_refused(server: Server, host: str) -> None:
    """A site whose name leads to this machine would read the page as its own."""
    port = urlsplit(server.address).port
    for target in ("/", "/ws", "/teacher", "/invitation", "/static/js/bokeh.min.js", "/nothing"):
        for named in (host, f"{host}:{port}"):
            answer = ask(server.address, target, Host=named)
            assert answer.status in (400, 421)
            told = answer.headers.as_string() + answer.body
            assert host == "0" or host not in told
    server.complaints()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "LOCALHOST", "localhost.", "[::1]"])
def test_this_machine_may_be_called_by_each_of_its_names(server: Server, host: str) -> None:
    for named in (host, f"{host}:{urlsplit(server.address).port}", f"{host}:8080"):
        assert ask(server.address, Host=named).status == 200


def test_a_script_of_another_site_opens_no_websocket(server: Server) -> None:
    for origin in ("http://elsewhere.example", "null", "http://127.0.0.1:1", "file://"):
        with pytest.raises(HTTPClientError, match="403"):
            asyncio.run(connect(server.address, token(server.address), Origin=origin))
    server.complaints()


def test_what_a_visitor_writes_into_the_address_does_not_get_into_the_page(server: Server) -> None:
    trick = "elsewhere.example/%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E"
    page = ask(server.address, f"/?bokeh-absolute-url=http://{trick}&theme={trick}")
    assert page.status == 200
    assert "elsewhere" not in page.body
    assert 'src="static/js/bokeh.min.js' in page.body


def test_names_that_were_given_are_answered_and_framed_by_those_that_may() -> None:
    options = (
        *("--origin", "class.example.org", "--origin", "other.example.org:8080"),
        *("--frame-ancestors", "https://learn.example.org"),
    )
    with serving(*options) as server:
        for host in ("class.example.org", "other.example.org:8080", "localhost:1"):
            answer = ask(server.address, Host=host)
            assert answer.status == 200
            assert f"ws://{host}" in policy(answer)["connect-src"]
            assert policy(answer)["frame-ancestors"] == "'self' https://learn.example.org"
            assert "X-Frame-Options" not in answer.headers
        assert ask(server.address, Host="elsewhere.example").status == 421


def test_panel_serve_takes_the_names_that_it_is_told() -> None:
    options = ("--allow-websocket-origin", "class.example.org")
    with serving_class("panel", *options) as server:
        assert ask(server.address, Host="class.example.org").status == 200
        assert ask(server.address, Host="elsewhere.example").status == 421


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("Class.Example.org:80", "class.example.org"),
        ("[0:0::1]:5006", "[::1]"),
        ("[::1", None),
        ("[1:2]", None),
        ("a b", None),
        ("a,b", None),
        ("a:b", None),
        ("", None),
        ("a" * 1000, None),
    ],
)
def test_a_host_is_read_as_browsers_write_it(host: str, name: str | None) -> None:
    assert name_of(host) == name


def test_patterns_of_bokeh_are_understood() -> None:
    assert is_trusted("lab.school.example:8080", {"*.school.example"})
    assert not is_trusted("school.example", {"*.school.example"})
    assert is_trusted("anything", {"*"})
    assert not is_trusted("any thing", {"*"})


def test_a_policy_names_the_websocket_for_older_browsers() -> None:
    assert "ws://[::1]:5006 wss://[::1]:5006" in page_policy("n", "[::1]:5006", Rules())
