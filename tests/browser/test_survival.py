"""A lost connection comes back: the drawing is there, and the page goes on by itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, WebSocketRoute, expect

from core import Network
from support.chromium import visitor
from support.explorer_page import FOUR, SEVEN, ExplorerPage
from support.server import Server, free_port, serving


@contextmanager
def serving_at(port: int) -> Iterator[Server]:
    """A server at this port; it is killed at last, without a farewell."""
    with serving(port=port) as server:
        try:
            yield server
        finally:
            server.process.kill()


def test_a_server_killed_in_the_middle_loses_no_drawing(
    chromium: Browser, network: Network
) -> None:
    port = free_port()
    page = visitor(chromium).new_page()
    explorer = ExplorerPage(page, f"http://127.0.0.1:{port}/", network)
    with serving_at(port):
        explorer.open()
        explorer.press("Clear")
        explorer.draw(SEVEN)
        drawn = explorer.ink()
    notice = page.get_by_test_id("notice")
    expect(notice).to_contain_text("Reconnecting… Your drawing is kept.")
    expect(page.locator(".grid.waiting")).to_be_visible()
    page.evaluate("window.old = true")
    with serving_at(port):
        page.wait_for_function("() => !window.old")
        explorer.wait_until_ready()
        explorer.wait_for_answer()
        assert (explorer.ink() == drawn).all()
        expect(notice).to_be_hidden()
    page.context.close()


def test_a_page_goes_on_when_its_connection_is_cut(explorer: ExplorerPage) -> None:
    """The lid of a laptop closes: the server is there, but the websocket is not."""
    sockets: list[WebSocketRoute] = []

    def between(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    explorer.page.route_web_socket("**/*", between)
    explorer.reload()
    explorer.press("Clear")
    explorer.draw(*FOUR)
    drawn = explorer.ink()
    expect(explorer.page.get_by_test_id("notice")).to_be_hidden()
    explorer.page.evaluate("window.old = true")
    sockets[-1].close()
    explorer.page.wait_for_function("() => !window.old")
    explorer.wait_until_ready()
    explorer.wait_for_answer()
    assert (explorer.ink() == drawn).all()


def test_a_server_that_stands_still_for_a_while_answers_what_was_drawn_meanwhile(
    chromium: Browser, network: Network
) -> None:
    page = visitor(chromium).new_page()
    with serving_at(free_port()) as server:
        explorer = ExplorerPage(page, server.address, network).open()
        explorer.press("Clear")
        os.kill(server.process.pid, signal.SIGSTOP)
        drawn = [explorer.draw_without_waiting(points) for points in FOUR]
        assert explorer.ink().any(), "ink appears at once"
        os.kill(server.process.pid, signal.SIGCONT)
        for points in drawn:
            explorer.expected.draw(points)
        explorer.wait_for_answer()
    page.context.close()
