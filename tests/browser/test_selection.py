"""Clicking a neuron: its numbers, its weights, and letting go again."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from core import Network
from core.explain.weighted_sum import explain
from support.eventually import eventually
from support.explorer_page import FOUR, SEVEN, ExplorerPage

BLUE, RED = (88, 196, 221), (252, 98, 85)


def assert_numbers_are_the_networks(explorer: ExplorerPage, layer: int, index: int) -> None:
    sums = explain(explorer.expected.network, explorer.expected.trace, layer, index)
    assert explorer.number("weighted-sum") == pytest.approx(sums.weighted_sum, abs=1e-5)
    assert explorer.number("bias") == pytest.approx(sums.bias, abs=1e-5)
    assert explorer.number("z") == pytest.approx(sums.z, abs=1e-5)
    assert explorer.number("activation") == pytest.approx(sums.activation, abs=1e-5)


def test_neurons_tell_their_numbers_when_clicked_and_under_the_pointer(
    explorer: ExplorerPage,
) -> None:
    expect_the_sum_behind_each_number(explorer)
    explorer.page.keyboard.press("Escape")
    explorer.wait_for_no_selection()
    expect_numbers_under_the_pointer(explorer)


def expect_the_sum_behind_each_number(explorer: ExplorerPage) -> None:
    explorer.draw(*FOUR)
    for layer, index in ((1, 5), (2, 0), (2, 15), (3, 7)):
        explorer.tap(layer, index)
        assert_numbers_are_the_networks(explorer, layer, index)
        digits = explorer.inspector.get_by_test_id("z").inner_text()
        assert len(re.sub(r"\D", "", digits).lstrip("0")) >= 6
    explorer.tap(1, 5)
    before = explorer.number("z")
    explorer.draw(SEVEN)
    assert explorer.number("z") != before, "it follows the pen"
    assert_numbers_are_the_networks(explorer, 1, 5)
    explorer.tap(0, int(explorer.expected.trace.inputs.argmax()))
    assert explorer.number("activation") == pytest.approx(1, abs=1e-3)


def test_the_weights_of_a_first_layer_neuron_are_an_image_in_blue_and_red(
    explorer: ExplorerPage, network: Network
) -> None:
    """Row 0 is at the top."""
    explorer.tap(1, 5)
    weights = network.layers[0].weights[5]

    def are_shown() -> None:
        image = explorer.column("weights", "image").astype("f4").reshape(-1)
        np.testing.assert_array_equal(image, weights)

    eventually(are_shown)
    explorer.page.mouse.move(0, 0)

    def is_blue_and_red(picture: np.ndarray) -> None:
        place = explorer.place_of_figure("weight_picture")
        for pixel, colour in ((weights.argmax(), BLUE), (weights.argmin(), RED)):
            row, column = divmod(int(pixel), 28)
            x = place["x"] + (column + 0.5) / 28 * place["width"]
            y = place["y"] + (row + 0.5) / 28 * place["height"]
            strength = abs(weights[pixel]) / np.abs(weights).max()
            shown = picture[int(y), int(x)]
            assert np.argmax(shown) == np.argmax(colour)
            if strength > 0.99:
                np.testing.assert_allclose(shown, colour, atol=6)

    explorer.look_until(is_blue_and_red)


def test_the_16_weights_of_a_deeper_neuron_are_shown_with_their_sources(
    explorer: ExplorerPage, network: Network
) -> None:
    for layer, index in ((2, 3), (3, 9)):
        explorer.tap(layer, index)
        expected = network.layers[layer - 1].weights[index]

        def are_shown(expected: np.ndarray = expected) -> None:
            weights, images = explorer.columns("weight_tiles", "weight", "image")
            np.testing.assert_allclose(weights, expected, atol=1e-6)
            assert len(images) == 16
            assert explorer.column("weights", "image").size == 0

        eventually(are_shown)


def test_a_clicked_neuron_isolates_its_incoming_edges_until_it_is_let_go_of(
    explorer: ExplorerPage, network: Network
) -> None:
    leave = [
        lambda: explorer.page.keyboard.press("Escape"),
        explorer.tap_background,
        lambda: explorer.page.keyboard.press("Escape"),
    ]
    for (layer, index), let_go in zip(((1, 5), (2, 3), (3, 9)), leave, strict=True):
        explorer.tap(layer, index)
        sources, targets, weights = explorer.columns("selected_edges", "source", "target", "weight")
        expected = network.layers[layer - 1].weights[index]
        assert sorted(sources) == list(range(len(expected)))
        np.testing.assert_allclose(weights, expected[sources], atol=1e-6)
        assert set(targets) == {index}
        let_go()
        explorer.wait_for_no_selection()
        assert explorer.column("selected_edges", "weight").size == 0


def expect_numbers_under_the_pointer(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    trace = explorer.expected.trace
    hint = explorer.page.locator(".bk-tooltip-content")
    for layer, index in ((0, 300), (1, 5), (2, 3), (3, 7)):
        number = (trace.inputs, *trace.a)[layer][index]
        explorer.page.mouse.move(0, 0)
        hint.wait_for(state="hidden")
        explorer.page.mouse.move(*explorer.on_screen(layer, index))
        hint.wait_for()

        def tells_it(number: float = number) -> None:
            told = [float(text) for text in re.findall(r"\d+\.\d+", hint.inner_text())]
            assert told == [pytest.approx(number, abs=0.0051)]

        eventually(tells_it)


def expect_bright(explorer: ExplorerPage, *neurons: tuple[int, int]) -> None:
    """The edges of these neurons, by layer and number, stand out under the pointer."""

    def stand_out() -> None:
        columns = explorer.columns("hovered_edges", "layer", "target")
        assert set(zip(*(each.tolist() for each in columns), strict=True)) == set(neurons)

    eventually(stand_out)


def test_a_neuron_s_picture_and_its_circle_are_one_also_as_a_source(explorer: ExplorerPage) -> None:
    tile = explorer.page.get_by_role("button", name="Weights of neuron 6", exact=True)
    tile.hover()
    expect(tile).to_contain_class("pointed")
    expect_bright(explorer, (1, 5))
    explorer.page.mouse.move(*explorer.on_screen(1, 9))
    other = explorer.page.get_by_role("button", name="Weights of neuron 10", exact=True)
    expect(other).to_contain_class("pointed")
    expect(tile).not_to_contain_class("pointed")
    expect_bright(explorer, (1, 9))
    explorer.draw(SEVEN)
    explorer.tap(2, 3)
    place = explorer.place_of_figure("weight_picture")
    # The seventh tile of four in a row.
    explorer.page.mouse.move(
        place["x"] + place["width"] * 5 / 8, place["y"] + place["height"] * 3 / 8
    )
    expect_bright(explorer, (1, 6))
    explorer.page.mouse.move(0, 0)
    expect_bright(explorer)
    row = explorer.page.locator(".waterfall li").first
    number = int(row.locator(".label").inner_text().split()[-1])
    row.hover()
    expect_bright(explorer, (1, number - 1))
