"""Two pages in one document, as in a notebook: neither hears what is done on the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from core.ink import Drawing
from support.chromium import MOVING, visitor
from support.server import PANEL_SERVE, Server, serving
from support.watch import Watch

APP = """
from panel import Column
from explorer import create_app
Column(create_app(), create_app()).servable()
"""
CALLS = """canvas => {
  canvas.painted = 0
  const context = canvas.getContext("2d")
  const paint = context.putImageData.bind(context)
  context.putImageData = (...image) => { canvas.painted++; paint(...image) }
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    app = tmp_path_factory.mktemp("app") / "two.py"
    app.write_text(APP, encoding="utf-8")
    with serving(command=(*PANEL_SERVE, str(app)), page="two") as server:
        yield server.address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    watch = Watch(urlsplit(address).netloc)
    page = watch.over(
        visitor(chromium, **MOVING, viewport={"width": 1366, "height": 1600}).new_page()
    )
    page.goto(address)
    expect(page.get_by_test_id("pad")).to_have_count(2)
    expect(page.locator(".figure canvas").nth(3)).to_be_visible()
    yield page
    page.context.close()
    assert watch.troubles == []


def draw(page: Page, pad: Locator, column: float) -> None:
    """One straight stroke from top to bottom."""
    box = pad.bounding_box()
    assert box is not None
    x = box["x"] + column / 28 * box["width"]
    page.mouse.move(x, box["y"] + box["height"] / 7)
    page.mouse.down()
    page.mouse.move(x, box["y"] + 6 * box["height"] / 7, steps=5)
    page.mouse.up()


def ink(pad: Locator) -> list[int]:
    return list(
        pad.evaluate(
            """canvas => {
              const copy = new OffscreenCanvas(28, 28).getContext("2d")
              copy.drawImage(canvas, 0, 0)
              return Array.from(copy.getImageData(0, 0, 28, 28).data.filter((_, i) => i % 4 === 0))
            }"""
        )
    )


def test_what_is_drawn_on_one_page_is_drawn_and_kept_on_that_one(page: Page) -> None:
    pads = page.get_by_test_id("pad")
    invitation = ink(pads.nth(0))
    draw(page, pads.nth(1), 20)
    expect(page.get_by_test_id("prediction").nth(1)).to_have_attribute("data-digit", "1")
    assert ink(pads.nth(0)) == invitation
    drawn = ink(pads.nth(1))
    page.reload()
    expect(page.get_by_test_id("prediction").nth(1)).to_have_attribute("data-digit", "1")
    assert ink(pads.nth(1)) == drawn
    assert ink(pads.nth(0)) == invitation
    draw(page, pads.nth(0), 8)
    expect(page.get_by_test_id("prediction").nth(0)).to_have_attribute("data-digit", "1")
    assert ink(pads.nth(1)) == drawn


def test_a_key_a_pulse_and_a_file_are_of_the_page_that_was_used_last(
    page: Page, tmp_path: Path
) -> None:
    pages = page.locator(".grid[data-neuron-explorer]")
    page.keyboard.press("p")
    expect(pages.nth(0)).to_contain_class("projector")
    expect(pages.nth(1)).not_to_contain_class("projector")
    page.keyboard.press("p")
    expect(pages.nth(0)).not_to_contain_class("projector")
    watch_for_pulses(page)
    draw(page, page.get_by_test_id("pad").nth(1), 20)
    page.wait_for_function("window.pulsed[1]")
    assert page.evaluate("window.pulsed") == [False, True]
    saved = save_drawing(page, 1, tmp_path / "drawing.json")
    assert saved.strokes[0].points[0][0] == pytest.approx(20, abs=0.1)
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(pages.nth(0)).not_to_contain_class("projector")
    expect(pages.nth(1)).to_contain_class("projector")


def watch_for_pulses(page: Page) -> None:
    """A pulse is short: who begins to look once the stroke is over may have missed it."""
    page.locator(".pulse canvas").evaluate_all(
        """sheets => {
          window.pulsed = sheets.map(() => false)
          const look = () => {
            sheets.forEach((sheet, i) => { window.pulsed[i] ||= !sheet.hidden })
            requestAnimationFrame(look)
          }
          look()
        }"""
    )


def save_drawing(page: Page, number: int, file: Path) -> Drawing:
    """Save the drawing of one of the pages, which must be the only file that is saved."""
    saved: list[Download] = []

    def keep(download: Download) -> None:
        saved.append(download)

    page.on("download", keep)
    page.get_by_role("button", name="Examples and files").nth(number).click()
    with page.expect_download():
        page.get_by_role("button", name="Save drawing").click()
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert len(saved) == 1
    saved[0].save_as(file)
    return Drawing.from_json(file.read_text(encoding="utf-8"))


def test_the_keyboards_pen_draws_on_its_own_page(page: Page) -> None:
    pads = page.get_by_test_id("pad")
    before = ink(pads.nth(0))
    page.get_by_role("application", name="Drawing cursor").nth(1).focus()
    for key in ["ArrowUp"] * 8 + ["Space"] + ["ArrowDown"] * 16 + ["Space"]:
        page.keyboard.press(key)
    expect(page.get_by_test_id("prediction").nth(1)).to_have_attribute("data-digit", "1")
    assert ink(pads.nth(0)) == before
