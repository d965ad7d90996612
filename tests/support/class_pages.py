"""The pages of a class in a browser: a pupil joins and draws, the teacher enters and looks."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from core import Network
from support.explorer_page import SEVEN, ExplorerPage

CODE = "ABCD-EFGH"
CLASS = ("--class", "--address", "127.0.0.1", "--code", CODE)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

#: Opens a page of the class, with its place, another address, and options of a browser's context.
Come = Callable[..., Page]


def join(page: Page, name: str) -> Page:
    page.get_by_test_id("pad").wait_for()
    page.get_by_label("Your nickname").fill(name)
    page.get_by_role("button", name="Join the class").click()
    expect(page.get_by_test_id("pupil")).to_contain_text(name)
    return page


def draw_seven(page: Page, network: Network) -> None:
    explorer = ExplorerPage(page, page.url, network).wait_until_ready()
    explorer.draw_without_waiting(SEVEN)
    expect(explorer.prediction).to_have_attribute("data-digit", "7")


def enter(page: Page, code: str = CODE) -> None:
    page.get_by_label("The teacher's code").fill(code)
    page.get_by_role("button", name="Open").click()


def tile(teacher: Page, name: str) -> Locator:
    return teacher.get_by_test_id("wall").get_by_role("button").filter(has_text=name)
