"""The keyboard's shortcuts, in every layout, and not while somebody writes."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import expect

from support.explorer_page import FOUR, SEVEN, ExplorerPage

_PRESS = """([key, code]) => document.body.dispatchEvent(
  new KeyboardEvent("keydown", {key, code, bubbles: true, composed: true}))"""
_FIELD = """html => {
  const template = document.createElement("template")
  template.innerHTML = html
  document.body.append(template.content)
}"""


#: Small, with Caps Lock, in Cyrillic, and where the layout has the letter elsewhere.
LETTERS_P = [("p", "KeyP"), ("P", "KeyP"), ("з", "KeyP"), ("p", "KeyR")]


def test_letters_are_keys_in_every_layout_and_not_while_somebody_writes(
    explorer: ExplorerPage,
) -> None:
    expect_writing_in_a_field_to_do_nothing_else(explorer)
    explorer.page.evaluate("() => document.activeElement?.blur()")
    expect_keys_in_every_layout(explorer)


def expect_keys_in_every_layout(explorer: ExplorerPage) -> None:
    for letter in LETTERS_P:
        explorer.page.evaluate(_PRESS, letter)
        expect(explorer.projector).to_be_visible()
        explorer.page.evaluate(_PRESS, letter)
        expect(explorer.projector).to_have_count(0)
    explorer.page.keyboard.press("Shift+L")
    expect(explorer.page.locator("html")).to_have_attribute("data-theme", "light")
    explorer.page.keyboard.press("l")
    expect(explorer.page.locator("html")).to_have_attribute("data-theme", "dark")
    explorer.page.get_by_role("slider", name="Pen").focus()
    explorer.page.keyboard.press("l")
    expect(explorer.page.locator("html")).to_have_attribute("data-theme", "light")


def test_strokes_are_undone_and_redone_as_in_any_program_unless_the_pad_rests(
    explorer: ExplorerPage,
) -> None:
    expect_strokes_to_be_undone_and_redone(explorer)
    explorer.press("Clear")
    expect_a_pad_at_rest_to_stay_as_it_is(explorer)


def expect_strokes_to_be_undone_and_redone(explorer: ExplorerPage) -> None:
    explorer.draw(*FOUR)
    drawn = explorer.ink()
    for undo in ("Control+z", "Meta+z"):
        for redo in ("Control+Shift+Z", "Control+y", "Meta+Shift+Z"):
            explorer.page.keyboard.press(undo)
            explorer.expected.undo()
            explorer.wait_for_answer()
            assert not np.array_equal(explorer.ink(), drawn)
            explorer.page.keyboard.press(redo)
            explorer.expected.redo()
            explorer.wait_for_answer()
            np.testing.assert_array_equal(explorer.ink(), drawn)


FIELDS = ["<input>", "<textarea></textarea>", "<div contenteditable>a</div>", "<select></select>"]


def expect_writing_in_a_field_to_do_nothing_else(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    drawn = explorer.ink()
    for html in FIELDS:
        explorer.page.evaluate(_FIELD, html)
        field = explorer.page.locator("body > :is(input, textarea, [contenteditable], select)").last
        field.focus()
        for key in ("p", "L", "Control+z"):
            explorer.page.keyboard.press(key)
        expect(explorer.projector).to_have_count(0)
        expect(explorer.page.locator("html")).to_have_attribute("data-theme", "dark")
    explorer.tap(1, 5)  # whatever was said before is answered before
    np.testing.assert_array_equal(explorer.ink(), drawn)


def expect_a_pad_at_rest_to_stay_as_it_is(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    drawn = explorer.ink()
    rest = "on => { document.querySelector('[data-root-id]').inert = on }"
    explorer.page.evaluate(rest, True)
    explorer.page.keyboard.press("Control+z")
    explorer.page.evaluate(rest, False)
    explorer.tap(1, 5)
    np.testing.assert_array_equal(explorer.ink(), drawn)


def test_escape_ends_one_thing_at_a_time(explorer: ExplorerPage) -> None:
    """A sheet before the neuron, and the projector once nothing else is left to end."""
    keyboard = explorer.page.keyboard
    explorer.tap(1, 5)
    sheet = explorer.open_networks()
    keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(explorer.inspector).to_have_attribute("data-layer", "1")
    keyboard.press("p")
    keyboard.press("Escape")
    expect(explorer.inspector).to_have_attribute("data-layer", "")
    expect(explorer.projector).to_be_visible()
    keyboard.press("Escape")
    expect(explorer.projector).to_have_count(0)
    keys = explorer.page.get_by_role("dialog", name="Keyboard shortcuts")
    keyboard.press("?")
    expect(keys).to_be_visible()
    keyboard.press("Escape")
    expect(keys).to_be_hidden()
