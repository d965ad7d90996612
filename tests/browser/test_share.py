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
    explorer.button("Contribution w·a").click()
    explorer.tap(2, 3)
    explorer.page.get_by_role("tab", name="What is it reacting to?").click()
    explorer.button("Edit").click()
    explorer.button("Silence").click()
    link = link_of(explorer)
    assert len(link) < 2000
    expect(explorer.page.get_by_role("button", name="Save the network as a file")).to_be_hidden()
    other = visit(address=f"{link}).")
    expect_the_same(other, explorer)
    expect(other.page).to_have_url(re.compile("/#edit$"))
    other.reload()
    expect_the_same(other, explorer)


def expect_the_same(other: ExplorerPage, explorer: ExplorerPage) -> None:
    expect(other.button("Edit")).to_have_attribute("aria-current", "page")
    expect(other.page.get_by_role("heading", name="Hidden layer 2 · neuron 4")).to_be_visible()
    wait_for_ink(other, explorer.ink())
    activations = explorer.column("neurons", "activation")
    eventually(
        lambda: np.testing.assert_array_equal(other.column("neurons", "activation"), activations)
    )
    for button, pressed in (("Centre", "false"), ("Contribution w·a", "true")):
        expect(other.button(button)).to_have_attribute("aria-pressed", pressed)
    other.button("Explore").click()
    expect(other.inspector).to_have_attribute("data-neuron", "3")
    tab = other.page.get_by_role("tab", name="What is it reacting to?")
    expect(tab).to_have_attribute("aria-selected", "true")
    other.page.go_back()


def test_back_and_forward_lead_through_places_and_networks(explorer: ExplorerPage) -> None:
    network = explorer.page.get_by_test_id("network")
    explorer.tap(1, 5)
    explorer.choose_network("wide")
    expect(network).to_contain_text("784-64-32-10")
    explorer.tap(1, 40)
    explorer.button("Train").click()
    expect(explorer.page).to_have_url(re.compile("/#train$"))
    explorer.page.go_back()
    expect(explorer.button("Explore")).to_have_attribute("aria-current", "page")
    expect(explorer.inspector).to_have_attribute("data-neuron", "40")
    explorer.page.go_back()
    expect(network).to_contain_text("784-16-16-10")
    expect(explorer.inspector).to_have_attribute("data-neuron", "5")
    explorer.page.go_forward()
    expect(network).to_contain_text("784-64-32-10")
    expect(explorer.inspector).to_have_attribute("data-neuron", "40")
    explorer.reload()
    expect(network).to_contain_text("784-64-32-10")
    expect(explorer.inspector).to_have_attribute("data-neuron", "40")
    explorer.page.evaluate(_FOLLOW, "view=1&network=lesson&neuron=none")
    expect(network).not_to_contain_text("784-64-32-10")
    explorer.page.go_back()
    expect(network).to_contain_text("784-64-32-10")
    expect(explorer.inspector).to_have_attribute("data-neuron", "40")


def test_of_a_network_that_a_link_cannot_hold_the_file_is_offered(explorer: ExplorerPage) -> None:
    page = explorer.page
    explorer.button("Edit").click()
    explorer.page.mouse.click(*explorer.on_screen(3, 7))
    page.get_by_test_id("edit").get_by_text("Experiments on all layers", exact=True).click()
    slider = page.get_by_test_id("edit").get_by_role("slider", name="Noise")
    slider.focus()
    slider.press("End")
    expect(page.get_by_test_id("network")).to_contain_text("changed")
    link = link_of(explorer)
    explorer.button("Share").click()
    expect(page.get_by_text("Your changes of the network are too many for a link")).to_be_visible()
    with page.expect_download() as saved:
        explorer.button("Save the network as a file").click()
    assert saved.value.suggested_filename == "default-edited.npz"
    explorer.page.keyboard.press("Escape")
    explorer.page.evaluate(_FOLLOW, link.partition("#")[2])
    expect(page.get_by_test_id("network")).not_to_contain_text("changed")
    explorer.button("Undo change").click()
    expect(page.get_by_test_id("network")).to_contain_text("changed")


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
