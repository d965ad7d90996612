"""Hebrew runs from right to left; what is drawn, plotted or computed runs to the right as ever."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from core import Network
from support.class_pages import CODE, Come, draw_seven
from support.explorer_page import SEVEN, ExplorerPage, Visit
from support.server import Server
from support.tour import Tour, said

HEBREW = "he"

#: Where the letters of an element begin, in their order; invisible marks and spaces are none.
_LETTERS = r"""element => {
  const lefts = []
  const visit = node => {
    node.shadowRoot?.childNodes.forEach(visit)
    node.childNodes.forEach(visit)
    for (const {index} of (node.data ?? "").matchAll(/[^\s\p{Cf}]/gu)) {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + 1)
      lefts.push(range.getBoundingClientRect().left)
    }
  }
  visit(element)
  return lefts
}"""
#: What of all that is shown would be painted with its words, signs and axes turned round.
_TURNED_ROUND = """() => {
  const found = []
  const visit = node => {
    node.shadowRoot?.childNodes.forEach(visit)
    node.childNodes.forEach(visit)
    if (node.matches?.("canvas, svg, kbd, [inputmode]") &&
        getComputedStyle(node).direction !== "ltr") found.push(node.outerHTML.slice(0, 120))
  }
  visit(document.body)
  return found
}"""


def runs_to_the_right(locator: Locator) -> bool:
    """Whether a single line of letters is in that order on the screen."""
    lefts = locator.evaluate(_LETTERS)
    assert len(lefts) > 1
    return bool(lefts == sorted(lefts))


def from_left(*locators: Locator) -> bool:
    """Whether these stand one to the right of the other, at most side by side."""
    boxes = [locator.bounding_box() for locator in locators]
    assert all(boxes)
    middles = [box["x"] + box["width"] / 2 for box in boxes if box]
    return middles == sorted(middles)


def direction(locator: Locator) -> str:
    return str(locator.evaluate("element => getComputedStyle(element).direction"))


@pytest.fixture
def hebrew(visit: Visit, server: Server) -> ExplorerPage:
    explorer = visit(f"{server.address}?language={HEBREW}")
    explorer.draw(SEVEN)
    return explorer


@pytest.fixture
def tour(hebrew: ExplorerPage) -> Tour:
    return Tour(hebrew, HEBREW)


def test_what_is_read_is_mirrored(hebrew: ExplorerPage, tour: Tour) -> None:
    page = hebrew.page
    assert page.locator("html").get_attribute("dir") == "rtl"
    more, network = tour.button("page.more"), page.get_by_test_id("network")
    explore, edit = tour.button("place.explore"), tour.button("place.edit")
    assert from_left(more, edit, explore, network)
    assert from_left(tour.button("control.redo"), tour.button("control.undo"))
    assert not runs_to_the_right(explore)
    hebrew.tap(1, 5)
    panel = page.get_by_test_id("inspector")
    heading = panel.get_by_role("heading").first
    assert from_left(tour.button("inspector.deselect"), heading)
    assert from_left(
        *(
            page.get_by_role("tab", name=tour.word(f"details.{name}"))
            for name in ("prefers", "reacts", "why")
        )
    )
    row = panel.locator(".waterfall li").first
    assert from_left(row.locator(".value"), row.locator(".label"))


def test_drawing_network_and_answer_are_not_mirrored(hebrew: ExplorerPage, tour: Tour) -> None:
    page = hebrew.page
    places = [hebrew.places_on_screen(layer)[:, 0].mean() for layer in range(4)]
    assert places == sorted(places)
    assert from_left(hebrew.pad, page.locator(".frame").first, page.get_by_test_id("inspector"))
    bar = page.get_by_test_id("outputs").locator("li").nth(7)
    assert from_left(bar.locator("b"), bar.locator(".track"), bar.locator(".number"))
    rail = page.get_by_role("slider", name=tour.word("control.rail"))
    assert direction(rail) == "ltr"
    assert from_left(*(tour.button(f"control.{name}") for name in ("back", "play", "step")), rail)
    assert page.evaluate(_TURNED_ROUND) == []


def test_numbers_and_formulas_are_not_mirrored(hebrew: ExplorerPage, tour: Tour) -> None:
    page = hebrew.page
    tour.button("contrast.open").click()
    differences = page.locator(".contrast li output")
    expect(differences.filter(has_text="+").first).to_be_visible()
    expect(differences.filter(has_text="−").first).to_be_visible()
    assert all(runs_to_the_right(each) for each in differences.all())
    hebrew.tap(1, 5)
    panel = page.get_by_test_id("inspector")
    terms = panel.locator(".waterfall .value:visible")
    expect(terms.filter(has_text="+").first).to_be_visible()
    expect(terms.filter(has_text="−").first).to_be_visible()
    assert all(runs_to_the_right(each) for each in terms.all())
    assert runs_to_the_right(panel.locator(".formula"))


def test_what_numbers_are_set_with_is_not_mirrored(hebrew: ExplorerPage, tour: Tour) -> None:
    for _ in tour.edit():
        panel = hebrew.page.get_by_test_id("edit")
        bias = panel.get_by_role("slider", name=tour.word("edit.bias"))
        assert direction(bias) == "ltr", "as on the curve below"
        assert hebrew.page.evaluate(_TURNED_ROUND) == []
        assert not runs_to_the_right(tour.button("edit.invert", panel))


def test_plots_and_the_matrix_are_not_mirrored(hebrew: ExplorerPage, tour: Tour) -> None:
    page = hebrew.page
    for _ in tour.test():
        matrix = page.get_by_test_id("matrix")
        assert from_left(matrix.locator(".down"), matrix.get_by_role("application"))
        assert runs_to_the_right(matrix.locator(".legend span"))
        assert from_left(
            page.get_by_test_id("testing").get_by_role("combobox").first,
            page.get_by_test_id("testing").locator("label span").first,
        )
        assert page.evaluate(_TURNED_ROUND) == []
    for _ in tour.backpropagation():
        assert page.evaluate(_TURNED_ROUND) == []
    slider = page.get_by_role("slider", name=tour.word("backward.slider"), include_hidden=True)
    assert direction(slider) == "ltr", "as in the plot above it"


def test_a_card_of_the_lesson_is_mirrored(tour: Tour) -> None:
    guide = tour.page.get_by_test_id("guide")
    for place in tour.lesson():
        if place == "a card":
            title = guide.get_by_role("heading").filter(visible=True)
            assert from_left(tour.button("lesson.close", guide).filter(visible=True), title)
            back, following = (tour.button(f"lesson.{name}", guide) for name in ("back", "next"))
            assert from_left(following, back)


def test_the_teachers_page_is_mirrored(come: Come, network: Network) -> None:
    teacher, pupil = (come(f"{page}?language={HEBREW}") for page in ("teacher", ""))
    teacher.get_by_label(said(HEBREW, "teacher.code")).fill(CODE)
    teacher.keyboard.press("Enter")
    pupil.get_by_label(said(HEBREW, "pupil.nickname_name")).fill("Ada")
    pupil.keyboard.press("Enter")
    draw_seven(pupil, network)
    tile = teacher.get_by_test_id("wall").get_by_role("button").filter(has_text="Ada")
    expect(tile).to_contain_text("7")
    tile.click()

    def button(page: Page, key: str) -> Locator:
        return page.get_by_role("button", name=said(HEBREW, key), exact=True)

    stage = teacher.locator(".frame").first
    assert from_left(stage, tile), "the wall comes first"
    assert from_left(button(teacher, "teacher.show"), button(teacher, "teacher.vote"))
    assert not runs_to_the_right(button(teacher, "teacher.vote"))
    assert teacher.evaluate(_TURNED_ROUND) == []
    assert pupil.evaluate(_TURNED_ROUND) == []
