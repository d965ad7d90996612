"""Networks of other programs: wide, and with activations that have no bound and no scale."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from core import Network
from explorer.diagram.brightness import brightest
from support.explorer_page import FOUR, ExplorerPage, Visit
from support.relu_network import relu_network
from support.server import Server


@pytest.fixture(scope="module", params=[300], ids=["wide"])
def network(request: pytest.FixtureRequest) -> Network:
    """300 neurons in the first layer, of which 64 are shown; or as many as a test asks for."""
    return relu_network(request.param)


@pytest.fixture
def explorer(own_server: Server, visit: Visit) -> ExplorerPage:
    return visit(address=own_server.address)


narrow = pytest.mark.parametrize("network", [12], indirect=True, ids=["narrow"])


def test_the_last_of_64_neurons_that_are_shown_of_300_lights_its_own_edges(
    explorer: ExplorerPage, network: Network
) -> None:
    layer, index = explorer.columns("neurons", "layer", "index")
    last = int(index[layer == 1][-1])
    assert (layer == 1).sum() == 64
    explorer.page.mouse.move(*explorer.places_on_screen(1)[-1])
    explorer.page.wait_for_function(
        "() => Bokeh.documents[0].get_model_by_name('hovered_edges').data.target.length > 0"
    )
    targets, sources, weights = explorer.columns("hovered_edges", "target", "source", "weight")
    assert set(targets) == {last}
    np.testing.assert_allclose(weights, network.layers[0].weights[last][sources])
    expect(explorer.page.locator(".bk-tooltip-content")).to_contain_text(
        f"Hidden layer 1 · neuron {last + 1}"
    )


@narrow
def test_no_circle_is_brighter_than_the_scale_that_the_legend_states(
    explorer: ExplorerPage, network: Network
) -> None:
    explorer.draw(*FOUR)
    full, one = brightest(network)
    assert full > 1
    assert one == 1
    activations = explorer.expected.trace.a[0]
    assert activations.max() > 1, "or there would be nothing to see"
    np.testing.assert_allclose(
        explorer.column("neurons", "activation")[:12], activations, atol=1e-4
    )
    legend = explorer.page.locator(".legend")
    expect(legend).to_contain_text(f"white from {full:.2f} · 1")
    columns, rows = explorer.places_on_screen(1).round().astype(int).T
    explorer.page.mouse.move(0, 0)

    def shines(picture: np.ndarray) -> None:
        shown = picture[rows, columns].mean(axis=1) / 255
        np.testing.assert_allclose(shown, np.minimum(activations / full, 1), atol=0.06)

    explorer.look_until(shines)
    expect_strong_signals_to_be_told_apart(explorer, network)


def expect_strong_signals_to_be_told_apart(explorer: ExplorerPage, network: Network) -> None:
    """An activation of 3 makes a signal three times the weight: the scale makes room for it."""
    explorer.button("Contribution w·a").click()
    expect(explorer.page.locator(".legend")).to_contain_text("contribution w·a")
    full, _ = brightest(network)
    largest = full * np.abs(network.layers[1].weights).max()
    expect(explorer.page.locator(".legend")).to_contain_text(f"±{largest:.2f}")
    explorer.set_slider("Hide weak edges", 0)
    expect(explorer.page.locator(".legend")).to_contain_text("under 0 %")
    layer, alpha, carried = explorer.columns("edges", "layer", "alpha", "carried")
    carried = np.abs(carried[layer == 2])
    order = np.argsort(carried)
    assert (np.diff(alpha[layer == 2][order]) >= -1e-6).all()
    assert len(np.unique(alpha[layer == 2][carried > 0])) == (carried > 0).sum()


def test_a_network_between_0_and_1_keeps_its_legend(visit: Visit, server: Server) -> None:
    explorer = visit(address=server.address)
    expect(explorer.page.locator(".legend")).to_contain_text(re.compile(r"activation 0\s*1weight"))
