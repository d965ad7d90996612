"""A teacher starts the same run for all, two pupils follow it, one leaves it, and training ends."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from support.axe import violations
from support.class_pages import PHONE, Come, enter, join


def go_to_train(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("button", name="Train", exact=True).click()


def button(page: Page, name: str) -> Locator:
    return page.get_by_test_id("training-time").get_by_role("button", name=name, exact=True)


def moment(page: Page) -> Locator:
    return page.get_by_test_id("training-time").locator("output")


#: Whether a page has come further than so many steps.
_IS_BEYOND = """([said, step]) =>
  parseInt((said.textContent.match(/step ([\\d,]+)/)?.[1] ?? "0").replaceAll(",", "")) > step"""


def step(page: Page) -> int:
    found = re.search(r"step ([\d,]+)", moment(page).inner_text())
    return int(found[1].replace(",", "")) if found else 0


def wait_beyond(page: Page, step: int) -> None:
    arguments = [moment(page).element_handle(), step]
    page.wait_for_function(_IS_BEYOND, arg=arguments)


def test_a_class_follows_one_run_until_its_teacher_switches_training_off(come: Come) -> None:
    teacher = come("teacher")
    enter(teacher)
    ada, bob = join(come(), "Ada"), join(come(**PHONE), "Bob")
    go_to_train(ada)
    control = teacher.get_by_role("button", name="Training", exact=True)
    control.click()
    sheet = teacher.get_by_role("dialog", name="Training")
    sheet.get_by_role("button", name="A good one").click()
    expect(sheet.get_by_label("Learning rate")).to_have_value("0.01")
    assert violations(teacher) == []
    sheet.get_by_role("button", name="Start it for all").click()
    expect(sheet.get_by_text("Running for all: A good one · learning rate 0.01")).to_be_visible()

    note = ada.get_by_test_id("class-note")
    expect(note).to_contain_text("Your teacher has started a run for all: A good one")
    expect(button(ada, "One mini-batch")).to_be_disabled()
    wait_beyond(ada, 0)
    bob.get_by_role("button", name="See it in Train").click()
    bob.get_by_test_id("class-note").wait_for()  # the place is built meanwhile
    expect(bob.get_by_test_id("class-note")).to_contain_text("A good one")
    expect(bob.get_by_role("button", name="See it in Train")).to_be_hidden()
    wait_beyond(bob, 100)

    button(ada, "Pause").click()
    expect(button(ada, "Go on")).to_be_visible()
    paused = step(ada)
    wait_beyond(bob, paused)
    ada.get_by_role("slider", name="Place in the training").focus()
    ada.keyboard.press("Home")
    expect(moment(ada)).to_have_text("Start: random weights")
    assert violations(ada) == []

    ada.get_by_test_id("training").get_by_text("Training settings").click()
    ada.get_by_label("Learning rate").fill("0.02")
    ada.keyboard.press("Tab")
    expect(note.get_by_role("button", name="Follow the class's run")).to_be_visible()
    button(ada, "Start training").click()
    wait_beyond(ada, 0)

    sheet.get_by_role("button", name="Off", exact=True).click()
    expect(teacher.get_by_role("button", name="Training off")).to_have_count(1)
    # The run that Bob follows may have come to its end by now.
    for page, status in ((ada, "paused"), (bob, re.compile("paused|done"))):
        expect(page.get_by_test_id("class-note")).to_contain_text("switched training off")
        expect(page.get_by_test_id("training")).to_have_attribute("data-status", status)
    before = step(ada)
    button(ada, "Go on").click()
    expect(ada.get_by_test_id("notice")).to_contain_text("switched training off")
    assert step(ada) == before
