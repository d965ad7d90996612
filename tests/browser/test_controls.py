"""Controls do what the person does, however late the server answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from support.explorer_page import FOUR, SEVEN, ExplorerPage, Visit
from support.line import Line

_SHOWN = """name => [...Bokeh.documents[0].all_models]
  .find(model => model.class_name === "Stage").data[name]"""


@pytest.fixture
def explorer(line: Line, visit: Visit) -> Iterator[ExplorerPage]:
    """The page, a third of a second away and back from its server."""
    explorer = visit(address=line.address)
    explorer.draw(SEVEN)
    line.delay = 0.15
    yield explorer
    line.delay = 0.0


def value(slider: Locator) -> float:
    return float(slider.input_value())


def test_sliders_and_toggles_do_what_the_person_does(explorer: ExplorerPage) -> None:
    expect_a_held_arrow_key_to_lose_no_step(explorer)
    expect_a_toggle_pressed_twice_to_be_off(explorer)


def expect_a_held_arrow_key_to_lose_no_step(explorer: ExplorerPage) -> None:
    slider = explorer.page.locator("input[name=least]")  # also while the settings are closed
    explorer.set_slider("Hide weak edges", 0.0)
    slider.focus()
    for _ in range(15):
        explorer.page.keyboard.down("ArrowRight")
        explorer.page.wait_for_timeout(33)  # as fast as a keyboard repeats a key
    assert value(slider) == pytest.approx(0.30)
    expect(
        explorer.page.locator("output").filter(has_text="below 30 % of the largest")
    ).to_be_visible()
    explorer.draw(FOUR[0])
    assert value(slider) == pytest.approx(0.30), "also once everything is answered"
    assert explorer.page.evaluate(_SHOWN, "least") == pytest.approx(0.30)


def expect_a_toggle_pressed_twice_to_be_off(explorer: ExplorerPage) -> None:
    signal = explorer.button("Contribution w·a")
    for times, pressed in ((2, False), (3, True)):
        box = signal.bounding_box()
        assert box is not None
        for _ in range(times):
            explorer.page.mouse.click(box["x"] + 9, box["y"] + 9)
        assert signal.get_attribute("aria-pressed") == str(pressed).lower()
        explorer.draw(FOUR[0])
        assert signal.get_attribute("aria-pressed") == str(pressed).lower(), "once it is answered"
        assert explorer.page.evaluate(_SHOWN, "signal") is pressed


def test_keys_lead_as_far_as_they_are_pressed(explorer: ExplorerPage) -> None:
    expect_the_arrow_keys_to_walk_on(explorer)
    explorer.page.keyboard.press("Escape")
    explorer.wait_for_no_selection()
    expect_a_choice_as_far_as_the_arrow_key(explorer)
    explorer.page.keyboard.press("Escape")
    explorer.wait_for_no_selection()
    expect_tabs_to_show_at_once_what_was_asked(explorer)


def expect_a_choice_as_far_as_the_arrow_key(explorer: ExplorerPage) -> None:
    explorer.page.get_by_role("button", name="Why this digit and not that one?").click()
    expect(explorer.page.get_by_role("heading", name="Pixels")).to_be_visible()
    one = explorer.page.get_by_label("This digit")
    one.select_option("0")
    one.focus()
    for _ in range(7):
        explorer.page.keyboard.press("ArrowDown")
        explorer.page.wait_for_timeout(80)
    expect(one).to_have_value("7")
    explorer.draw_without_waiting(FOUR[1])
    expect(explorer.page.get_by_text("exact: ")).to_be_visible()
    expect(one).to_have_value("7")


def expect_tabs_to_show_at_once_what_was_asked(explorer: ExplorerPage) -> None:
    explorer.tap(1, 5)
    tabs = explorer.page.get_by_role("tab")
    tabs.nth(0).focus()
    for number in (1, 2, 0, 1, 2):
        explorer.page.keyboard.press("ArrowRight")
        assert tabs.nth(number).get_attribute("aria-selected") == "true"
    expect(explorer.page.get_by_text("Mean activation for each digit")).to_be_visible()
    expect(tabs.nth(2)).to_have_attribute("aria-selected", "true")


def expect_the_arrow_keys_to_walk_on(explorer: ExplorerPage) -> None:
    explorer.page.get_by_role("application", name="The network").focus()
    for key in ["ArrowRight", *["ArrowDown"] * 9, "ArrowRight"]:
        explorer.page.keyboard.press(key, delay=15)
    explorer.wait_for_selection(2, 9)
    explorer.tap(3, 4)
    explorer.page.get_by_role("application", name="The network").focus()
    explorer.page.keyboard.press("ArrowDown")
    explorer.wait_for_selection(3, 5)


def test_what_the_server_refuses_is_taken_back(explorer: ExplorerPage, line: Line) -> None:
    slider = explorer.page.get_by_role("slider", name="Pen")
    before = value(slider)
    slider.evaluate("input => { input.max = 90 }")
    slider.fill("80")
    explorer.page.wait_for_function("input => input.value < 80", arg=slider.element_handle())
    assert value(slider) == pytest.approx(before)
    assert len(line.server.complaints()) == 1
