"""A link to what the page shows: made, opened, damaged, opened where there is something else."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import expect

from core.ink import Drawing, Stroke
from core.ink.url_text import to_url_text
from support.eventually import eventually
from support.explorer_page import FOUR, ONE, SEVEN, ExplorerPage, Visit

_FOLLOW = "fragment => { location.hash = fragment }"


def link_of(explorer: ExplorerPage) -> str:
    explorer.button("Share").click()
    link = explorer.page.get_by_label("Link to this view")
    expect(link).to_have_value(re.compile("#view=1&.*drawing="))
    made = link.input_value()
    explorer.page.keyboard.press("Escape")
    return made


def wait_for_ink(explorer: ExplorerPage, ink: np.ndarray) -> None:
    eventually(lambda: np.testing.assert_array_equal(explorer.ink(), ink))


def test_another_browser_shows_what_the_link_was_made_of(
    explorer: ExplorerPage, visit: Visit
) -> None:
    explorer.draw(*FOUR)
    explorer.press("Centre")
    explorer.tap(2, 3)
    explorer.button("Contribution w·a").click()
    explorer.page.get_by_role("tab", name="What is it reacting to?").click()
    link = link_of(explorer)
    assert len(link) < 2000
    other = visit(address=link)
    expect(other.inspector).to_have_attribute("data-layer", "2")
    expect(other.inspector).to_have_attribute("data-neuron", "3")
    wait_for_ink(other, explorer.ink())
    activations = explorer.column("neurons", "activation")
    eventually(
        lambda: np.testing.assert_array_equal(other.column("neurons", "activation"), activations)
    )
    for button, pressed in (("Centre", "false"), ("Contribution w·a", "true")):
        expect(other.button(button)).to_have_attribute("aria-pressed", pressed)
    tab = other.page.get_by_role("tab", name="What is it reacting to?")
    expect(tab).to_have_attribute("aria-selected", "true")
    assert "#" not in other.page.url, "a reload finds what has been done since"


def test_a_link_wins_over_what_the_tab_has_kept(explorer: ExplorerPage) -> None:
    explorer.draw(*FOUR)
    link, four = link_of(explorer), explorer.ink()
    explorer.press("Clear")
    explorer.draw(SEVEN)
    explorer.choose_network("wide")
    explorer.page.goto("about:blank")
    explorer.page.goto(link)
    explorer.wait_until_ready()
    wait_for_ink(explorer, four)
    expect(explorer.page.get_by_test_id("network")).to_contain_text("784-16-16-10")
    explorer.reload()
    wait_for_ink(explorer, four)
    expect(explorer.page.get_by_test_id("network")).to_contain_text("784-16-16-10")


def test_a_link_followed_on_the_page_loses_nothing(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    seven = explorer.ink()
    explorer.expected.undo()
    explorer.tap(1, 5)
    one = to_url_text(Drawing(None, (Stroke(ONE),)))
    explorer.page.evaluate(
        _FOLLOW, f"view=1&network=lesson&neuron=1:2&question=prefers&drawing={one}"
    )
    expect(explorer.prediction).to_have_attribute("data-digit", "1")
    expect(explorer.inspector).to_have_attribute("data-neuron", "2")
    tab = explorer.page.get_by_role("tab", name="What does it prefer?")
    expect(tab).to_have_attribute("aria-selected", "true")
    explorer.button("Undo").click()
    wait_for_ink(explorer, seven)


DAMAGED = {
    "view=1&drawing=" + "A" * 300: "This link is damaged",
    "view=1&neuron=9:9": "a neuron that the network does not have: 9:9",
    "view=1&network=<img src=x>": "a network that is not here: <img src=x>",
    "view=1&language=tlh": "This link is damaged",
    "view=2&neuron=1:5": "This link is damaged",
}


def test_a_link_that_cannot_be_opened_is_said_and_any_other_end_is_left_alone(
    explorer: ExplorerPage,
) -> None:
    expect_other_ends_of_an_address_to_be_left_alone(explorer)
    explorer.press("Clear")
    expect_a_link_that_cannot_be_opened_to_change_nothing(explorer)


def expect_a_link_that_cannot_be_opened_to_change_nothing(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    seven = explorer.ink()
    notice = explorer.page.get_by_test_id("notice")
    for fragment, said in DAMAGED.items():
        explorer.page.evaluate(_FOLLOW, fragment)
        expect(notice).to_contain_text(said)
        assert (explorer.ink() == seven).all()
        expect(explorer.inspector).to_have_attribute("data-layer", "")
        explorer.page.get_by_role("button", name="Close the message").click()
        expect(notice).to_be_hidden()


def expect_other_ends_of_an_address_to_be_left_alone(explorer: ExplorerPage) -> None:
    explorer.page.evaluate(_FOLLOW, "chapter-2")
    explorer.draw(SEVEN)
    assert explorer.page.url.endswith("#chapter-2")
    expect(explorer.page.get_by_test_id("notice")).to_be_hidden()


def test_the_link_is_copied(visit: Visit) -> None:
    explorer = visit(permissions=["clipboard-read", "clipboard-write"])
    explorer.button("Share").click()
    explorer.button("Copy link").click()
    expect(explorer.page.get_by_text("Copied")).to_be_visible()
    link = explorer.page.get_by_label("Link to this view").input_value()
    assert explorer.page.evaluate("navigator.clipboard.readText()") == link
