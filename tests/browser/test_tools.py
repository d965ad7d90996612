"""What stands around the network: examples, files, ghost, signals, networks, projector."""

from __future__ import annotations

import re
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Locator, expect

from core.assets import asset
from core.ink import Drawing, Stroke
from explorer.drawing.examples import examples
from support.axe import violations
from support.chromium import MOVING
from support.explorer_page import FOUR, SEVEN, ExplorerPage

_DROP = """(pad, content) => {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File([content], "dropped.json"))
  const how = {dataTransfer, bubbles: true, composed: true, cancelable: true}
  for (const name of ["dragover", "drop"])
    if (pad.dispatchEvent(new DragEvent(name, how))) throw new Error(`nobody takes the ${name}`)
}"""


def choose_example(explorer: ExplorerPage, name: str) -> None:
    explorer.button("Examples and files").click()
    explorer.page.get_by_role("button", name=examples()[name].title, exact=True).click()


def save(explorer: ExplorerPage, button: str, file: Path) -> Path:
    explorer.button("Examples and files").click()
    with explorer.page.expect_download() as saved:
        explorer.button(button).click()
    saved.value.save_as(file)
    explorer.page.keyboard.press("Escape")
    return file


def open_file(explorer: ExplorerPage, file: Path) -> None:
    explorer.page.get_by_label("A drawing to open").set_input_files(file)


def test_an_example_is_a_click_away(explorer: ExplorerPage) -> None:
    """A digit is drawn by itself, an image is there at once."""
    explorer.page.emulate_media(**MOVING)
    for name in ("7-plain", "noise-7"):
        choose_example(explorer, name)
        explorer.expected.replace_drawing(examples()[name].drawing)
        explorer.wait_for_answer()
        digit = str(int(explorer.expected.trace.outputs.argmax()))
        expect(explorer.prediction).to_have_attribute("data-digit", digit)


def test_a_saved_drawing_comes_back_stroke_by_stroke_from_a_file_or_a_picture(
    explorer: ExplorerPage, tmp_path: Path
) -> None:
    explorer.draw(*FOUR)
    before = explorer.expected.drawing
    file = save(explorer, "Save drawing", tmp_path / "four.json")
    assert Drawing.from_json(file.read_text()) == before
    picture = save(explorer, "Save as PNG", tmp_path / "four.png")
    with Image.open(picture) as saved:
        assert (saved.size, saved.format) == ((28, 28), "PNG")
        np.testing.assert_array_equal(np.array(saved.convert("L")), explorer.ink())
    for opened in (file, picture):
        explorer.press("Clear")
        open_file(explorer, opened)
        explorer.expected.replace_drawing(before)
        explorer.wait_for_answer()
    again = save(explorer, "Save drawing", tmp_path / "again.json")
    assert Drawing.from_json(again.read_text()) == before


def test_a_picture_of_the_pad_s_size_is_opened_as_it_is(
    explorer: ExplorerPage, tmp_path: Path
) -> None:
    explorer.draw(SEVEN)
    with Image.open(save(explorer, "Save as PNG", tmp_path / "seven.png")) as picture:
        plain = picture.convert("L")
    before = explorer.ink()
    plain.save(tmp_path / "plain.png")
    explorer.press("Clear")
    open_file(explorer, tmp_path / "plain.png")
    expect(explorer.prediction).to_have_attribute("data-digit", "7")
    np.testing.assert_array_equal(explorer.ink(), before)
    expect(explorer.page.get_by_test_id("notice")).to_be_hidden()


_PASTE = """file => {
  const clipboardData = new DataTransfer()
  const bytes = Uint8Array.from(atob(file), letter => letter.charCodeAt(0))
  clipboardData.items.add(new File([bytes], "pasted.png", {type: "image/png"}))
  const how = {clipboardData, bubbles: true, composed: true, cancelable: true}
  if (document.body.dispatchEvent(new ClipboardEvent("paste", how))) throw new Error("not taken")
}"""


def photo(*names: str) -> bytes:
    """Examples side by side on paper, as a camera lying on its side stores them."""
    digits = [Image.fromarray(np.uint8(255 * examples()[name].drawing.image)) for name in names]
    paper = Image.new("L", (500 * len(digits), 600))
    for number, digit in enumerate(digits):
        paper.paste(digit.resize((420, 420)), (500 * number + 40, 90))
    turned = ImageOps.invert(paper).transpose(Image.Transpose.ROTATE_90)
    how = Image.Exif()
    how[0x0112] = 6  # to be turned by a quarter clockwise
    turned.save(file := BytesIO(), "PNG", exif=how)
    return file.getvalue()


def test_the_digits_of_a_picture_are_chosen_beside_the_pad(explorer: ExplorerPage) -> None:
    """By mouse or keys; the pad and the answer follow at once, and nothing is lost."""
    page, sheet = explorer.page, explorer.page.get_by_test_id("picture")
    explorer.draw(SEVEN)
    picture = {"name": "photo.png", "mimeType": "image/png", "buffer": photo("3-round", "5-bar")}
    page.get_by_label("A picture to find digits in").set_input_files(picture)
    expect(sheet).to_contain_text("2 digits found; the chosen one is on the pad.")
    expect(explorer.prediction).to_have_attribute("data-digit", "3")
    expect(sheet.get_by_role("listitem")).to_have_count(6)
    first, second = sheet.get_by_role("radio").all()
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_checked()
    expect(explorer.prediction).to_have_attribute("data-digit", "5")
    sheet.locator(".picture label").first.click()
    expect(explorer.prediction).to_have_attribute("data-digit", "3")
    assert violations(page) == []
    sheet.get_by_role("button", name="Cancel").click()
    expect(sheet).to_be_hidden()
    explorer.wait_for_answer()

    page.evaluate(_PASTE, b64encode(photo("1-plain")).decode())
    expect(sheet).to_contain_text("1 digit found")
    expect(explorer.prediction).to_have_attribute("data-digit", "1")
    sheet.get_by_role("button", name="Use").click()
    expect(sheet).to_be_hidden()
    explorer.button("Undo").click()
    explorer.wait_for_answer()


def test_a_file_can_be_dropped_on_the_pad(explorer: ExplorerPage) -> None:
    drawing = Drawing.blank.with_stroke(Stroke(np.array([(14.0, 4.0), (14.0, 24.0)])))
    explorer.pad.evaluate(_DROP, drawing.to_json())
    explorer.expected.replace_drawing(drawing)
    explorer.wait_for_answer()


NO_DRAWINGS = {
    "letter.json": (b"<b>Dear pupils</b>", "letter.json is a text file, not a drawing"),
    "half.npz": (
        asset("networks/default.npz").read_bytes()[:900],
        "half.npz is not a network file",
    ),
    "digit.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a vector picture (SVG)"),
    "half.png": (b"\x89PNG\r\n\x1a\n" + bytes(20), "(PNG) that this browser cannot read"),
    "net.pt": (bytes(9_000_000), "a file of PyTorch, a Python pickle"),
    "long.json": (b"[" * 700_000, "long.json unpacks to more than"),
    "nothing.json": (b"", "nothing.json is empty"),
}


def test_a_file_that_is_no_drawing_is_one_sentence_and_loses_nothing(
    explorer: ExplorerPage, tmp_path: Path
) -> None:
    explorer.draw(SEVEN)
    notice = explorer.page.get_by_test_id("notice")
    for name, (content, sentence) in NO_DRAWINGS.items():
        (tmp_path / name).write_bytes(content)
        open_file(explorer, tmp_path / name)
        expect(notice).to_contain_text(sentence)
        explorer.wait_for_answer()
    explorer.page.get_by_role("button", name="Close the message").click()
    expect(notice).to_be_hidden()
    open_file(explorer, tmp_path / "letter.json")
    expect(notice).to_be_visible()
    choose_example(explorer, "7-plain")
    expect(notice).to_be_hidden()


def test_edges_show_what_they_carry_and_what_is_pinned_stays(explorer: ExplorerPage) -> None:
    expect_edges_to_show_what_they_carry(explorer)
    explorer.press("Clear")
    expect_what_is_held_to_stay_as_rings(explorer)


def expect_what_is_held_to_stay_as_rings(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.button("Pin").click()
    held = np.concatenate(explorer.expected.trace.a)
    explorer.page.wait_for_function(
        '() => Bokeh.documents[0].get_model_by_name("ghost").data.activation.length > 0'
    )
    explorer.press("Clear")
    explorer.draw(*FOUR)
    np.testing.assert_allclose(explorer.column("ghost", "activation"), held, atol=1e-6)


def expect_edges_to_show_what_they_carry(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    explorer.button("Contribution w·a").click()
    expect(explorer.page.locator(".legend")).to_contain_text("contribution w·a")
    layer, source, weight, carried = explorer.columns(
        "edges", "layer", "source", "weight", "carried"
    )
    inputs = explorer.expected.trace.inputs[source[layer == 1]]
    np.testing.assert_allclose(carried[layer == 1], weight[layer == 1] * inputs, atol=1e-5)
    explorer.button("Contribution w·a").click()
    explorer.set_slider("Hide weak edges", 0.5)
    explorer.page.wait_for_function("""() => {
      const {alpha} = Bokeh.documents[0].get_model_by_name("edges").data
      return alpha.filter(each => each === 0).length > 9000
    }""")
    assert len(explorer.column("edges", "weight")) == 12_960


def test_the_lens_is_explained_and_the_projector_takes_ink(explorer: ExplorerPage) -> None:
    expect_the_lens_to_be_explained(explorer)
    explorer.press("Clear")
    expect_a_projector_that_takes_ink(explorer)


def expect_a_projector_that_takes_ink(explorer: ExplorerPage) -> None:
    explorer.page.keyboard.press("p")
    expect(explorer.button("Undo")).to_be_hidden()
    explorer.wait_until_ready()
    explorer.draw(SEVEN)
    explorer.page.keyboard.press("p")
    expect(explorer.button("Undo")).to_be_visible()


def expect_the_lens_to_be_explained(explorer: ExplorerPage) -> None:
    explorer.draw(SEVEN)
    expect(explorer.page.get_by_text(re.compile(r"Without centring .+ · with "))).to_be_visible()
    explorer.page.mouse.move(*explorer.on_screen_pad(7.2, 7.2))
    mark = explorer.page.locator(".figure > i")
    expect(mark).to_be_visible()
    column, row = Drawing(None, explorer.expected.strokes).lens() @ (7.2, 7.2, 1)
    pixel = int(row) * 28 + int(column)
    box = mark.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert middle == pytest.approx(explorer.on_screen(0, pixel), abs=1.5 * box["width"])


def test_what_is_said_covers_neither_the_title_nor_the_pad(
    explorer: ExplorerPage, tmp_path: Path
) -> None:
    letter = tmp_path / "a letter with a name that is as long as names of files ever are.json"
    letter.write_text("Dear pupils", encoding="utf-8")
    explorer.page.get_by_label("A drawing to open").set_input_files(letter)
    notice = explorer.page.get_by_test_id("notice")
    expect(notice).to_contain_text("a letter")
    for size in ((1366, 768), (1100, 700), (820, 1180), (390, 844)):
        explorer.resize(*size)
        expect(notice).to_be_in_viewport(ratio=1)
        left, top, right, bottom = edges(notice)
        for other in (explorer.page.locator("header"), explorer.pad):
            x0, y0, x1, y1 = edges(other)
            assert right <= x0 or x1 <= left or bottom <= y0 or y1 <= top, size


def edges(element: Locator) -> tuple[float, float, float, float]:
    """Left, top, right and bottom on the screen."""
    box = element.bounding_box()
    assert box is not None
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]
