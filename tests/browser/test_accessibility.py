"""The page with a keyboard, a screen reader, weak eyes, and on a laptop's screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from support import axe
from support.explorer_page import SEVEN, ExplorerPage, Visit

OVERFLOW = """() => {
  const {scrollWidth, scrollHeight, clientWidth, clientHeight} = document.documentElement
  return [scrollWidth - clientWidth, scrollHeight - clientHeight]
}"""


def violations(explorer: ExplorerPage) -> list[str]:
    return axe.violations(explorer.page)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_on_the_page(explorer: ExplorerPage, theme: str) -> None:
    if theme == "light":
        explorer.choose("Light")
        explorer.page.locator('html[data-theme="light"]').wait_for()
    assert violations(explorer) == [], "blank"
    explorer.draw(SEVEN)
    assert violations(explorer) == [], "with a drawing"
    for layer, index in ((1, 5), (3, 2), (0, 400)):
        explorer.tap(layer, index)
        assert violations(explorer) == [], f"with neuron {layer}:{index}"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_on_the_cards_of_the_networks(explorer: ExplorerPage, theme: str) -> None:
    if theme == "light":
        explorer.choose("Light")
        explorer.page.locator('html[data-theme="light"]').wait_for()
    explorer.open_networks().get_by_text("Reproduce and details").first.click()
    assert violations(explorer) == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_where_one_edits_and_in_the_menu(visit: Visit, theme: str) -> None:
    explorer = visit(color_scheme=theme)
    explorer.draw(SEVEN)
    explorer.button("Edit").click()
    assert violations(explorer) == [], "without a neuron"
    for layer, index in ((1, 5), (3, 2)):
        explorer.tap(layer, index)
        explorer.button("Silence").click()
        expect(explorer.button("Undo change")).to_be_enabled()
        assert violations(explorer) == [], f"with neuron {layer}:{index}"
    for name in ("More", "Share"):
        explorer.button(name).click()
        assert violations(explorer) == [], name
        explorer.page.keyboard.press("Escape")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_on_experiments_and_searches(explorer: ExplorerPage, theme: str) -> None:
    if theme == "light":
        explorer.choose("Light")
        explorer.page.locator('html[data-theme="light"]').wait_for()
    explorer.draw(SEVEN)
    explorer.button("Edit").click()
    explorer.tap(3, 7)
    for title in ("Experiments on all layers", "Search for images"):
        explorer.page.get_by_text(title, exact=True).click()
    explorer.button("8 bits").click()
    explorer.button("From noise").click()
    expect(explorer.page.get_by_test_id("edit")).to_contain_text("z does not grow any more.")
    assert violations(explorer) == []
    explorer.button("Few pixels").click()
    expect(explorer.page.get_by_label("The changed image")).to_be_visible()
    assert violations(explorer) == []


def test_the_page_fits_a_laptop_without_scrolling(explorer: ExplorerPage) -> None:
    assert explorer.page.evaluate(OVERFLOW) == [0, 0]
    explorer.draw(SEVEN)
    for layer in (0, 1, 2, 3):
        explorer.tap(layer, 5)
        assert explorer.page.evaluate(OVERFLOW) == [0, 0]


def test_the_theme_is_remembered(explorer: ExplorerPage) -> None:
    explorer.choose("Light")
    explorer.reload()
    expect(explorer.page.locator("html")).to_have_attribute("data-theme", "light")


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


def test_the_keyboard_reaches_every_control(explorer: ExplorerPage) -> None:
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


def test_the_toggle_that_normalises_says_so_in_one_line(explorer: ExplorerPage) -> None:
    said = "Normalises the drawing as MNIST was prepared: centres, scales and deslants it"
    expect(explorer.button("Centre")).to_have_accessible_description(said)


def test_a_button_works_from_the_keyboard(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.button("Clear").focus()
    explorer.page.keyboard.press("Enter")
    explorer.expected.clear()
    explorer.wait_for_answer()
    assert not explorer.ink().any()


def test_the_keyboard_goes_on_where_a_sheet_was_opened(explorer: ExplorerPage) -> None:
    keyboard, opener = explorer.page.keyboard, explorer.button("Examples and files")
    opener.focus()
    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(explorer.page.get_by_role("dialog", name="Example drawings")).to_be_focused()
    keyboard.press("Escape")
    expect(opener).to_be_focused()
