"""The place Train, in the browser: a network learns to read the drawing that is on the pad."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from core.nn.network import Network
from core.training.pipeline import initial_network
from core.training.recipes import RECIPES
from support.axe import expect_no_violations, violations
from support.explorer_page import FOUR, SEVEN, ExplorerPage

_PERCENT = re.compile(r"(\d+\.\d) %")
_READS_MORE_THAN = """([table, wanted]) =>
  parseFloat(table.querySelector("tr + tr td").textContent) > wanted"""
_STEP = re.compile(r"step ([\d,]+)")


class Training:
    """The panel and the time line of the place Train."""

    def __init__(self, explorer: ExplorerPage) -> None:
        self.explorer, page = explorer, explorer.page
        page.get_by_role("navigation").get_by_role("button", name="Train", exact=True).click()
        self.panel = page.get_by_test_id("training")
        self.line = page.get_by_role("group", name="Training")
        self.rail = page.get_by_role("slider", name="Place in the training")
        self.moment = self.line.locator("output")
        expect(self.line.get_by_role("button", name="One mini-batch")).to_be_enabled()

    def button(self, name: str) -> Locator:
        return self.line.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        self.button(name).click()

    @property
    def step(self) -> int:
        found = _STEP.search(self.moment.inner_text())
        return int(found[1].replace(",", "")) if found else 0

    @property
    def accuracy(self) -> float:
        """Of the training images, in percent."""
        row = self.panel.get_by_role("row", name=re.compile("^accuracy"))
        found = _PERCENT.search(row.inner_text())
        assert found is not None
        return float(found[1])

    def until(self, accuracy: float) -> None:
        """Train until so many percent of the training images are read."""
        self.explorer.page.wait_for_function(
            _READS_MORE_THAN,
            arg=[self.panel.locator("table:visible").element_handle(), accuracy],
        )

    def stop(self) -> None:
        self.press("Pause")
        expect(self.button("Go on")).to_be_visible()


@pytest.fixture
def training(explorer: ExplorerPage) -> Training:
    return Training(explorer)


def weights_drawn(explorer: ExplorerPage) -> np.ndarray:
    """The weights of all edges, from the smallest to the largest."""
    return np.sort(explorer.column("edges", "weight"))


def weights_of(network: Network) -> np.ndarray:
    return np.sort(np.concatenate([layer.weights.ravel() for layer in network.layers]))


def test_a_network_learns_to_read_and_every_moment_of_it_comes_back(
    training: Training, explorer: ExplorerPage
) -> None:
    start = weights_of(initial_network(RECIPES["lesson"], 0))
    expect_weights(explorer, start)
    assert training.accuracy < 30
    training.press("Start training")
    training.until(80)
    explorer.draw(SEVEN)
    training.until(85)
    training.stop()
    expect(training.panel.get_by_text("Paused.")).to_be_visible()
    digit = explorer.prediction.get_attribute("data-digit")
    expect(training.panel.get_by_text(re.compile(rf"^{digit} · \d\.\d\d$"))).to_be_visible()
    expect_no_violations(explorer.page, "with a training at rest")

    latest = training.step
    assert latest > 100
    training.rail.focus()
    explorer.page.keyboard.press("Home")
    expect(training.moment).to_have_text("Start: random weights")
    expect_weights(explorer, start)
    explorer.page.keyboard.press("ArrowRight")
    expect(training.moment).to_contain_text("step")
    assert 0 < training.step < latest
    expect_honest_numbers(explorer)
    explorer.page.keyboard.press("End")
    expect(training.moment).to_contain_text(f"step {latest:,}")


def expect_honest_numbers(explorer: ExplorerPage) -> None:
    """All numbers are those of the moment, also in another place."""
    places = explorer.page.get_by_role("navigation")
    places.get_by_role("button", name="Explore", exact=True).click()
    explorer.button("Verify all numbers").click()
    verdict = explorer.page.get_by_test_id("verdict").locator("li")
    expect(verdict.first).to_be_visible()
    assert [line for line in verdict.all_inner_texts() if not line.startswith("✓")] == []
    places.get_by_role("button", name="Train", exact=True).click()
    explorer.page.get_by_role("slider", name="Place in the training").focus()


def test_a_start_that_fails_says_why_with_the_keyboard_alone(
    training: Training, explorer: ExplorerPage
) -> None:
    training.panel.get_by_role("button", name="One that fails").focus()
    explorer.page.keyboard.press("Enter")
    expect(training.panel.get_by_label("Learning rate")).to_have_value("100")
    training.button("Start training").focus()
    explorer.page.keyboard.press("Enter")
    expect(training.button("Pause")).to_be_focused()
    expect(training.moment).to_contain_text("step")  # before that, to pause is to take it back
    explorer.page.keyboard.press("Enter")
    expect(training.button("Go on")).to_be_focused()
    explorer.page.keyboard.press("Enter")
    sentence = re.compile("learning rate of 100 is too high")
    expect(training.panel.get_by_text(sentence)).to_be_visible()


def test_two_runs_are_compared_and_the_page_shows_either(
    training: Training, explorer: ExplorerPage
) -> None:
    page, starts = explorer.page, [initial_network(RECIPES["lesson"], seed) for seed in (0, 1)]
    many_steps = re.compile(r"step \d[\d,]{2,}")
    training.press("Start training")
    expect(training.moment).to_contain_text(many_steps)
    page.get_by_role("button", name="Second run, seed 1").click()
    expect(page.get_by_text("From A to B: Seed 0 → 1")).to_be_visible()
    expect(training.moment).to_contain_text(many_steps)
    training.stop()
    assert list(explorer.column("run_letters", "letter")) == ["A", "B"]

    training.rail.focus()
    page.keyboard.press("Home")
    expect_weights(explorer, weights_of(starts[1]))
    runs, answers = (
        page.get_by_test_id("runs"),
        page.get_by_test_id("comparison").locator(".answers"),
    )
    for drawing in ((SEVEN,), FOUR):
        explorer.draw(*drawing)
        expect(answers.locator("td")).to_have_text([said(explorer, each) for each in starts])
    runs.get_by_role("button", name="Run A").click()
    expect_weights(explorer, weights_of(starts[0]))
    expect(answers.locator("td")).to_have_text([said(explorer, each) for each in starts])
    assert violations(page) == []
    expect(training.button("Go on")).to_be_enabled()
    runs.get_by_role("button", name="Forget B").click()
    expect(answers).to_be_hidden()


def said(explorer: ExplorerPage, network: Network) -> str:
    """What a network says to the drawing, as the page writes it."""
    outputs = network(explorer.expected.trace.inputs)
    return f"{outputs.argmax()} · {outputs.max():.2f}"


def test_who_looks_in_gets_the_network_of_before_back_and_what_is_kept_outlives_a_reload(
    training: Training, explorer: ExplorerPage, tmp_path: Path
) -> None:
    name = explorer.page.get_by_test_id("network")
    expect(name).to_contain_text("In training")
    explorer.page.get_by_role("button", name="Explore", exact=True).click()
    expect(name).to_contain_text("Handwriting")
    explorer.button("Train").click()

    training.press("One mini-batch")
    expect(training.moment).to_contain_text("step 1")
    training.panel.get_by_role("textbox", name="Name of the network").fill("Just begun")
    with explorer.page.expect_download() as waiting:
        training.panel.get_by_role("button", name="Save file").click()
    assert waiting.value.suggested_filename == "just-begun.npz"
    waiting.value.save_as(tmp_path / "saved.npz")
    saved = Network.load(tmp_path / "saved.npz")
    expect_weights(explorer, weights_of(saved))
    assert (saved.card["seed"], saved.card["curves"]["step"]) == (0, [1])

    training.press("One mini-batch")
    expect(training.moment).to_contain_text("step 2")
    training.panel.get_by_role("button", name="Keep", exact=True).click()
    expect(name).to_contain_text("Just begun")
    kept = weights_drawn(explorer)
    explorer.reload()
    expect(name).to_contain_text("Just begun")
    expect_weights(explorer, kept)


def expect_weights(explorer: ExplorerPage, weights: np.ndarray) -> None:
    """The edges follow a little later than the circles."""
    explorer.page.wait_for_function(
        """wanted => {
          const {weight} = Bokeh.documents[0].get_model_by_name("edges").data
          const found = Float32Array.from(weight).sort()
          const isNear = (weight, i) => Math.abs(weight - wanted[i]) < 1e-5
          return found.length === wanted.length && found.every(isNear)
        }""",
        arg=weights.tolist(),
    )
