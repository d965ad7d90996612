"""Several people at once, and people who send nonsense."""

from __future__ import annotations

from time import monotonic

import numpy as np
import pytest
from playwright.sync_api import WebSocketRoute

from support.explorer_page import FOUR, SEVEN, ExplorerPage, Visit
from support.server import Server


def test_two_people_never_see_each_others_drawing_or_selection(visit: Visit) -> None:
    first, second = visit(), visit()
    first.draw(SEVEN)
    first.tap(1, 5)
    second.wait_for_answer()
    second.draw(*FOUR)
    second.tap(3, 4)
    first.press("Eraser")
    for explorer, neuron in ((first, ["1", "5"]), (second, ["3", "4"])):
        explorer.wait_for_answer()
        np.testing.assert_allclose(
            explorer.column("neurons", "activation"),
            np.concatenate(explorer.expected.trace.a),
            atol=1e-5,
        )
        shown = [explorer.inspector.get_attribute(f"data-{name}") for name in ("layer", "neuron")]
        assert shown == neuron
    assert second.button("Eraser").get_attribute("aria-pressed") == "false"


def test_a_second_tab_has_a_drawing_of_its_own(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    tab = ExplorerPage(explorer.page.context.new_page(), explorer.address, explorer.network)
    tab.open().wait_for_answer()
    tab.draw(*FOUR)
    explorer.wait_for_answer()


NONSENSE = {
    "points that are words": ('"points":[[', '"points":["a",['),
    "a place that is nowhere": ('"points":[[', '"points":[[1e999,2],['),
    "a pen of no width": ('"width":2.4', '"width":"wide"'),
    "ink without parts": ('"parts":', '"pieces":'),
}


@pytest.mark.parametrize(("sense", "nonsense"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_from_the_network_costs_nobody_the_page(
    explorer: ExplorerPage, server: Server, sense: str, nonsense: str
) -> None:
    spoil, spoilt_one = True, False

    def between(socket: WebSocketRoute) -> None:
        upstream = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            nonlocal spoilt_one
            if isinstance(message, str) and spoil and sense in message:
                spoilt_one = True
                message = message.replace(sense, nonsense)
            upstream.send(message)

        socket.on_message(pass_on)

    explorer.page.route_web_socket("**/*", between)
    explorer.reload()
    explorer.page.wait_for_function(
        # What is said now goes over the channel, and not by Panel in another wording.
        """() => [...window.neuronExplorer.links.values()].some(
          line => line.channel !== null && line.answered >= line.lastByPanel)"""
    )
    explorer.draw_without_waiting([(20, 20)])
    deadline = monotonic() + 20
    while not spoilt_one:
        assert monotonic() < deadline
        explorer.page.evaluate("() => new Promise(requestAnimationFrame)")
    spoil = False
    explorer.press("Clear")
    assert not explorer.ink().any()
    explorer.draw(SEVEN)
    np.testing.assert_allclose(
        explorer.column("neurons", "activation"),
        np.concatenate(explorer.expected.trace.a),
        atol=1e-5,
    )
    said_to_the_person = explorer.page.get_by_test_id("notice").inner_text().strip("×\n ")
    ignored = any("ignored a message" in line for line in server.complaints())
    assert ignored or said_to_the_person
