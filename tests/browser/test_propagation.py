"""The forward pass, told step by step: with a pause, a way back, and a clean end."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from support.chromium import MOVING
from support.explorer_page import FOUR, ONE, SEVEN, ExplorerPage

_FRAMES = """frames => new Promise(done => {
  const next = left => left ? requestAnimationFrame(() => next(left - 1)) : done()
  next(frames)
})"""


_PRESS_WHEN_TOLD = """([play, words, button, told]) => new Promise(done => {
  play.click()
  const look = () =>
    words.textContent.includes(told) ? done(button.click()) : requestAnimationFrame(look)
  look()
})"""
#: All that is told from now on: a layer is passed in less time than a slow machine needs to look.
_LISTEN = """words => {
  const told = []
  new MutationObserver(() => told.push(words.textContent)).observe(words, {childList: true})
  return told
}"""


@pytest.fixture
def explorer(explorer: ExplorerPage) -> ExplorerPage:
    explorer.page.emulate_media(**MOVING)
    return explorer


@pytest.fixture
def seven(explorer: ExplorerPage) -> ExplorerPage:
    """A page with a drawing, on which the propagation is played fast."""
    explorer.draw(SEVEN)
    explorer.set_slider("Speed", 2)
    expect(explorer.page.locator("output").filter(has_text="2.00 ×")).to_be_visible()
    return explorer


def words(explorer: ExplorerPage) -> Locator:
    return explorer.page.locator(".words")


def brightness(explorer: ExplorerPage, picture: np.ndarray, layer: int) -> np.ndarray:
    columns, rows = explorer.places_on_screen(layer).round().astype(int).T
    return picture[rows, columns].mean(axis=1) / 255


def look_for_layers(explorer: ExplorerPage, told: int) -> None:
    """Layers up to this one shine as they are; those to come are dark."""
    explorer.page.mouse.move(0, 0)

    def shine(picture: np.ndarray) -> None:
        for layer, a in enumerate(explorer.expected.trace.a, start=1):
            expected = a if layer <= told else np.full(len(a), 11 / 255)
            np.testing.assert_allclose(brightness(explorer, picture, layer), expected, atol=0.07)

    explorer.look_until(shine)


def is_dim(explorer: ExplorerPage) -> bool:
    return bool(
        explorer.page.get_by_test_id("outputs").evaluate(
            """outputs => {
              for (let at = outputs; at; at = at.parentNode ?? at.host)
                if (at instanceof Element && getComputedStyle(at).opacity < 1) return true
              return false
            }"""
        )
    )


def press_when_told(explorer: ExplorerPage, told: str, button: Locator) -> None:
    """Play, and press another button, or the same once more, in the frame that tells of this."""
    handles = [each.element_handle() for each in (explorer.button("Play"), words(explorer), button)]
    explorer.page.evaluate(_PRESS_WHEN_TOLD, [*handles, told])


def expect_the_last_layer_to_be_told(explorer: ExplorerPage) -> None:
    """Play to the end."""
    told = words(explorer).evaluate_handle(_LISTEN)
    explorer.button("Play").click()
    expect(words(explorer)).to_be_hidden()
    assert any("Layer 3 of 3" in each for each in told.json_value())


def choose_wide(explorer: ExplorerPage) -> None:
    explorer.choose_network("wide")
    explorer.wait_until_ready()


#: In an order in which there is something to tell before each.
ENDINGS: dict[str, Callable[[ExplorerPage], None]] = {
    "escape": lambda explorer: explorer.page.keyboard.press("Escape"),
    "signal": lambda explorer: explorer.button("Contribution w·a").click(),
    "centre": lambda explorer: explorer.press("Centre"),
    "stroke": lambda explorer: explorer.draw(ONE),
    "undo": lambda explorer: explorer.press("Undo"),
    "network": choose_wide,
    "clear": lambda explorer: explorer.press("Clear"),
}


def test_whatever_changes_the_picture_ends_it(seven: ExplorerPage) -> None:
    for number, ending in enumerate(ENDINGS.values()):
        for step in range(1 + number % 2):
            seven.button("Step").click()
            expect(words(seven)).to_contain_text(f"Layer {step + 1} of 3")
        ending(seven)
        expect(words(seven)).to_be_hidden()
        expect(seven.button("Play")).to_be_visible()
        expect(seven.button("Back")).to_be_enabled()
        look_for_layers(seven, 3)
        assert not is_dim(seven)


def test_it_can_be_paused_and_ends_when_the_drawing_is_cleared(seven: ExplorerPage) -> None:
    expect_a_pause(seven)
    expect_an_end_while_it_is_played(seven)


def expect_an_end_while_it_is_played(seven: ExplorerPage) -> None:
    press_when_told(seven, "Layer 2 of 3", seven.button("Clear"))
    seven.expected.clear()
    seven.wait_for_answer()
    expect(words(seven)).to_be_hidden()
    seven.page.evaluate(_FRAMES, 60)
    expect(words(seven)).to_be_hidden()
    look_for_layers(seven, 3)


def expect_a_pause(seven: ExplorerPage) -> None:
    press_when_told(seven, "Layer 2 of 3", seven.button("Play"))
    expect(seven.button("Play")).to_be_visible()
    told = words(seven).inner_text()
    seen = seven.picture()
    seven.page.evaluate(_FRAMES, 90)
    np.testing.assert_array_equal(seven.picture(), seen)
    assert words(seven).inner_text() == told
    expect_the_last_layer_to_be_told(seven)
    look_for_layers(seven, 3)


def test_there_is_a_way_back_step_by_step_or_at_once_or_by_the_rail(seven: ExplorerPage) -> None:
    expect_a_way_back_step_by_step(seven)
    expect_one_press_to_go_back_to_the_input(seven)
    expect_a_rail_that_goes_with_the_steps(seven)


def expect_a_way_back_step_by_step(seven: ExplorerPage) -> None:
    for step in (2, 1):
        seven.button("Back").click()
        expect(words(seven)).to_contain_text(f"Layer {step} of 3")
        look_for_layers(seven, step)
    seven.button("Back").click()
    look_for_layers(seven, 0)
    for name in ("Back", "To the input"):
        expect(seven.button(name)).to_be_disabled()
    seven.button("Step").click()
    look_for_layers(seven, 1)
    expect(seven.button("To the input")).to_be_enabled()


def expect_one_press_to_go_back_to_the_input(seven: ExplorerPage) -> None:
    seven.button("To the input").click()
    look_for_layers(seven, 0)
    assert is_dim(seven)
    expect_the_last_layer_to_be_told(seven)
    look_for_layers(seven, 3)


def test_the_answer_is_dim_until_it_is_told_and_then_it_begins_anew(seven: ExplorerPage) -> None:
    for step in (1, 2, 3):
        seven.button("Step").click()
        expect(words(seven)).to_contain_text(f"Layer {step} of 3")
        look_for_layers(seven, step)
        assert is_dim(seven) == (step < 3)
    seven.button("Step").click()
    expect(words(seven)).to_contain_text("Layer 1 of 3: 16 sums of 784 products")


def test_steps_outlast_another_window_and_escape_ends_one_thing_at_a_time(
    seven: ExplorerPage,
) -> None:
    expect_steps_to_outlast_another_window(seven)
    expect_escape_to_end_one_thing_at_a_time(seven)


def expect_escape_to_end_one_thing_at_a_time(seven: ExplorerPage) -> None:
    seven.tap(1, 5)
    seven.button("Step").click()
    expect(words(seven)).to_be_visible()
    seven.page.keyboard.press("Escape")
    expect(words(seven)).to_be_hidden()
    seven.wait_for_selection(1, 5)
    seven.page.keyboard.press("Escape")
    seven.wait_for_no_selection()


def expect_steps_to_outlast_another_window(seven: ExplorerPage) -> None:
    seven.button("Step").click()
    look_for_layers(seven, 1)
    seven.resize(1200, 700)
    look_for_layers(seven, 1)


def test_the_pulse_after_a_stroke_shows_its_own_answer(explorer: ExplorerPage) -> None:
    """It starts when the stroke is answered, not when the pen lifts."""
    explorer.page.evaluate(
        """() => {
          const find = root => root.querySelector(".grid") ?? [...root.querySelectorAll("*")]
            .map(each => each.shadowRoot && find(each.shadowRoot)).find(Boolean)
          const data = name => Bokeh.documents[0].get_model_by_name(name).data
          window.pulses = []
          find(document).addEventListener("stroke-answered", () =>
            window.pulses.push(Array.from(data("neurons").activation)))
        }"""
    )
    explorer.draw(*FOUR)
    pulses = explorer.page.wait_for_function("() => window.pulses.length === 2 && window.pulses")
    np.testing.assert_allclose(
        pulses.json_value()[-1], np.concatenate(explorer.expected.trace.a), atol=1e-5
    )


def expect_a_rail_that_goes_with_the_steps(seven: ExplorerPage) -> None:
    rail = seven.page.get_by_role("slider", name="Place in the propagation")
    expect(rail).to_have_value("3")
    seven.button("Step").click()
    expect(rail).to_have_value("1")
    look_for_layers(seven, 1)
    rail.fill("2")
    look_for_layers(seven, 2)
    assert is_dim(seven)
    rail.fill("3")
    expect(words(seven)).to_be_hidden()
    look_for_layers(seven, 3)
    assert not is_dim(seven)
