"""One step of backpropagation in the browser, from the true digit to the changed network."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from core import Network
from core.training.backward_pass import backward_pass
from core.training.descent_steps import descend
from core.training.landscape import moved, unit
from core.training.loop import one_hot
from core.training.losses import quadratic
from core.training.objective import Objective, exact_gradient
from support.axe import expect_no_violations
from support.explorer_page import SEVEN, ExplorerPage

DIGIT = 2
TARGETS = one_hot(np.array([DIGIT], np.uint8))

_ACTIVATIONS_ARE = """expected => {
  const found = Bokeh.documents[0].get_model_by_name("neurons").data.activation
  return expected.every((value, i) => Math.abs(value - found[i]) < 1e-5)
}"""
_IS_MEASURED = """() =>
  Bokeh.documents[0].get_model_by_name("landscape")?.data.distance.length > 0"""
#: Whether a canvas has any of the two colours of a gradient on it.
_IS_PAINTED = """canvas => {
  if (canvas.hidden || canvas.width === 0) return false
  const copy = new OffscreenCanvas(canvas.width, canvas.height)
  const context = copy.getContext("2d", {willReadFrequently: true})
  context.drawImage(canvas, 0, 0)
  const {data} = context.getImageData(0, 0, canvas.width, canvas.height)
  return data.some((shade, i) => i % 4 < 3 && shade > 60)
}"""


def panel(explorer: ExplorerPage) -> Locator:
    return explorer.page.get_by_test_id("backpropagation")


def opened(explorer: ExplorerPage) -> ExplorerPage:
    """A seven that is said to be a two."""
    explorer.draw(SEVEN)
    explorer.button("Backpropagation").click()
    panel(explorer).get_by_role("button", name=str(DIGIT), exact=True).click()
    expect(panel(explorer).get_by_test_id("loss")).to_be_visible()
    return explorer


def objective(explorer: ExplorerPage) -> Objective:
    return Objective(explorer.expected.trace.inputs[None], TARGETS, quadratic)


def expect_network(explorer: ExplorerPage, network: Network) -> None:
    """The page shows what this network makes of the drawing."""
    explorer.expected.network = network
    activations = np.concatenate(explorer.expected.trace.a).tolist()
    explorer.page.wait_for_function(_ACTIVATIONS_ARE, arg=activations)


def number_in(words: str) -> float:
    (found,) = re.findall(r"[−\d.e]+$", words)
    return float(found.replace("−", "-"))


def expect_loss(explorer: ExplorerPage, network: Network) -> None:
    value, _ = exact_gradient(network, objective(explorer))
    loss = panel(explorer).get_by_test_id("loss")
    expect(loss).to_have_text(re.compile(rf"^C = {value:.3f}"[:-1]))
    assert number_in(loss.inner_text()) == pytest.approx(value, rel=1e-4)


def test_one_step_of_backpropagation_shows_and_does_what_the_core_computes(
    explorer: ExplorerPage, network: Network
) -> None:
    opened(explorer)
    expect_loss(explorer, network)
    passed = backward_pass(network, explorer.expected.trace.inputs, TARGETS[0], quadratic)
    line = explorer.page.get_by_role("group", name="Backpropagation")
    sheet = explorer.page.get_by_test_id("gradient-overlay")
    for layer in reversed(passed.layers):
        line.get_by_role("button", name="One layer back").click()
        rows = panel(explorer).locator("ol button", has_text=re.compile("=")).filter(visible=True)
        expect(rows).to_have_count(len(layer.delta))
        largest = int(np.abs(layer.delta).argmax())
        expect(rows.nth(largest)).to_contain_text(f"{layer.delta[largest]:.2g}".replace("-", "−"))
        explorer.page.wait_for_function(_IS_PAINTED, arg=sheet.element_handle())
    expect(line.get_by_role("button", name="One layer back")).to_be_disabled()
    expect(
        panel(explorer).get_by_role("img", name=re.compile("your drawing", re.I))
    ).to_be_visible()

    panel(explorer).get_by_role("button", name="Take one step").click()
    stepped = descend(network, objective(explorer), rate=1.0)
    expect_network(explorer, stepped)
    expect_loss(explorer, stepped)
    panel(explorer).get_by_role("button", name="Undo change").click()
    expect_network(explorer, network)


def test_any_gradient_is_checked_and_a_slider_moves_the_network(
    explorer: ExplorerPage, network: Network
) -> None:
    opened(explorer)
    explorer.page.mouse.click(*explorer.on_screen(2, 3))
    passed = backward_pass(network, explorer.expected.trace.inputs, TARGETS[0], quadratic)
    slopes = panel(explorer).get_by_test_id("slopes")
    shown = slopes.locator("dd")
    expect(shown).to_have_count(3)
    bias = passed.layers[1].delta[3]
    assert [number_in(each) for each in shown.all_inner_texts()[:2]] == [
        pytest.approx(bias, rel=1e-4)
    ] * 2
    panel(explorer).locator(".weights button").first.click()
    expect(shown).to_have_count(6)
    panel(explorer).get_by_role("button", name="Check 100 at random").click()
    check = panel(explorer).get_by_test_id("gradient-check")
    expect(check).to_contain_text("Backpropagation is right.")

    panel(explorer).get_by_text("Loss landscape").click()
    explorer.page.wait_for_function(_IS_MEASURED)
    slider = explorer.page.get_by_role("slider", name="Move the network against the gradient")
    expect(slider).to_be_enabled()
    slider.focus()
    for _ in range(3):
        explorer.page.keyboard.press("ArrowRight")
    reach = explorer.page.evaluate(
        "() => Bokeh.documents[0].get_model_by_name('landscape').data.distance.at(-1)"
    )
    _, gradient = exact_gradient(network, objective(explorer))
    expect_network(explorer, moved(network, -unit(gradient), 0.03 * reach))
    expect(explorer.page.get_by_test_id("landscape").locator("output")).to_contain_text(
        f"{0.03 * reach:.2f}"
    )


def test_it_follows_the_pen_in_train_too_and_closes_with_escape(explorer: ExplorerPage) -> None:
    opened(explorer)
    loss = panel(explorer).get_by_test_id("loss")
    before = loss.inner_text()
    explorer.draw([(5, 20), (20, 24)])
    expect(loss).not_to_have_text(before)
    explorer.button("Train").click()
    expect(panel(explorer)).to_be_visible()
    explorer.page.keyboard.press("Escape")
    expect(panel(explorer)).to_be_hidden()
    expect(explorer.page.get_by_test_id("training")).to_be_visible()
    expect(explorer.button("Backpropagation")).to_have_attribute("aria-pressed", "false")


def test_axe_finds_nothing(explorer: ExplorerPage) -> None:
    opened(explorer)
    expect_no_violations(explorer.page, "at the loss")
    line = explorer.page.get_by_role("group", name="Backpropagation")
    for _ in range(3):
        line.get_by_role("button", name="One layer back").click()
    explorer.page.mouse.click(*explorer.on_screen(1, 5))
    expect(panel(explorer).get_by_test_id("slopes").locator("dd")).to_have_count(3)
    panel(explorer).get_by_role("button", name="10 digits of the sample").click()
    expect(panel(explorer).get_by_test_id("angle")).to_contain_text("angle of")
    panel(explorer).get_by_text("Loss landscape").click()
    expect(explorer.page.get_by_role("slider", name="Move the network")).to_be_enabled()
    expect_no_violations(explorer.page, "with all that can be opened")
