"""The convolutional network in the page: its maps in the picture, its windows in the panel."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import expect

from core.nn.pretrained import pretrained
from support.explorer_page import SEVEN, ExplorerPage

NETWORK = pretrained()["convolutional"]
#: The neuron of the third map in its seventh row and column.
MIDDLE = 2 * 169 + 6 * 13 + 6


def test_feature_maps_are_drawn_looked_into_and_verified(explorer: ExplorerPage) -> None:
    explorer.choose_network("convolutional")
    explorer.draw(SEVEN)
    expect_nine_edges_to_each_neuron_of_the_first_maps(explorer)
    explorer.button("Verify all numbers").click()
    verdict = explorer.page.get_by_test_id("verdict").locator("li")
    expect(verdict.last).to_contain_text("all edges follow from their weight")
    assert all(line.startswith("✓") for line in verdict.all_inner_texts())
    expect(explorer.inspector.locator(".tiles button")).to_have_count(4)
    explorer.page.get_by_role("button", name="Filter of map 3").click()
    explorer.wait_for_selection(1, MIDDLE)
    expect_the_sum_of_a_window(explorer)
    explorer.page.locator(".figure").focus()
    explorer.page.keyboard.press("ArrowDown")
    explorer.wait_for_selection(1, MIDDLE + 13)
    explorer.page.keyboard.press("ArrowRight")
    explorer.wait_for_selection(1, MIDDLE + 14)
    explorer.tap(2, 7 * 36 + 35)
    expect(explorer.inspector).to_contain_text("Layer 2 · map 8, row 6, column 6")
    expect(explorer.inspector).to_contain_text("sum of 36 products")


def expect_nine_edges_to_each_neuron_of_the_first_maps(explorer: ExplorerPage) -> None:
    layer, source, target, weight = explorer.columns("edges", "layer", "source", "target", "weight")
    first = layer == 1
    assert (np.bincount(target[first]) == 9).all()
    own = NETWORK.layers[0].weights[target[first], source[first]]
    np.testing.assert_allclose(weight[first], own, atol=1e-6)


def expect_the_sum_of_a_window(explorer: ExplorerPage) -> None:
    expect(explorer.inspector).to_contain_text("Layer 1 · map 3, row 7, column 7")
    expect(explorer.inspector).to_contain_text("sum of 9 products, bias · same weights in 169")
    trace = explorer.expected.trace
    np.testing.assert_allclose(explorer.number("z"), trace.z[0][MIDDLE], atol=1e-5)
    assert len(explorer.column("selected_edges", "weight")) == 9


def test_a_link_opens_it_with_its_filters(explorer: ExplorerPage) -> None:
    explorer.page.goto("about:blank")
    explorer.page.goto(f"{explorer.address}#view=1&network=convolutional")
    explorer.wait_until_ready()
    expect(explorer.inspector.locator(".tiles button")).to_have_count(4)
    explorer.page.get_by_role("button", name="Backprop").click()
    expect(explorer.page.get_by_text("networks without feature maps")).to_be_visible()
