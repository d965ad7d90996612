"""A reload in the middle of a training finds it again, or says that it is gone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from support.explorer_page import ExplorerPage

#: Makes the key that the tab keeps that of a stranger.
_FORGE = """() => {
  const place = Object.keys(sessionStorage).find(each => each.startsWith("neuron-explorer run"))
  const kept = JSON.parse(sessionStorage.getItem(place))
  sessionStorage.setItem(place, JSON.stringify({...kept, key: "stranger"}))
}"""
_IS_BEYOND = """([said, step]) =>
  parseInt((said.textContent.match(/step ([\\d,]+)/)?.[1] ?? "0").replaceAll(",", "")) > step"""


def step(page: Page) -> int:
    found = re.search(r"step ([\d,]+)", page.get_by_test_id("training-time").inner_text())
    return int(found[1].replace(",", "")) if found else 0


def wait_beyond(page: Page, step: int) -> None:
    moment = page.get_by_test_id("training-time").locator("output")
    page.wait_for_function(_IS_BEYOND, arg=[moment.element_handle(), step])


def press(page: Page, name: str) -> None:
    page.get_by_test_id("training-time").get_by_role("button", name=name, exact=True).click()


def test_a_run_is_found_after_a_reload_and_missed_when_it_is_gone(explorer: ExplorerPage) -> None:
    page = explorer.page
    page.get_by_role("navigation").get_by_role("button", name="Train", exact=True).click()
    page.get_by_label("Learning rate").fill("2.5")
    page.keyboard.press("Tab")
    press(page, "Start training")
    wait_beyond(page, 300)

    before = step(page)
    page.reload()
    wait_beyond(page, before)
    press(page, "Pause")
    expect(page.get_by_test_id("training")).to_have_attribute("data-status", "paused")
    page.get_by_role("slider", name="Place in the training").focus()
    page.keyboard.press("Home")
    expect(page.get_by_test_id("training-time")).to_contain_text("Start: random weights")
    page.keyboard.press("ArrowRight")
    wait_beyond(page, 0)
    assert step(page) < before

    page.evaluate(_FORGE)
    page.reload()
    expect(page.get_by_test_id("notice")).to_contain_text("press Start training to begin again")
    page.get_by_label("Learning rate").wait_for()
    expect(page.get_by_label("Learning rate")).to_have_value("2.5")
    page.reload()
    page.get_by_label("Learning rate").wait_for()
    expect(page.get_by_test_id("notice")).to_be_hidden()
