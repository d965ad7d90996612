"""The place Edit: experiments on the whole network, and images that a search finds."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from core.edit.damage import pruned, with_activation, with_noise, without_biases
from core.nn.activations import relu
from core.nn.network import Network
from support.explorer_page import SEVEN, ExplorerPage


@pytest.fixture
def editor(explorer: ExplorerPage) -> ExplorerPage:
    """The place Edit with a drawing and an output selected."""
    explorer.draw(SEVEN)
    explorer.button("Edit").click()
    explorer.tap(3, 7)
    for title in ("Experiments on all layers", "Search for images"):
        panel(explorer).get_by_text(title, exact=True).click()
    return explorer


def panel(explorer: ExplorerPage) -> Locator:
    return explorer.page.get_by_test_id("edit")


def test_an_experiment_says_what_it_did_and_is_undone(
    editor: ExplorerPage, network: Network
) -> None:
    editor.button("Zero all biases").click()
    expect(panel(editor)).to_contain_text("All 42 biases are 0 now.")
    editor.wait_for_network(without_biases(network))
    menu = panel(editor).get_by_label("Hidden layer 1 computes")
    menu.select_option("ReLU")
    expect(panel(editor)).to_contain_text("Activations above 1.00 are all shown white.")
    editor.wait_for_network(with_activation(without_biases(network), 1, relu))
    editor.button("4 bits").click()
    expect(panel(editor)).to_contain_text("Each layer's weights have 15 levels now.")
    expect(editor.button("4 bits")).to_have_attribute("aria-pressed", "true")
    for _ in range(3):
        editor.button("Undo change").click()
    editor.wait_for_network(network)
    expect(menu).to_have_value("sigmoid")
    expect(panel(editor)).not_to_contain_text("now.")


def test_a_slider_does_not_add_up_by_keys_and_is_one_step_by_the_mouse(
    editor: ExplorerPage, network: Network
) -> None:
    slider = panel(editor).get_by_role("slider", name="Prune weakest")
    slider.focus()
    for _ in range(4):
        editor.page.keyboard.press("ArrowRight")
    expect(panel(editor)).to_contain_text("4 %")
    editor.wait_for_network(pruned(network, 0.04))
    editor.page.keyboard.press("ArrowLeft")
    editor.wait_for_network(pruned(network, 0.03))
    editor.page.keyboard.press("Home")
    editor.wait_for_network(network)
    slider = panel(editor).get_by_role("slider", name="Noise")
    slider.hover(position={"x": 8, "y": 8})
    editor.page.mouse.down()
    for x in range(12, 60, 6):
        slider.hover(position={"x": x, "y": 8})
    editor.page.mouse.up()
    size = float(slider.input_value())
    assert size > 0.2
    editor.wait_for_network(with_noise(network, size, 1))
    seed = panel(editor).get_by_role("textbox", name="Seed")
    seed.fill("-1")
    seed.press("Enter")
    expect(editor.page.get_by_text("A seed is a whole number from 0 on, not -1.")).to_be_visible()
    expect(seed).to_have_value("1")
    seed.fill("12")
    seed.press("Enter")
    editor.wait_for_network(with_noise(network, size, 12))
    for _ in range(2):
        editor.button("Undo change").click()
    editor.wait_for_network(network)


def test_an_ascent_is_stopped_by_a_drawing_or_seen_and_put_on_the_pad(editor: ExplorerPage) -> None:
    editor.tap(3, 3)  # which grows for a second and more, from any noise
    expect_a_drawing_to_stop_the_ascent(editor)
    numbers = panel(editor).locator("output", has_text="z =")
    editor.button("From noise").click()
    expect(numbers).to_have_text(re.compile("^z = "))
    first = numbers.inner_text()
    expect(panel(editor)).to_contain_text("z does not grow any more.")
    assert numbers.inner_text() != first
    expect(panel(editor)).to_contain_text("adversarial image")
    panel(editor).get_by_role("button", name="Put it on the pad").first.click()
    expect(panel(editor)).to_contain_text("Centre is off")
    expect(editor.button("Centre")).to_have_attribute("aria-pressed", "false")
    expect(editor.page.get_by_test_id("prediction")).to_have_attribute("data-digit", "3")


def expect_a_drawing_to_stop_the_ascent(editor: ExplorerPage) -> None:
    editor.button("From noise").click()
    expect(editor.button("Stop")).to_be_enabled()
    editor.draw([(5, 20), (20, 24)])
    expect(editor.button("Stop")).to_be_disabled()
    expect(panel(editor)).not_to_contain_text("adversarial image", use_inner_text=True)


def test_the_smallest_change_turns_the_answer_on_the_pad(editor: ExplorerPage) -> None:
    prediction = editor.page.get_by_test_id("prediction")
    for measure in ("Few pixels", "All pixels a little"):
        editor.button(measure).click()
        size = panel(editor).get_by_text(re.compile(r"pixels? by 0\.\d\d: 7 becomes \d"))
        expect(size).to_be_visible()
        expect(panel(editor).get_by_label("The change of every pixel")).to_be_visible()
        panel(editor).get_by_role("button", name="Put it on the pad").last.click()
        expect(prediction).to_have_attribute("data-digit", size.inner_text()[-1])
        editor.button("Undo").click()
        expect(size).to_be_hidden()
        expect(prediction).to_have_attribute("data-digit", "7")
