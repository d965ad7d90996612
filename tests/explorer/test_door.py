"""The rules under which a page is handed out, whoever asks for it and however."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from server import PANEL_SERVE, Server, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("--class", "--address", "127.0.0.1") as running:
        yield running


def test_a_page_that_is_asked_for_in_another_host_s_name_is_nobody_else_s_page(
    server: Server,
) -> None:
    elsewhere = "bokeh-absolute-url=/&bokeh-absolute-url=https://elsewhere.example/"
    for asked in (f"autoload.js?bokeh-autoload-element=1&{elsewhere}", f"?{elsewhere}"):
        with urlopen(f"{server.address}{asked}", timeout=20) as answer:
            assert answer.status == 200
    with urlopen(server.address, timeout=20) as answer:
        page = answer.read().decode()
    assert "elsewhere.example" not in page
    assert 'src="static/js/bokeh.min.js' in page


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


def test_panel_serve_has_the_same_rules_with_the_plugin() -> None:
    command = (*PANEL_SERVE, "explorer/app.py", "--plugins", "explorer.plugin")
    with serving(command=command, page="app") as panel, urlopen(panel.address) as page:
        assert "script-src 'self' blob: 'nonce-" in page.headers["Content-Security-Policy"]
