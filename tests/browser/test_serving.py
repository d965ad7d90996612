"""The other ways to start the server, and a classroom without the internet."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Browser, Route, WebSocketRoute, expect

from core import Network
from explorer.diagram.weights import all_weights
from support.chromium import visitor
from support.explorer_page import SEVEN, ExplorerPage
from support.server import Server


def test_the_page_works_without_any_other_host(explorer: ExplorerPage) -> None:
    """The browser may reach this server alone; asking any other fails every test here."""
    asked: list[str] = []
    explorer.page.on("request", lambda request: asked.append(request.url))
    explorer.reload()
    explorer.draw(SEVEN)
    explorer.tap(1, 5)
    explorer.page.mouse.move(*explorer.on_screen(2, 3))
    explorer.choose("Light")
    assert len(asked) > 5
    assert [
        url for url in asked if not url.removeprefix("blob:").startswith(explorer.address)
    ] == []


def test_weights_that_did_not_come_as_a_script_are_asked_for(
    explorer: ExplorerPage, network: Network
) -> None:
    lost = {"content_type": "text/javascript", "body": ""}
    explorer.page.route("**/weights/*.js", lambda route: route.fulfill(**lost))
    explorer.reload()
    explorer.page.wait_for_function(
        "() => Bokeh.documents[0].get_model_by_name('edges').data.weight.length === 12960"
    )
    shown = explorer.column("edges", "weight")
    np.testing.assert_allclose(np.sort(shown), np.sort(all_weights(network)), atol=1e-6)


def test_a_page_whose_place_was_taken_meanwhile_opens_by_itself(
    chromium: Browser, server: Server, network: Network
) -> None:
    """Between a document and its websocket the server may have filled up."""
    page = visitor(chromium).new_page()
    page.clock.install()
    is_full = True

    def refuse(socket: WebSocketRoute) -> None:
        if is_full:
            socket.close()
        else:
            socket.connect_to_server()

    def tell(route: Route) -> None:
        if route.request.method == "HEAD" and is_full:
            route.fulfill(status=503)
        else:
            route.continue_()

    page.route_web_socket("**/ws", refuse)
    page.route(server.address, tell)
    page.goto(server.address)
    waiting = page.locator("#waiting")
    page.clock.run_for(15_000)
    expect(waiting).to_be_visible()
    page.clock.run_for(10_000)
    expect(waiting).to_be_visible()
    is_full = False
    page.clock.run_for(10_000)
    explorer = ExplorerPage(page, server.address, network).wait_until_ready()
    explorer.press("Clear")
    expect(waiting).to_be_hidden()
    page.context.close()
