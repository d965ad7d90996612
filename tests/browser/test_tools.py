"""What stands around the network: examples, files, ghost, signals, networks, projector."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from core.ink import Drawing
from core.nn.pretrained import pretrained
from explorer.drawing.examples import examples
from support.explorer_page import FOUR, SEVEN, ExplorerPage


def choose_example(explorer: ExplorerPage, name: str) -> None:
    explorer.button("Examples and files").click()
    explorer.page.get_by_role("button", name=examples()[name].title, exact=True).click()


def test_an_example_is_a_click_away_and_is_drawn_by_itself(explorer: ExplorerPage) -> None:
    choose_example(explorer, "7-plain")
    explorer.expected.replace_drawing(examples()["7-plain"].drawing)
    explorer.wait_for_answer()
    expect(explorer.prediction).to_have_attribute("data-digit", "7")


def test_noise_is_shown_at_once_as_the_image_that_it_is(explorer: ExplorerPage) -> None:
    choose_example(explorer, "noise-7")
    explorer.expected.replace_drawing(examples()["noise-7"].drawing)
    explorer.wait_for_answer()


def test_a_saved_drawing_can_be_opened_again(explorer: ExplorerPage, tmp_path: Path) -> None:
    explorer.draw(SEVEN)
    explorer.button("Examples and files").click()
    with explorer.page.expect_download() as saved:
        explorer.button("Save drawing").click()
    file = tmp_path / "seven.json"
    saved.value.save_as(file)
    assert Drawing.from_json(file.read_text()) == explorer.expected.drawing
    before = explorer.expected.drawing
    explorer.press("Clear")
    explorer.page.get_by_label("A drawing to open").set_input_files(file)
    explorer.expected.replace_drawing(before)
    explorer.wait_for_answer()


def test_a_file_that_is_no_drawing_is_one_sentence_and_loses_nothing(
    explorer: ExplorerPage, tmp_path: Path
) -> None:
    explorer.draw(SEVEN)
    file = tmp_path / "letter.json"
    file.write_text("<b>Dear pupils</b>")
    explorer.page.get_by_label("A drawing to open").set_input_files(file)
    notice = explorer.page.get_by_test_id("notice")
    expect(notice).to_contain_text("letter.json cannot be opened")
    explorer.wait_for_answer()
    explorer.page.get_by_role("button", name="Close the message").click()
    expect(notice).to_be_hidden()


def test_what_is_held_stays_as_rings_while_another_digit_is_drawn(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.button("Pin").click()
    held = np.concatenate(explorer.expected.trace.a)
    explorer.page.wait_for_function(
        '() => Bokeh.documents[0].get_model_by_name("ghost").data.activation.length > 0'
    )
    explorer.press("Clear")
    explorer.draw(*FOUR)
    np.testing.assert_allclose(explorer.column("ghost", "activation"), held, atol=1e-6)


def test_edges_can_show_what_they_carry(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.button("Contribution w·a").click()
    expect(explorer.page.locator(".legend")).to_contain_text("contribution w·a")
    carried = explorer.column("edges", "carried")
    layer, source = explorer.column("edges", "layer"), explorer.column("edges", "source")
    inputs = explorer.expected.trace.inputs[source[layer == 1]]
    np.testing.assert_allclose(
        carried[layer == 1], explorer.column("edges", "weight")[layer == 1] * inputs, atol=1e-5
    )


def test_weak_edges_can_be_left_out(explorer: ExplorerPage) -> None:
    explorer.page.get_by_role("slider", name="Hide weak edges").fill("0.5")
    explorer.page.wait_for_function("""() => {
      const {alpha} = Bokeh.documents[0].get_model_by_name("edges").data
      return alpha.filter(each => each === 0).length > 9000
    }""")
    assert len(explorer.column("edges", "weight")) == 12_960


def test_another_network_takes_the_stage(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.page.get_by_role("combobox", name="Network").select_option("wide")
    explorer.expected.network = pretrained()["wide"]
    explorer.page.wait_for_function(
        '() => Bokeh.documents[0].get_model_by_name("neurons").data.x.length === 106'
    )
    np.testing.assert_allclose(
        explorer.column("neurons", "activation"),
        np.concatenate(explorer.expected.trace.a),
        atol=1e-5,
    )
    explorer.tap(1, 40)
    explorer.page.get_by_role("button", name="About", exact=True).click()
    expect(explorer.page.get_by_role("dialog", name="About this network")).to_contain_text(
        "python -m core train"
    )


def test_the_propagation_is_told_layer_by_layer(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    words = explorer.page.locator(".words")
    for step in (1, 2, 3):
        explorer.button("Step").click()
        expect(words).to_contain_text(f"Step {step} of 3")
    explorer.button("Step").click()
    expect(words).to_contain_text("Step 1 of 3: 16 sums of 784 products")


def test_the_projector_shows_the_network_alone_and_still_takes_ink(explorer: ExplorerPage) -> None:
    explorer.page.keyboard.press("p")
    expect(explorer.button("Undo")).to_be_hidden()
    explorer.wait_until_ready()
    explorer.draw(SEVEN)
    explorer.page.keyboard.press("p")
    expect(explorer.button("Undo")).to_be_visible()


def test_pointing_at_the_pad_marks_the_neuron_that_receives_the_pixel(
    explorer: ExplorerPage,
) -> None:
    explorer.draw(SEVEN)
    explorer.page.mouse.move(*explorer.on_screen_pad(7.2, 7.2))
    mark = explorer.page.locator(".figure > i")
    expect(mark).to_be_visible()
    column, row = Drawing(None, explorer.expected.strokes).lens() @ (7.2, 7.2, 1)
    pixel = int(row) * 28 + int(column)
    box = mark.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert middle == pytest.approx(explorer.on_screen(0, pixel), abs=1.5 * box["width"])


def test_both_answers_of_the_lens_stand_side_by_side(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    expect(explorer.page.get_by_text(re.compile(r"Without centring .+ · with "))).to_be_visible()
