"""Before and after, in the browser: a change shows its cost, and what is misread can be tried."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from support.axe import expect_no_violations
from support.explorer_page import ExplorerPage


@pytest.fixture
def editing(explorer: ExplorerPage) -> Locator:
    """The panel of the place Edit, with an output selected."""
    explorer.page.get_by_role("button", name="Edit", exact=True).click()
    explorer.tap(3, 4)
    return explorer.page.get_by_test_id("edit")


def accuracy(editing: Locator) -> Locator:
    return editing.get_by_text("Accuracy on")


def test_what_a_change_costs_is_shown_and_a_misread_digit_put_on_the_pad(
    editing: Locator, explorer: ExplorerPage
) -> None:
    expect(accuracy(editing)).to_have_text(
        "Accuracy on 1,000 MNIST test digits, normalised: 97.2 %"
    )
    expect(editing.get_by_text("newly misread")).to_have_count(0)
    editing.get_by_role("button", name="Silence", exact=True).click()
    expect(accuracy(editing)).to_have_text(re.compile(r"97\.2 % before · \d\d\.\d % now"))
    expect(editing.get_by_text(re.compile(r"^9\d\.\d → 0\.0$"))).to_be_visible()
    first = editing.get_by_role("button", name="put it on the pad").first
    read = re.search(r"now read as (\d)", first.get_attribute("aria-label") or "")
    assert read is not None
    expect_no_violations(explorer.page, "with what a change costs")
    first.click()
    expect(explorer.prediction).to_have_attribute("data-digit", read[1])
    assert explorer.ink().max() > 0.5
    editing.get_by_role("button", name="Undo change").click()
    expect(accuracy(editing)).not_to_contain_text("before")
    expect(explorer.prediction).to_have_attribute("data-digit", "4")


def test_a_hypothesis_is_put_to_the_test_with_the_keyboard_alone(
    editing: Locator, page: Page
) -> None:
    digits = editing.get_by_role("group", name="Output 4 looks for the digits")
    digits.get_by_role("button", name="4").focus()
    page.keyboard.press("Space")
    expect(digits.get_by_role("button", name="4")).to_have_attribute("aria-pressed", "true")
    editing.get_by_role("button", name="Silence it and see").focus()
    page.keyboard.press("Enter")
    verdict = editing.get_by_text("Silenced: accuracy")
    expect(verdict).to_have_text(re.compile(r"Digit 4 loses most: −9\d points; you said 4\.$"))
    expect(verdict).to_be_in_viewport(ratio=1)
    expect(accuracy(editing)).not_to_contain_text("before")
    expect_no_violations(page, "with what a hypothesis is worth")
