"""Static files: compressed for browsers that take it, kept for good where the address says so."""

from __future__ import annotations

import base64
import gzip
import re
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import numpy as np
import pytest
from panel.io.resources import DIST_DIR

from explorer.diagram.weights import all_weights
from explorer.state.session import Session
from support.server import Server

SCRIPT = "static/extensions/panel/panel.min.js"
FILE = Path(DIST_DIR) / "panel.min.js"


@pytest.fixture
def address(own_server: Server) -> str:
    return own_server.address


def fetched(address: str, **headers: str) -> tuple[Message, bytes]:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        return answer.headers, answer.read()


def test_a_browser_that_takes_gzip_gets_the_same_script_in_fewer_bytes(address: str) -> None:
    headers, body = fetched(address + SCRIPT, **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == FILE.read_bytes()
    assert len(body) < FILE.stat().st_size / 2


def test_a_browser_that_does_not_gets_it_as_it_is(address: str) -> None:
    headers, body = fetched(address + SCRIPT)
    assert headers["Content-Encoding"] is None
    assert body == FILE.read_bytes()


def test_what_has_its_version_in_its_address_is_kept_for_good(address: str) -> None:
    _, page = fetched(address)
    script = re.search(r'src="(static/js/bokeh\.min\.js\?v=\w+)"', page.decode())
    assert script is not None
    headers, body = fetched(address + script[1], **{"Accept-Encoding": "gzip"})
    assert len(body) < 400_000
    assert "max-age=31536000" in headers["Cache-Control"]


def test_an_unchanged_script_is_not_sent_again(address: str) -> None:
    headers, _ = fetched(address + SCRIPT, **{"Accept-Encoding": "gzip"})
    with pytest.raises(urllib.error.HTTPError, match="304"):
        fetched(
            address + SCRIPT,
            **{"Accept-Encoding": "gzip", "If-None-Match": headers["Etag"]},
        )


def test_the_weights_are_a_script_that_is_kept_for_good(address: str) -> None:
    _, page = fetched(address)
    script = re.search(r'src="(weights/(\w+)\.js)"', page.decode())
    assert script is not None
    headers, body = fetched(address + script[1], **{"Accept-Encoding": "gzip"})
    assert "max-age=31536000" in headers["Cache-Control"]
    text = re.search(r'"(\w+)"\] = "(.+)"', gzip.decompress(body).decode())
    assert text is not None
    assert text[1] == script[2]
    held = np.frombuffer(base64.b64decode(text[2]), "<f4")
    np.testing.assert_array_equal(held, all_weights(Session().network))


def test_weights_that_nobody_shows_are_not_there(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetched(f"{address}weights/{'0' * 32}.js")
