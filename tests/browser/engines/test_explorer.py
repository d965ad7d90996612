"""The explorer in each engine: draw, undo, reload, look at neurons, switch the theme."""

from __future__ import annotations

import numpy as np
import pytest

from core import Network
from core.ink import centre, rasterize
from core.nn.trace import Trace
from support.engines.page import Page
from support.explorer_page import SEVEN

ONE = [(14, 4), (14, 10), (13.5, 17), (13.5, 24)]

#: Files that the page hands to the browser are kept, instead of asking where to save them.
_KEEP_DOWNLOADS = """() => {
  const addressOf = URL.createObjectURL.bind(URL)  // scripts of a part that is loaded need one
  URL.createObjectURL = blob => {
    if (blob.type.startsWith("image/")) window.downloaded = blob
    return addressOf(blob)
  }
  HTMLAnchorElement.prototype.click = () => {}
}"""
_DROP = """picture => {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File([picture ?? window.downloaded], "digit.png"))
  const how = {dataTransfer, bubbles: true, composed: true, cancelable: true}
  find("[data-testid=pad]").dispatchEvent(new DragEvent("drop", how))
}"""
#: A photo of a bar of ink on paper.
_DROP_PHOTO = f"""() => {{
  const photo = Object.assign(document.createElement("canvas"), {{width: 560, height: 560}})
  const context = photo.getContext("2d")
  context.fillStyle = "#fff"
  context.fillRect(0, 0, 560, 560)
  context.fillStyle = "#000"
  context.fillRect(260, 80, 60, 400)
  photo.toBlob({_DROP})
}}"""


def test_a_digit_is_read_and_every_number_can_be_verified(page: Page, network: Network) -> None:
    stroke = page.draw(SEVEN)
    page.wait_for_ink(rasterize([stroke]))
    image = centre([stroke])
    page.wait_for_inputs(image)
    page.wait_for_answer("7")
    trace = network.trace(image.ravel())
    np.testing.assert_allclose(page.activations(), trace.outputs, atol=1e-4)
    expect_honesty(page)
    expect_numbers(page, network, trace)


def expect_numbers(page: Page, network: Network, trace: Trace) -> None:
    """A neuron of each layer shows its own."""
    assert page.choose(0, 400) == {"activation": pytest.approx(trace.inputs[400], abs=1e-6)}
    for layer, index in ((1, 5), (2, 12), (3, 7)):
        bias = network.layers[layer - 1].biases[index]
        z, activation = trace.z[layer - 1][index], trace.a[layer - 1][index]
        expected = {"weighted-sum": z - bias, "bias": bias, "z": z, "activation": activation}
        assert page.choose(layer, index) == pytest.approx(expected, rel=1e-4, abs=1e-6)


def expect_honesty(page: Page) -> None:
    """The audit accuses no honest page, whatever its edges show."""
    for button in (None, "Contribution w·a"):
        if button:
            page.click("button", button)
            page.wait_for_text(".legend", "contribution w·a")
        page.wait_for("() => all('[data-testid=verdict] li').length === 0")
        page.click("button", "Verify all numbers")
        page.wait_for("() => all('[data-testid=verdict] li').length > 0")
        lines = page.ask("() => all('[data-testid=verdict] li').map(line => line.textContent)")
        assert [line for line in lines if not line.startswith("✓")] == []


def test_undo_redo_and_clear_change_ink_and_answer_and_a_reload_keeps_them(page: Page) -> None:
    one = page.draw(ONE)
    page.wait_for_answer("1")
    bar = page.draw([(9, 14), (14, 14), (19, 14)])
    for button, strokes in (
        ("Undo", [one]),
        ("Redo", [one, bar]),
        ("Clear", []),
        ("Undo", [one, bar]),
        ("Undo", [one]),
    ):
        page.click("button", button)
        page.wait_for_ink(rasterize(strokes))
    page.wait_for_answer("1")
    page.reload()
    page.wait_for_ink(rasterize([one]))
    page.wait_for_answer("1")


def test_both_themes_can_be_read_and_pictures_are_saved_and_opened(page: Page) -> None:
    strokes = [page.draw(SEVEN)]
    page.wait_for_answer("7")
    expect_both_themes(page)
    page.ask(_KEEP_DOWNLOADS)
    page.click("button", "Examples and files")
    page.click("button", "Save as PNG")
    page.wait_for("() => window.downloaded?.size > 0")
    page.click("button", "Clear")
    page.ask(_DROP, None)
    page.wait_for_ink(rasterize(strokes))
    strokes.append(page.draw([(9, 14), (19, 14)]))
    page.click("button", "Undo")
    page.wait_for_ink(rasterize(strokes[:1]))
    page.ask(_DROP_PHOTO)
    page.wait_for_text("[data-testid=picture]", "1 digit found; it is on the pad.")
    page.wait_for_answer("1")


def expect_both_themes(page: Page) -> None:
    """They can be read, also with a neuron that is looked at."""
    page.choose(1, 5)
    for theme, darkest, brightest in (("dark", 0, 40), ("light", 200, 255), ("dark", 0, 40)):
        page.choose_theme(theme)
        expect_to_be_readable(page)
        assert darkest <= page.brightness("h1") <= brightest


def expect_to_be_readable(page: Page) -> None:
    """Every text can be told from its ground, and so it is painted."""
    assert page.unreadable() == []
    name = page.picture(page.box("[data-testid=network]"))
    assert name.max() - name.min() > 150
