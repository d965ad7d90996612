"""Drawing with the mouse: what appears on the pad and what the network receives."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from playwright.sync_api import WebSocketRoute, expect

from support.explorer_page import FOUR, ONE, SEVEN, ExplorerPage


def assert_ink_is_pythons(explorer: ExplorerPage) -> None:
    difference = np.abs(explorer.ink() - 255 * explorer.expected.image)
    assert difference.max() <= 1


def assert_neurons_are_the_networks(explorer: ExplorerPage) -> None:
    shown = explorer.column("neurons", "activation")
    assert shown.shape == (42,)
    np.testing.assert_allclose(shown, np.concatenate(explorer.expected.trace.a), atol=1e-5)


def test_a_drawing_lights_the_network_and_says_its_answer(explorer: ExplorerPage) -> None:
    expect_an_example_that_the_first_stroke_replaces(explorer)
    explorer.press("Clear")
    expect_digits_to_light_the_network(explorer)
    explorer.press("Clear")
    expect_ink_where_the_pointer_was(explorer)
    explorer.press("Clear")
    expect_the_largest_output_in_words_bars_and_box(explorer)


def expect_digits_to_light_the_network(explorer: ExplorerPage) -> None:
    for strokes in ((SEVEN,), FOUR, (ONE,)):
        explorer.press("Clear")
        explorer.draw(*strokes, steps=3)
        assert explorer.column("inputs", "activation").max() > 0.9
        assert_neurons_are_the_networks(explorer)
        assert explorer.ink().max() == 255
        assert_ink_is_pythons(explorer)


def expect_ink_where_the_pointer_was(explorer: ExplorerPage) -> None:
    explorer.draw([(14, 14)])
    assert explorer.ink()[13:15, 13:15].min() > 200, "a tap leaves a dot"
    assert_ink_is_pythons(explorer)
    explorer.press("Clear")
    explorer.draw([(2, 3), (26, 24)])
    assert explorer.ink()[4:24].max(axis=1).min() > 200, "a fast stroke has no gaps"
    assert_ink_is_pythons(explorer)
    explorer.press("Clear")
    explorer.draw([(14, 14), (14, -3), (20, -3), (20, 14)])
    assert explorer.ink()[:14, 20].min() > 200, "outside of the pad it goes on"
    assert_ink_is_pythons(explorer)


def test_pen_and_eraser_are_undone_redone_centred_and_kept(explorer: ExplorerPage) -> None:
    expect_an_eraser(explorer)
    explorer.press("Clear")
    expect_undo_redo_and_clear(explorer)
    explorer.press("Clear")
    expect_a_lens_that_can_be_taken_away(explorer)
    explorer.press("Clear")
    expect_a_wider_pen(explorer)


def expect_an_eraser(explorer: ExplorerPage) -> None:
    explorer.draw([(4, 14), (24, 14)])
    explorer.press("Eraser")
    explorer.draw([(14, 8), (14, 20)])
    assert explorer.ink()[14, 14] == 0
    assert explorer.ink()[14, 5] > 200
    assert_ink_is_pythons(explorer)
    assert_neurons_are_the_networks(explorer)
    explorer.press("Eraser")
    explorer.draw([(14, 8), (14, 20)])
    assert explorer.ink()[14, 14] == 255


def expect_a_wider_pen(explorer: ExplorerPage) -> None:
    explorer.draw([(8, 4), (8, 24)])
    narrow = int((explorer.ink()[14] > 0).sum())
    explorer.press("Clear")
    explorer.choose_pen(4.5)
    explorer.draw([(8, 4), (8, 24)])
    assert (explorer.ink()[14] > 0).sum() >= narrow + 2
    assert_ink_is_pythons(explorer)


def expect_undo_redo_and_clear(explorer: ExplorerPage) -> None:
    explorer.press("Clear")
    inks = [explorer.ink()]
    for stroke in FOUR:
        explorer.draw(stroke)
        inks.append(explorer.ink())
    for ink in (inks[1], inks[0]):
        explorer.press("Undo")
        np.testing.assert_array_equal(explorer.ink(), ink)
    for ink in inks[1:]:
        explorer.press("Redo")
        np.testing.assert_array_equal(explorer.ink(), ink)
    expect(explorer.button("Redo")).to_be_disabled()
    explorer.press("Clear")
    assert not explorer.ink().any()
    assert not explorer.column("inputs", "activation").any()
    expect(explorer.prediction).to_have_attribute("data-digit", "")
    assert_neurons_are_the_networks(explorer)
    explorer.press("Undo")
    np.testing.assert_array_equal(explorer.ink(), inks[-1])


def expect_a_lens_that_can_be_taken_away(explorer: ExplorerPage) -> None:
    explorer.draw(ONE)
    centred = explorer.column("inputs", "activation").reshape(28, 28)
    assert centred[:, 14:].sum() > 0.3 * centred.sum()
    explorer.press("Centre")
    as_drawn = explorer.column("inputs", "activation").reshape(28, 28)
    assert as_drawn[:, 14:].sum() == 0
    np.testing.assert_allclose(as_drawn, explorer.ink() / 255, atol=1 / 255)
    explorer.press("Centre")
    np.testing.assert_allclose(
        explorer.column("inputs", "activation").reshape(28, 28), centred, atol=1e-5
    )


def test_a_reload_keeps_the_drawing_also_a_blank_one(explorer: ExplorerPage) -> None:
    explorer.draw(*FOUR)
    drawn = explorer.ink()
    explorer.reload()
    explorer.wait_for_answer()
    np.testing.assert_array_equal(explorer.ink(), drawn)
    explorer.draw(ONE)
    assert_neurons_are_the_networks(explorer)
    explorer.press("Clear")
    explorer.reload()
    explorer.wait_for_answer()
    assert explorer.ink().max() == 0


def test_what_is_done_before_the_answer_to_what_came_before_counts(explorer: ExplorerPage) -> None:
    held: list[Callable[[], None]] = []
    slow = False

    def pass_on(page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        server.on_message(
            lambda message: held.append(partial(page.send, message)) if slow else page.send(message)
        )

    explorer.page.route_web_socket(re.compile("/(ws|channel)$"), pass_on)
    explorer.reload()
    explorer.draw(SEVEN)
    slow = True
    explorer.button("Clear").click()
    explorer.expected.clear()
    across = explorer.draw_without_waiting([(4, 14), (24, 14)])
    explorer.button("Eraser").click()
    down = explorer.draw_without_waiting([(14, 8), (14, 20)])
    assert held, "the server has not answered"
    assert explorer.ink()[14, 14] == 0, "the eraser erases before the server knows of it"
    slow = False
    while held:
        held.pop(0)()
    explorer.expected.draw(across)
    explorer.expected.erasing = True
    explorer.expected.draw(down)
    explorer.wait_for_answer()
    assert_ink_is_pythons(explorer)
    assert_neurons_are_the_networks(explorer)


def expect_an_example_that_the_first_stroke_replaces(explorer: ExplorerPage) -> None:
    explorer.wait_for_answer()
    assert_ink_is_pythons(explorer)
    assert_neurons_are_the_networks(explorer)
    explorer.draw(ONE)
    assert explorer.ink()[:, 14:].max() == 0
    assert_ink_is_pythons(explorer)


def expect_the_largest_output_in_words_bars_and_box(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    outputs = explorer.expected.trace.outputs
    digit = str(int(outputs.argmax()))
    expect(explorer.prediction).to_have_attribute("data-digit", digit)
    sure = str(outputs.max() >= 0.5).lower()
    expect(explorer.prediction).to_have_attribute("data-sure", sure)
    expect(explorer.prediction).to_contain_text(digit)
    bars = explorer.page.get_by_test_id("outputs").locator("> *")
    assert bars.evaluate_all("bars => bars.map(bar => bar.dataset.digit)") == list("0123456789")
    shown = bars.evaluate_all("bars => bars.map(bar => Number(bar.dataset.activation))")
    np.testing.assert_allclose(shown, outputs, atol=1e-5)
    (height,) = explorer.column("winner", "y")
    assert height == pytest.approx(explorer.column("neurons", "y")[32 + int(digit)], abs=1e-4)


def test_a_long_session_of_many_strokes_stays_right(explorer: ExplorerPage) -> None:
    generator = np.random.default_rng(5)
    for _ in range(20):
        explorer.draw([(14, 14), *map(tuple, generator.uniform(-1, 29, (3, 2)))])
    assert_ink_is_pythons(explorer)
    assert_neurons_are_the_networks(explorer)
