"""The place Edit: numbers changed by hand, seen at once, undone to the last bit."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from core.edit.neurons import silenced
from core.nn.network import Network
from support.eventually import eventually
from support.explorer_page import SEVEN, ExplorerPage, Visit

CANVAS = re.compile("^Weights from the pixels")


@pytest.fixture
def editor(explorer: ExplorerPage) -> ExplorerPage:
    """The place Edit with a drawing and a neuron that looks at the pixels."""
    explorer.draw(SEVEN)
    explorer.button("Edit").click()
    explorer.tap(1, 5)
    expect(panel(explorer)).to_contain_text("Hidden layer 1 · neuron 6")
    return explorer


def panel(explorer: ExplorerPage) -> Locator:
    return explorer.page.get_by_test_id("edit")


def enter(field: Locator, written: str) -> None:
    field.fill(written)
    field.press("Enter")


def test_a_bias_is_written_as_people_write_numbers_and_undone(
    editor: ExplorerPage, network: Network
) -> None:
    bias = panel(editor).get_by_role("textbox", name="Bias")
    for written, value in (("−4", -4), ("1/2", 0.5), ("2,25", 2.25)):
        enter(bias, written)
        editor.wait_for_network(network.with_bias(1, 5, value))
    expect(panel(editor)).to_contain_text("bigger than −2.25")
    expect(panel(editor).get_by_text("changed", exact=True)).to_be_visible()
    enter(bias, "much")
    expect(bias).to_have_attribute("aria-invalid", "true")
    editor.wait_for_network(network.with_bias(1, 5, 2.25))
    for value in (0.5, -4):
        editor.button("Undo change").click()
        editor.wait_for_network(network.with_bias(1, 5, value))
    editor.button("Undo change").click()
    editor.wait_for_network(network)
    expect(panel(editor).get_by_text("changed", exact=True)).to_be_hidden()
    expect(editor.button("Undo change")).to_be_disabled()
    editor.button("Redo change").click()
    editor.wait_for_network(network.with_bias(1, 5, -4))


def test_a_slider_s_whole_way_is_one_change_and_a_weight_is_reached_with_keys_alone(
    editor: ExplorerPage, network: Network
) -> None:
    slider = panel(editor).get_by_role("slider", name="Bias")
    slider.wait_for()
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    editor.page.mouse.move(box["x"] + box["width"] / 2, middle)
    editor.page.mouse.down()
    editor.page.mouse.move(box["x"] + box["width"] - 2, middle, steps=12)
    editor.page.mouse.up()
    value = float(slider.input_value())
    assert value > 0.9 * float(slider.get_attribute("max") or 0)
    editor.wait_for_network(network.with_bias(1, 5, value))
    editor.button("Undo change").click()
    editor.wait_for_network(network)
    panel(editor).get_by_label(CANVAS).focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        editor.page.keyboard.press(key)
    weight = panel(editor).get_by_role("textbox", name="Weight at row 3, col 2")
    enter(weight, "−1,5")
    editor.wait_for_network(network.with_weight(1, 5, 2 * 28 + 1, -1.5))
    panel(editor).get_by_label(CANVAS).focus()
    editor.page.keyboard.press("Enter")
    expect(weight).not_to_have_value("−1.5")


def test_weights_are_painted_on_their_picture(editor: ExplorerPage, network: Network) -> None:
    canvas = panel(editor).get_by_label(CANVAS)
    before = editor.column("neurons", "activation")
    canvas.wait_for()
    box = canvas.bounding_box()
    assert box is not None
    across, down = (
        (lambda share: box["x"] + share * box["width"]),
        (lambda share: box["y"] + share * box["height"]),
    )
    editor.page.mouse.move(across(0.2), down(0.35))
    editor.page.mouse.down()
    editor.page.mouse.move(across(0.8), down(0.35), steps=10)
    editor.page.mouse.up()
    expect(panel(editor).get_by_text("changed", exact=True)).to_be_visible()
    editor.page.wait_for_function(
        "before => Bokeh.documents[0].get_model_by_name('neurons').data.activation[5] > before",
        arg=float(before[5]),
    )
    row = panel(editor).get_by_role("textbox", name=re.compile("^Weight at row 10"))

    def is_painted() -> None:
        written = float(row.input_value().replace("−", "-"))
        assert written > network.layers[0].weights[5].reshape(28, 28)[9, 22]

    eventually(is_painted)
    explained = editor.button("Verify all numbers")
    editor.button("Explore").click()
    explained.click()
    lines = editor.page.get_by_test_id("verdict").locator("li")
    expect(lines.first).to_be_visible()
    assert [line for line in lines.all_inner_texts() if not line.startswith("✓")] == []
    editor.button("Edit").click()
    editor.button("Undo change").click()
    editor.wait_for_network(network)


def test_a_weight_is_brought_up_by_its_line_or_by_its_number(
    editor: ExplorerPage, network: Network
) -> None:
    expect_weight_of_a_line(editor, network, 1, 5)
    editor.tap(2, 3)
    expect_weight_of_a_line(editor, network, 2, 3)
    expect_weights_of_a_deeper_neuron_as_numbers(editor, network)


def expect_weights_of_a_deeper_neuron_as_numbers(editor: ExplorerPage, network: Network) -> None:
    editor.tap(3, 7)
    enter(panel(editor).get_by_role("textbox", name="Weight from neuron 3"), "-9")
    editor.wait_for_network(network.with_weight(3, 7, 2, -9))
    source, weight = editor.columns("selected_edges", "source", "weight")
    editor.page.wait_for_function(
        """() => {
          const {source, weight} = Bokeh.documents[0].get_model_by_name("selected_edges").data
          return weight[Array.from(source).indexOf(2)] === -9
        }"""
    )
    assert len(source) == len(weight) == 16


def expect_weight_of_a_line(
    editor: ExplorerPage, network: Network, layer: int, neuron: int
) -> None:
    """A click on a line into the neuron that is selected brings its weight up, to be changed."""
    weights = network.layers[layer - 1].weights[neuron]
    source = int(np.abs(weights).argmax())
    editor.wait_for_selection(layer, neuron)
    editor.wait_until_settled()
    start, end = editor.places_on_screen(layer - 1)[source], editor.on_screen(layer, neuron)
    for _ in range(2):  # the second time it is the same once more
        editor.page.mouse.click(*(0.2 * start + 0.8 * np.array(end)))
        field = panel(editor).locator("input:focus")
        expect(field).to_have_attribute("aria-label", re.compile("^Weight "))
        shown = float(field.input_value().replace("−", "-"))
        found = int(np.abs(weights - shown).argmin())
        assert abs(weights[found] - shown) < 1e-4
        enter(field, "1.25")
        editor.wait_for_network(network.with_weight(layer, neuron, found, 1.25))
        editor.button("Undo change").click()
        editor.wait_for_network(network)


def test_a_silenced_neuron_is_dark_and_marked_and_its_original_a_key_away(
    editor: ExplorerPage, network: Network
) -> None:
    expect_the_original_a_key_away(editor, network)
    editor.button("Reset all").click()
    editor.wait_for_network(network)
    expect_what_is_changed_to_be_marked_everywhere(editor)


def expect_the_original_a_key_away(editor: ExplorerPage, network: Network) -> None:
    editor.button("Silence").click()
    silent = silenced(network, 1, 5)
    editor.wait_for_network(silent)
    editor.page.keyboard.down("o")
    editor.wait_for_network(network)
    editor.page.keyboard.up("o")
    editor.wait_for_network(silent)
    editor.button("Reset all").click()
    editor.wait_for_network(network)
    editor.button("Undo change").click()
    editor.wait_for_network(silent)


def test_nobody_else_sees_a_change(editor: ExplorerPage, visit: Visit, network: Network) -> None:
    other = visit()
    other.draw(SEVEN)
    before = other.column("neurons", "activation")
    editor.button("Silence").click()
    editor.wait_for_network(silenced(network, 1, 5))
    other.press("Centre")
    other.press("Centre")
    np.testing.assert_array_equal(other.column("neurons", "activation"), before)


def test_a_place_has_an_address_and_back_leads_out_of_it(explorer: ExplorerPage) -> None:
    edit = explorer.button("Edit")
    edit.click()
    expect(edit).to_have_attribute("aria-current", "page")
    expect(explorer.page).to_have_url(re.compile("/#edit$"))
    explorer.page.go_back()
    expect(explorer.button("Explore")).to_have_attribute("aria-current", "page")
    expect(panel(explorer)).to_be_hidden()
    explorer.page.go_forward()
    expect(panel(explorer)).to_be_visible()
    explorer.reload()
    expect(panel(explorer)).to_be_visible()


def test_one_edits_on_narrow_screens_too(visit: Visit, network: Network) -> None:
    explorer = visit(viewport={"width": 820, "height": 1180})
    explorer.draw(SEVEN)
    explorer.button("Edit").click()
    for size in ((820, 1180), (390, 844)):
        explorer.resize(*size)
        explorer.tap(1, 5)
        explorer.button("Silence").click()
        explorer.wait_for_network(silenced(network, 1, 5))
        assert explorer.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        explorer.button("Undo change").click()
        explorer.wait_for_network(network)
        explorer.page.keyboard.press("Escape")


def expect_what_is_changed_to_be_marked_everywhere(editor: ExplorerPage) -> None:
    name = editor.page.get_by_test_id("network")
    dots = editor.page.locator(".figure .changed")
    expect(dots).to_have_count(0)
    editor.button("Silence").click()
    expect(dots).to_have_count(1)
    box, (x, y) = dots.bounding_box(), editor.on_screen(1, 5)
    assert box is not None
    assert abs(box["x"] - x) < 40
    assert abs(box["y"] - y) < 40
    mark = name.get_by_text("changed", exact=True)
    expect(mark).to_be_visible()
    marks = editor.open_networks().get_by_role("article").get_by_text("changed", exact=True)
    expect(marks.filter(visible=True)).to_have_count(1)
    editor.button("Close").click()
    editor.choose_network("lesson")
    expect(dots).to_have_count(0)
    editor.choose_network("default")
    expect(dots).to_have_count(1)
    editor.button("Reset all").click()
    expect(dots).to_have_count(0)
    expect(mark).to_be_hidden()
