"""The lesson leads through the real page, and knows what was done."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from support.axe import violations
from support.class_pages import Come, enter, join
from support.eventually import eventually
from support.explorer_page import FOUR, SEVEN, ExplorerPage, Visit


def guide(explorer: ExplorerPage) -> Locator:
    return explorer.page.get_by_test_id("guide")


def open_lesson(explorer: ExplorerPage, chapter: str) -> Locator:
    explorer.page.get_by_role("button", name="Lesson", exact=True).click()
    guide(explorer).get_by_role("button", name=chapter).click()
    return guide(explorer)


def test_a_chapter_is_done_card_by_card_and_ones_own_drawing_comes_back(
    explorer: ExplorerPage,
) -> None:
    explorer.draw(*FOUR)
    cards = open_lesson(explorer, "What a neuron holds")
    done, following = cards.locator(".done"), cards.get_by_role("button", name="Next")
    expect(cards).to_contain_text("1 of 5")
    expect(done).to_be_hidden()
    explorer.draw(SEVEN)
    own = explorer.ink()
    expect(done).to_contain_text("largest output is")
    following.click()
    expect(cards).to_contain_text("2 of 5")
    expect(done).to_be_hidden()
    explorer.tap(1, 5)
    expect(done).to_contain_text("Hidden layer 1 · neuron 6")
    cards.get_by_role("button", name="All chapters").click()
    expect(cards.get_by_role("button", name="What a neuron holds")).to_contain_text("2 of 5")
    eventually(lambda: np.testing.assert_array_equal(explorer.ink(), own))


def test_a_hint_comes_when_nothing_was_done_for_a_while_and_only_then(
    explorer: ExplorerPage,
) -> None:
    clock = explorer.page.clock
    clock.install()
    cards = open_lesson(explorer, "What a neuron holds")
    hint = cards.locator(".hint")
    expect(cards).to_contain_text("1 of 5")
    expect(hint).to_be_empty()
    clock.run_for(20_000)
    expect(hint).not_to_be_empty()
    cards.get_by_role("button", name="Next").click()
    expect(cards).to_contain_text("2 of 5")
    expect(hint).to_be_empty()
    explorer.tap(1, 5)
    expect(cards.locator(".done")).to_contain_text("neuron 6")
    clock.run_for(20_000)
    expect(hint).to_be_empty()


def test_a_question_says_whether_it_was_right_and_why(explorer: ExplorerPage) -> None:
    explorer.page.goto(f"{explorer.address}#lesson=pixels.5")
    explorer.wait_until_ready()
    cards = guide(explorer)
    expect(cards).to_contain_text("784 neurons lead to 16 neurons")
    cards.get_by_role("button", name="12,544").click()
    expect(cards).to_contain_text("Right.")
    expect(cards).to_contain_text("16 × 784 = 12,544")
    expect(cards).to_contain_text("1 of 1 answer right")


def test_the_lesson_goes_on_where_it_was_left_and_has_an_address(explorer: ExplorerPage) -> None:
    cards = open_lesson(explorer, "Weights as a picture")
    cards.get_by_role("button", name="Next").click()
    expect(cards).to_contain_text("2 of 5")
    expect(explorer.page).to_have_url(re.compile(r"#lesson=weights\.2$"))
    explorer.reload()
    expect(guide(explorer)).to_contain_text("2 of 5")
    guide(explorer).get_by_role("button", name="Close the lesson").click()
    expect(guide(explorer)).to_be_hidden()
    explorer.page.get_by_role("button", name="Lesson", exact=True).click()
    expect(guide(explorer)).to_contain_text("2 of 5")


def test_a_card_moves_the_page_to_the_place_that_it_speaks_of(explorer: ExplorerPage) -> None:
    explorer.page.goto(f"{explorer.address}#lesson=sigmoid.4")
    explorer.wait_until_ready()
    expect(guide(explorer)).to_contain_text("Move the bias")
    expect(explorer.page.get_by_test_id("edit")).to_be_visible()
    expect(explorer.page.get_by_test_id("edit")).to_contain_text("Hidden layer 2 · neuron 8")


def test_the_guide_can_be_read_and_used_by_everybody(explorer: ExplorerPage) -> None:
    open_lesson(explorer, "The weighted sum")
    assert violations(explorer.page) == []
    guide(explorer).get_by_role("button", name="All chapters").press("Enter")
    expect(guide(explorer).get_by_role("button", name="784 pixels")).to_be_visible()
    assert violations(explorer.page) == []


def test_a_teacher_calls_the_class_to_a_card(come: Come) -> None:
    teacher = come("teacher")
    enter(teacher)
    ada = join(come(), "Ada")
    teacher.get_by_role("button", name="Lesson", exact=True).click()
    sheet = teacher.get_by_role("dialog", name="Lesson")
    row = sheet.locator(".chapter", has_text="Weights as a picture")
    row.get_by_role("button", name="Card 3").click()
    expect(sheet).to_contain_text("The weights belong to the network")
    assert violations(teacher) == []
    sheet.get_by_role("button", name="Put all on this card").click()
    expect(ada.get_by_test_id("guide")).to_contain_text("3 of 5")
    expect(teacher.get_by_role("button", name="Lesson: 1 pupil")).to_be_attached()
    expect(row.get_by_role("button", name="Card 3, 1 pupil")).to_be_visible()
    assert violations(ada) == []


def test_a_reload_in_the_lesson_loses_nothing_that_is_ones_own(explorer: ExplorerPage) -> None:
    explorer.draw(*FOUR)
    own = explorer.ink()
    cards = open_lesson(explorer, "784 pixels")
    expect(cards).to_contain_text("1 of 5")
    eventually(lambda: np.testing.assert_raises(AssertionError, same, explorer.ink(), own))
    explorer.reload()
    expect(guide(explorer)).to_contain_text("1 of 5")
    explorer.page.get_by_role("button", name="Lesson", exact=True).click()
    expect(guide(explorer)).to_be_hidden()
    eventually(lambda: same(explorer.ink(), own))


def same(one: np.ndarray, other: np.ndarray) -> None:
    np.testing.assert_array_equal(one, other)


def test_the_keyboard_comes_to_the_card_and_back_and_keeps_its_place(
    explorer: ExplorerPage,
) -> None:
    explorer.page.goto(f"{explorer.address}#lesson=pixels.4")
    explorer.wait_until_ready()
    cards = guide(explorer)
    expect(cards).to_contain_text("4 of 5")
    centre = explorer.button("Centre")
    centre.press("Enter")
    expect(cards.locator(".done")).to_contain_text("As drawn, the answer is 4; centred it was 3.")
    explorer.page.keyboard.press("n")
    expect(cards).to_contain_text("5 of 5")
    explorer.page.keyboard.press("g")
    first = cards.locator(".answers button").first
    expect(first).to_be_focused()
    explorer.page.keyboard.press("Enter")
    expect(cards).to_contain_text("12,544.")
    expect(first).to_be_focused()
    explorer.page.keyboard.press("g")
    expect(centre).to_be_focused()


def test_a_chapter_is_done_with_the_keyboard_alone(explorer: ExplorerPage) -> None:
    expect_a_picture_to_be_looked_at(explorer)
    go_on(explorer, 2, guide(explorer).get_by_role("button", name="Next"))
    expect_the_bar_to_be_used(explorer)
    go_on(explorer, 3, explorer.button("Use the bar"))
    press(explorer, "Tab", "Tab", "Enter")
    expect(guide(explorer).locator(".done")).to_contain_text("You have tried one")
    go_on(explorer, 4, guide(explorer).locator(".answers button").first)
    press(explorer, "Enter")
    expect(guide(explorer).locator(".why")).not_to_be_empty()
    go_on(explorer, 5, guide(explorer).get_by_role("button", name="Next"))


def press(explorer: ExplorerPage, *keys: str) -> None:
    for key in keys:
        explorer.page.keyboard.press(key)


def go_on(explorer: ExplorerPage, number: int, focused: Locator) -> None:
    """To the next card, by its key; then the keyboard is there."""
    press(explorer, "n")
    expect(guide(explorer)).to_contain_text(f"{number} of 6")
    expect(guide(explorer).locator(".done")).to_be_empty()
    expect(focused).to_be_focused()


def expect_a_picture_to_be_looked_at(explorer: ExplorerPage) -> None:
    cards = guide(explorer)
    picture = explorer.inspector.get_by_role("button", name="Weights of neuron").first
    explorer.page.get_by_role("button", name="Lesson", exact=True).press("Enter")
    cards.get_by_role("button", name="Hope and reality").press("Enter")
    expect(cards.get_by_role("button", name="Next")).to_be_focused()
    expect(cards.get_by_text("Keys: W")).to_be_visible()
    expect(picture).to_be_visible()
    press(explorer, "w")
    expect(picture).to_be_focused()
    press(explorer, "Tab", "Enter")
    expect(cards.locator(".done")).to_contain_text("Hidden layer 1 · neuron 2.")
    expect(explorer.inspector.get_by_role("button", name="Deselect")).to_be_focused()
    press(explorer, "Enter")
    expect(picture).to_be_focused()


def expect_the_bar_to_be_used(explorer: ExplorerPage) -> None:
    bar = explorer.button("Use the bar")
    expect(bar).to_be_visible()
    press(explorer, "w")
    expect(bar).to_be_focused()
    press(explorer, "Enter")
    expect(guide(explorer).locator(".done")).to_contain_text("has its weights now")


def test_on_a_phone_the_card_makes_way_for_a_hand_that_draws(visit: Visit) -> None:
    explorer = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    explorer.page.goto(f"{explorer.address}#lesson=neuron.1")
    explorer.wait_until_ready()
    cards = guide(explorer)
    expect(cards.locator(".text")).to_be_visible()
    before = explorer.pad.bounding_box()
    explorer.draw(SEVEN)
    expect(cards.locator(".text")).to_be_hidden()
    expect(cards.locator(".done")).to_contain_text("largest output is")
    assert explorer.pad.bounding_box() == before
    cards.locator(".done").click()
    expect(cards.locator(".text")).to_be_visible()
    cards.get_by_role("button", name="Next").click()
    expect(cards).to_contain_text("2 of 5")
    figure, card = explorer.page.locator(".frame"), explorer.page.locator(".lesson")

    def above_the_card() -> None:
        stage, lesson = figure.bounding_box(), card.bounding_box()
        assert stage is not None
        assert lesson is not None
        assert stage["y"] >= 0
        assert stage["y"] + stage["height"] <= lesson["y"]

    eventually(above_the_card)
    assert violations(explorer.page) == []


#: Notes from now on, frame by frame, how far down on the screen an element is.
_NOTE_PLACES = """element => {
  globalThis.places = []
  const note = () => {
    places.push(Math.round(element.getBoundingClientRect().top))
    requestAnimationFrame(note)
  }
  note()
}"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_card_scrolls_the_page_smoothly_or_at_once_for_who_wants_no_motion(
    visit: Visit, motion: str
) -> None:
    explorer = visit(viewport={"width": 390, "height": 844}, reduced_motion=motion)
    explorer.page.goto(f"{explorer.address}#lesson=neuron.1")
    explorer.wait_until_ready()
    cards, figure = guide(explorer), explorer.page.locator(".frame")
    expect(cards).to_contain_text("1 of 5")
    figure.evaluate(_NOTE_PLACES)
    cards.get_by_role("button", name="Next").click()
    expect(cards).to_contain_text("2 of 5")
    explorer.page.wait_for_function(
        "() => places.at(-1) < places[0] && places.at(-30) === places.at(-1)"
    )
    between = explorer.page.evaluate(
        "places.filter(place => places.at(-1) < place && place < places[0])"
    )
    assert bool(between) is (motion == "no-preference")


def test_nothing_of_the_lesson_is_loaded_by_who_does_not_open_it(visit: Visit) -> None:
    explorer = visit()
    asked: list[str] = []
    explorer.page.on("request", lambda request: asked.append(request.url))
    explorer.reload()
    explorer.draw(SEVEN)
    assert asked
    assert [url for url in asked if "lesson" in url] == []
    open_lesson(explorer, "784 pixels")
    assert [url for url in asked if "lesson" in url] != []
