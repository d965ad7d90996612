"""One's own drawings in the place Train: collected, kept by the tab, and learned from."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from core import Network
from support.axe import violations
from support.class_pages import Come, draw_seven, enter, join, tile
from support.explorer_page import SEVEN, ExplorerPage


def test_three_sevens_are_collected_taught_and_kept(explorer: ExplorerPage) -> None:
    page = explorer.page
    page.get_by_role("navigation").get_by_role("button", name="Train", exact=True).click()
    panel = page.get_by_test_id("training")
    own, result = page.get_by_test_id("own-drawings"), page.get_by_test_id("forgetting")
    own.locator("summary").click()
    sevens = own.get_by_role("button", name=re.compile("^Add the drawing as 7"))

    page.keyboard.press("7")
    expect(own.get_by_text("Draw a digit first.")).to_be_visible()
    for count in range(1, 4):
        explorer.draw_without_waiting(SEVEN)
        page.keyboard.press("7") if count < 3 else sevens.click()
        expect(own.get_by_role("listitem")).to_have_count(count)
    expect(sevens).to_have_accessible_name("Add the drawing as 7 (3 so far)")
    expect(own.locator("summary")).to_contain_text("3 drawings")

    own.get_by_role("button", name="Remove this 7").first.click()
    expect(own.get_by_role("listitem")).to_have_count(2)
    explorer.reload()
    own.locator("summary").click()
    expect(own.get_by_role("listitem")).to_have_count(2)

    own.get_by_role("button", name="Teach the default network").click()
    expect(panel).to_have_attribute("data-status", "running")
    expect(panel.get_by_text("MNIST, 10 % your 2 drawings")).to_be_visible()
    expect(result.get_by_role("row", name=re.compile("your 2 drawings"))).to_contain_text("2")
    page.wait_for_function(
        "text => /Epoch (?:[1-9]|1\\\\d)/.test(text.textContent)",
        arg=page.get_by_role("group", name="Training").locator("output").element_handle(),
    )
    page.get_by_role("group", name="Training").get_by_role("button", name="Pause").click()
    expect(panel).to_have_attribute("data-status", "paused")
    expect(result.get_by_role("row", name=re.compile("5,000 validation images"))).to_contain_text(
        re.compile(r"\d\d\.\d %.*\d\d\.\d %")
    )
    assert violations(page) == []


def test_a_pupil_learns_from_the_drawings_of_the_class(come: Come, network: Network) -> None:
    teacher = come("teacher")
    enter(teacher)
    ada, bob = join(come(), "Ada"), join(come(), "Bob")
    draw_seven(ada, network)
    ada.get_by_role("group", name="The digit that you meant").get_by_role(
        "button", name="7"
    ).click()
    expect(tile(teacher, "Ada")).to_contain_text("7meant 7")

    bob.get_by_role("navigation").get_by_role("button", name="Train", exact=True).click()
    own = bob.get_by_test_id("own-drawings")
    own.locator("summary").click()
    own.get_by_role("button", name="Add the class's drawings").click()
    expect(own.get_by_text("Added 1 drawing of the class.")).to_be_visible()
    expect(own.get_by_role("img")).to_have_attribute("alt", re.compile("^Digit 7"))
    expect(own).not_to_contain_text("Ada")
