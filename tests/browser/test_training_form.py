"""The form of a training in a real browser, on a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from explorer.texts import text
from explorer.training.fields import FIELDS
from explorer.training.starting_points import STARTING_POINTS
from support.axe import violations
from support.chromium import visitor
from support.server import TRAINING_FORM, Server, serving
from support.watch import Watch

#: The words for which there is too little room.
CUT = """all => all.filter(each => each.scrollWidth > each.clientWidth)
  .map(each => each.textContent)"""


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with serving(**TRAINING_FORM) as server:
        yield server


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    """The form alone in a window; a test in which the browser complains has failed."""
    context = visitor(chromium)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    watch = Watch(urlsplit(server.address).netloc)
    page = watch.over(context.new_page())
    page.goto(server.address)
    expect(page.get_by_label("Hidden layers")).to_have_value("16, 16")
    yield page
    context.close()
    assert watch.troubles == []


def enter(page: Page, label: str, value: str) -> Locator:
    """Type into a field, and leave it by the keyboard."""
    field = page.get_by_label(label, exact=True)
    field.fill(value)
    field.press("Tab")
    return field


def start(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def command(page: Page) -> Locator:
    return page.get_by_label("Command that trains the same network")


def having(*parts: str) -> re.Pattern[str]:
    """Any text that has all of these, in whatever order."""
    return re.compile("".join(f"(?=.*{re.escape(part)})" for part in parts))


def test_entries_make_the_recipe_and_zeros_say_why_they_fail(page: Page) -> None:
    expect_entries_to_make_the_recipe(page)
    expect_zeros_to_say_why_they_fail(page)


def expect_entries_to_make_the_recipe(page: Page) -> None:
    enter(page, "Hidden layers", "32 16")
    rate = enter(page, "Learning rate", "0,50")
    expect(rate).to_have_value("0.5")
    page.get_by_label("Activation", exact=True).select_option("ReLU")
    expect(command(page)).to_have_value(
        having("--hidden 32 16 ", "--activation relu ", "--learning-rate 0.5 ")
    )
    expect(page.get_by_text("25,818 parameters")).to_be_visible()
    expect(page.locator(".chosen")).to_contain_text("3.0 0.5 0.5")


def test_what_cannot_be_is_said_and_stays_until_it_is_put_right(page: Page) -> None:
    before = command(page).input_value()
    layers = enter(page, "Hidden layers", "sixteen")
    expect(page.get_by_text("This must be the sizes of up to 4 layers")).to_be_visible()
    batch = enter(page, "Mini-batch size", "20000")
    expect(page.get_by_text("on the command line it can be larger")).to_be_visible()
    expect(layers).to_have_value("sixteen")
    expect(layers).to_have_attribute("aria-invalid", "true")
    expect(layers).to_have_accessible_description(
        having("Number of neurons in each hidden layer", "This must be the sizes")
    )
    expect(command(page)).to_have_value(before)
    enter(page, "Hidden layers", "16, 16")
    expect(layers).to_have_attribute("aria-invalid", "false")
    expect(batch).to_have_value("20000")
    start(page, "A good one").click()
    expect(batch).to_have_value("100")
    expect(page.get_by_text("must be")).to_have_count(0)


def test_starting_points_are_shown_in_every_field_and_their_command_is_copied(page: Page) -> None:
    expect_the_command_to_be_copied(page)
    expect_a_starting_point_in_every_field(page)
    expect_the_one_that_equals_the_recipe_to_be_pressed(page)


def expect_a_starting_point_in_every_field(page: Page) -> None:
    good = STARTING_POINTS["good"]
    start(page, "A good one").click()
    for field in FIELDS.values():
        control = page.get_by_label(text(f"setting.{field.name}"), exact=True)
        expect(control).to_have_value(field.written(good))


def expect_the_one_that_equals_the_recipe_to_be_pressed(page: Page) -> None:
    for name in ("The lesson's recipe", "A good one", "One that fails"):
        start(page, name).click()
        expect(start(page, name)).to_have_attribute("aria-pressed", "true")
        expect(page.locator("[aria-pressed=true]")).to_have_count(1)
    enter(page, "Learning rate", "3")
    expect(start(page, "The lesson's recipe")).to_have_attribute("aria-pressed", "true")
    enter(page, "Learning rate", "4")
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)
    expect(page.get_by_text("Your own settings.")).to_be_visible()


def test_everything_is_in_reach_of_the_keyboard(page: Page) -> None:
    keyboard = page.keyboard
    start(page, "The lesson's recipe").focus()
    keyboard.press("Enter")
    expect(start(page, "The lesson's recipe")).to_have_attribute("aria-pressed", "true")
    for _ in range(3):
        keyboard.press("Tab")
    keyboard.press("Control+A")
    keyboard.type("8")
    keyboard.press("Enter")
    expect(command(page)).to_have_value(having("--hidden 8 "))
    for _ in range(5):
        keyboard.press("Tab")
    keyboard.press("Enter")
    expect(page.get_by_label("Loss")).to_be_visible()
    for _ in ("feature maps", "loss"):
        keyboard.press("Tab")
    keyboard.press("ArrowDown")
    expect(command(page)).to_have_value(having("--loss cross-entropy "))


def expect_zeros_to_say_why_they_fail(page: Page) -> None:
    page.get_by_text("More settings").click()
    page.get_by_label("Initial weights").select_option("zeros (why this fails)")
    expect(page.get_by_text("all neurons of a layer get the same gradient")).to_be_visible()


def expect_the_command_to_be_copied(page: Page) -> None:
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == command(page).input_value()
    assert copied.startswith("python -m core train --recipe plain ")


def test_it_fits_and_can_be_read_by_everybody(page: Page) -> None:
    page.get_by_text("More settings").click()
    enter(page, "Hidden layers", "sixteen")
    expect(page.get_by_text("This must be the sizes")).to_be_visible()
    for width in (292, 256, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_function("width => innerWidth === width", arg=width)
        for theme in ("dark", "light"):
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert page.locator("label, button").evaluate_all(CUT) == []
            assert violations(page, runOnly=["wcag2a", "wcag2aa", "wcag21aa"]) == [], theme
