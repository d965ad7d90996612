"""The lesson's edge detector, built in the sandbox with two presses, and its quiz."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from core.edit.sandbox import QUIZ
from support.explorer_page import ExplorerPage


@pytest.fixture
def quiz(explorer: ExplorerPage) -> Locator:
    """The quiz of a page that shows the sandbox in the place Edit."""
    explorer.button("Edit").click()
    heading = explorer.page.get_by_role("heading", name="The edge detector")
    expect(heading).to_be_hidden()
    use = "Use this network: Sandbox: an edge detector"
    explorer.open_networks().get_by_role("button", name=use).click()
    expect(heading).to_be_visible()
    return explorer.page.get_by_test_id("edit")


def test_the_quiz_has_the_four_numbers_of_the_lesson(explorer: ExplorerPage, quiz: Locator) -> None:
    page = explorer.page
    quiz.get_by_role("button", name="Use the bar").click()
    expect(quiz.get_by_role("heading", name="Hidden layer 1 · neuron 3")).to_be_visible()
    expect(quiz.get_by_role("button", name="Sum ?")).to_have_count(4)
    for name, number in {
        "A bar": "24",
        "Bar and surround": "8",
        "Nothing": "0",
        "The surround": "−16",
    }.items():
        image = quiz.get_by_role("button", name=name)
        image.click()
        expect(image).to_contain_text(f"Sum {number}z = {number}")
    assert (explorer.ink() == 255 * QUIZ["inverse"]).all()
    inputs = explorer.column("inputs", "activation").reshape(28, 28)
    np.testing.assert_array_equal(inputs, QUIZ["inverse"], "it is not centred")
    expect(page.locator('button[aria-pressed="false"]').filter(has_text="Centre")).to_be_visible()
    quiz.get_by_role("button", name="Bias −10").click()
    expect(quiz.get_by_role("button", name=": active")).to_have_count(1)
    expect(quiz.get_by_role("button", name="A bar")).to_contain_text("z = 14: active")
    expect_what_is_built_to_be_drawn(explorer, quiz)


def expect_what_is_built_to_be_drawn(explorer: ExplorerPage, quiz: Locator) -> None:
    """The bar makes the neuron active, and every number agrees."""
    quiz.get_by_role("button", name="A bar").click()
    explorer.page.wait_for_function("""() => {
      const {activation} = Bokeh.documents[0].get_model_by_name("neurons").data
      return activation.length === 13 && activation[2] > 0.999
    }""")
    explorer.button("Explore").click()
    explorer.button("Verify all numbers").click()
    expect(explorer.page.get_by_text("edges drawn: largest difference 0")).to_be_visible()
    expect(explorer.page.get_by_text("This does not agree")).to_have_count(0)
