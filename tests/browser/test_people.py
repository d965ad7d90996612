"""Several people at once, and people who send nonsense."""

from __future__ import annotations

from time import monotonic

import numpy as np
from playwright.sync_api import Page, WebSocketRoute

from support.explorer_page import FOUR, SEVEN, ExplorerPage, Visit
from support.patience import PATIENCE
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


#: What is said now goes over the channel, and not by Panel in another wording.
_ANSWERED_BY_CHANNEL = """() => [...window.neuronExplorer.links.values()].some(
  line => line.channel !== null && line.answered >= line.lastByPanel)"""


class Spoiler:
    """Writes something else into the next message to the server that has these characters."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._change: tuple[str, str] | None = None
        page.route_web_socket("**/*", self._between)

    def spoil(self, sense: str, nonsense: str) -> None:
        self._change = (sense, nonsense)

    def wait_until_done(self) -> None:
        deadline = monotonic() + PATIENCE
        while self._change is not None:
            assert monotonic() < deadline
            self._page.evaluate("() => new Promise(requestAnimationFrame)")

    def _between(self, socket: WebSocketRoute) -> None:
        upstream = socket.connect_to_server()
        socket.on_message(lambda message: upstream.send(self._spoilt(message)))

    def _spoilt(self, message: str | bytes) -> str | bytes:
        if isinstance(message, bytes) or self._change is None or self._change[0] not in message:
            return message
        change, self._change = self._change, None
        return message.replace(*change)


def test_nonsense_from_the_network_costs_nobody_the_page(
    explorer: ExplorerPage, server: Server
) -> None:
    spoiler = Spoiler(explorer.page)
    explorer.reload()
    explorer.page.wait_for_function(_ANSWERED_BY_CHANNEL)
    for name, change in NONSENSE.items():
        spoiler.spoil(*change)
        explorer.draw_without_waiting([(20, 20)])
        spoiler.wait_until_done()
        explorer.press("Clear")
        assert not explorer.ink().any(), name
        explorer.draw(SEVEN)
        np.testing.assert_allclose(
            explorer.column("neurons", "activation"),
            np.concatenate(explorer.expected.trace.a),
            atol=1e-5,
        )
        ignored = any("ignored a message" in line for line in server.complaints())
        assert ignored or is_told(explorer), name


def is_told(explorer: ExplorerPage) -> bool:
    """Whether there is a message to the person, which is closed."""
    close = explorer.page.get_by_role("button", name="Close the message")
    if not close.is_visible():
        return False
    close.click()
    return True
