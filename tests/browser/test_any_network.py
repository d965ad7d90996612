"""Networks that read other images than digits of 28 × 28 pixels, in every place of the page."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from core import Network
from core.nn.image_network import labels, reads_digits
from support.any_networks import NETWORKS
from support.eventually import eventually
from support.explorer_page import SEVEN, ExplorerPage, Visit
from support.server import Server


@pytest.fixture(scope="module", params=["letters", "deep"])
def network(request: pytest.FixtureRequest) -> Network:
    made: Network = NETWORKS[request.param]()
    return made


@pytest.fixture
def explorer(own_server: Server, visit: Visit) -> ExplorerPage:
    explorer = visit(address=own_server.address)
    explorer.draw_without_waiting(SEVEN)
    return explorer


def part(explorer: ExplorerPage, name: str) -> Locator:
    return explorer.page.get_by_test_id(name)


def last_output(explorer: ExplorerPage, network: Network) -> None:
    explorer.tap(len(network.layers), network.sizes[-1] - 1)


def test_all_places_can_be_visited_with_any_network(
    explorer: ExplorerPage, network: Network
) -> None:
    """The browser may not complain meanwhile, nor the server."""
    name = labels(network)[-1]
    look_at_the_first_layer(explorer, network)
    ask_about_the_last_output(explorer, network)
    change_its_bias(explorer, network)
    explorer.button("Test").click()
    expect(part(explorer, "testing")).to_contain_text("nothing to test it with")
    explorer.button("Explore").click()
    explorer.button("Backpropagation").click()
    panel = part(explorer, "backpropagation")
    panel.get_by_role("button", name=name, exact=True).click()
    expect(panel.get_by_test_id("loss")).to_have_text(re.compile(r"^C = \d"))
    explorer.button("One layer back").click()
    expect(panel).to_contain_text(f"Output {name}")
    expect(panel).to_contain_text("no other examples here")
    assert not reads_digits(network)


def look_at_the_first_layer(explorer: ExplorerPage, network: Network) -> None:
    """Each neuron of it has a picture, so many at a time."""
    last = network.sizes[1]
    if last > 64:
        for _ in range(last // 64 - 1):
            explorer.button("Next").click()
        expect(explorer.button("Next")).to_be_disabled()
    explorer.page.get_by_role("button", name=f"Weights of neuron {last}", exact=True).click()
    inspector = part(explorer, "inspector")
    expect(inspector).to_contain_text(f"Hidden layer 1 · neuron {last}")
    row = network.layers[0].weights[last - 1]

    def check() -> None:
        (image,) = explorer.columns("weights", "image")
        np.testing.assert_array_equal(np.ravel(image), row)

    eventually(check)


def ask_about_the_last_output(explorer: ExplorerPage, network: Network) -> None:
    last_output(explorer, network)
    inspector = part(explorer, "inspector")
    expect(inspector).to_contain_text(f"Output {labels(network)[-1]}")
    for question in ("What is it reacting to?", "What does it prefer?"):
        explorer.page.get_by_role("tab", name=question).click()
    expect(inspector).to_contain_text("No statistics yet")
    explorer.page.keyboard.press("Escape")
    explorer.button("Why this answer and not that one?").click()
    expect(explorer.page.get_by_label("This answer")).not_to_have_value("")
    one = explorer.page.get_by_label("This answer")
    one.select_option(labels(network)[-1])
    expect(inspector).to_contain_text("exact: ")


def change_its_bias(explorer: ExplorerPage, network: Network) -> None:
    explorer.button("Edit").click()
    last_output(explorer, network)
    panel = part(explorer, "edit")
    bias = panel.get_by_role("textbox", name="Bias")
    bias.fill("2")
    bias.press("Enter")
    expect(panel.get_by_text("changed", exact=True)).to_be_visible()
    expect(panel).to_contain_text("does not read the ten digits")
    explorer.button("Reset all").click()
    expect(panel.get_by_text("changed", exact=True)).to_be_hidden()
