"""The page with a keyboard, a screen reader, weak eyes, and on a laptop's screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from support.axe import expect_no_violations
from support.explorer_page import SEVEN, ExplorerPage, Visit

OVERFLOW = """() => {
  const {scrollWidth, scrollHeight, clientWidth, clientHeight} = document.documentElement
  return [scrollWidth - clientWidth, scrollHeight - clientHeight]
}"""


def test_axe_finds_nothing_on_the_page(explorer: ExplorerPage) -> None:
    page = explorer.page
    expect_no_violations(page, "at first")
    explorer.draw(SEVEN)
    expect_no_violations(page, "with a drawing")
    for layer, index in ((1, 5), (3, 2), (0, 400)):
        explorer.tap(layer, index)
        expect_no_violations(page, f"with neuron {layer}:{index}")
    explorer.open_networks().get_by_text("Reproduce and details").first.click()
    expect_no_violations(page, "with the cards of the networks")
    page.keyboard.press("Escape")
    for name in ("More", "Share"):
        explorer.button(name).click()
        expect_no_violations(page, name)
        page.keyboard.press("Escape")


def test_axe_finds_nothing_where_one_edits(explorer: ExplorerPage) -> None:
    page = explorer.page
    explorer.draw(SEVEN)
    explorer.button("Edit").click()
    expect_no_violations(page, "without a neuron")
    for layer, index in ((1, 5), (3, 2)):
        explorer.tap(layer, index)
        explorer.button("Silence").click()
        expect(explorer.button("Undo change")).to_be_enabled()
        expect_no_violations(page, f"with neuron {layer}:{index}")
    explorer.button("Reset all").click()
    explorer.tap(3, 7)
    for title in ("Experiments on all layers", "Search for images"):
        page.get_by_text(title, exact=True).click()
    explorer.button("8 bits").click()
    explorer.button("From noise").click()
    expect(page.get_by_test_id("edit")).to_contain_text("z does not grow any more.")
    expect_no_violations(page, "with an image that a neuron prefers")
    explorer.button("Few pixels").click()
    expect(page.get_by_label("The changed image")).to_be_visible()
    expect_no_violations(page, "with a changed image")


def test_the_page_fits_a_laptop_and_the_keyboard_reaches_all_of_it(explorer: ExplorerPage) -> None:
    expect_no_scrolling(explorer)
    explorer.page.keyboard.press("Escape")
    explorer.wait_for_no_selection()
    expect_the_keyboard_to_reach_every_control(explorer)
    explorer.page.keyboard.press("Escape")
    explorer.wait_for_no_selection()
    expect_the_keyboard_to_go_on_where_a_sheet_was_opened(explorer)


def expect_no_scrolling(explorer: ExplorerPage) -> None:
    assert explorer.page.evaluate(OVERFLOW) == [0, 0]
    explorer.draw(SEVEN)
    for layer in (0, 1, 2, 3):
        explorer.tap(layer, 5)
        assert explorer.page.evaluate(OVERFLOW) == [0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_first_visit_is_as_light_as_the_machine(visit: Visit, scheme: str) -> None:
    explorer = visit(color_scheme=scheme)
    theme = explorer.page.locator("html")
    expect(theme).to_have_attribute("data-theme", scheme)
    other = {"light": "dark", "dark": "light"}[scheme]
    explorer.choose("Light")
    expect(theme).to_have_attribute("data-theme", other)
    explorer.reload()
    expect(theme).to_have_attribute("data-theme", other)


def expect_the_keyboard_to_reach_every_control(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.press("Undo")
    explorer.press("Redo")
    explorer.draw([(5, 20), (9, 20)])
    explorer.press("Undo")
    missing = {"Clear", "Undo", "Redo", "Eraser", "Centre", "Pen"}
    for _ in range(60):
        explorer.page.keyboard.press("Tab")
        missing -= {explorer.focused_name()}
    assert missing == set()
    said = "Normalises the drawing as MNIST was prepared: centres, scales and deslants it"
    expect(explorer.button("Centre")).to_have_accessible_description(said)
    explorer.button("Clear").focus()
    explorer.page.keyboard.press("Enter")
    explorer.expected.clear()
    explorer.wait_for_answer()
    assert not explorer.ink().any()


def expect_the_keyboard_to_go_on_where_a_sheet_was_opened(explorer: ExplorerPage) -> None:
    keyboard, opener = explorer.page.keyboard, explorer.button("Examples and files")
    opener.focus()
    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(explorer.page.get_by_role("dialog", name="Example drawings")).to_be_focused()
    keyboard.press("Escape")
    expect(opener).to_be_focused()
