"""A link that is made in one engine opens the same picture in another; back leads where one was."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core import Network
from core.edit.neurons import silenced
from core.ink import rasterize
from support.engines.page import Page
from support.engines.tab import Engine
from support.engines.waiting import until
from support.explorer_page import SEVEN
from support.server import Server

LAPTOP = (1366, 768)
#: The link in the sheet, once the changes of the network are in it.
_LINK = """() => {
  const {value} = find("[aria-label='Link to this view']") ?? {value: ""}
  return value.includes("&changes=e") && value
}"""
#: Scrolls to a button.
_SHOW = "name => find('button', name).scrollIntoView({block: 'center'})"
_PLACE = "() => find('.places [aria-current]').textContent"
_BACK = "() => { history.back(); return true }"


@pytest.mark.parametrize(
    ("first", "second"), [("chromium", "firefox"), ("firefox", "webkit"), ("webkit", "chromium")]
)
def test_a_link_opens_the_same_picture_in_another_engine(
    engines: Callable[[str], Engine], server: Server, network: Network, first: str, second: str
) -> None:
    with engines(first).tab(LAPTOP) as tab:
        page = Page(tab, server.address).open().wait_until_ready()
        stroke = page.draw(SEVEN)
        page.wait_for_answer("7")
        page.click("button", "Edit")
        page.choose_neuron(3, 7)
        page.wait_for_text("h2", "Output 7")
        page.ask(_SHOW, "Silence")
        page.click("button", "Silence")
        page.click("button", "Share")
        link = page.wait_for(_LINK)
        assert page.troubles() == []
    assert len(link) <= 2000
    with engines(second).tab(LAPTOP) as tab:
        page = Page(tab, link).open().wait_until_ready()
        page.wait_for_ink(rasterize([stroke]))
        page.wait_for_text("h2", "Output 7")
        expected = silenced(network, 3, 7)
        until(lambda: is_said_by(expected, page), "what the changed network says")
        page.click("button", "Explore")
        until(lambda: page.ask(_PLACE) == "Explore", "the place Explore")
        page.ask(_BACK)
        until(lambda: page.ask(_PLACE) == "Edit", "the place Edit again")
        assert page.troubles() == []


def is_said_by(network: Network, page: Page) -> bool:
    inputs = page.ask("() => Array.from(model('inputs').data.activation)")
    return bool(np.allclose(network(np.array(inputs, np.float32)), page.activations(), atol=1e-4))
