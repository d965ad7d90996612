"""An explorer in marimo."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from support.chromium import visitor
from support.explorer_page import SEVEN
from support.notebooks import draw, marimo

SHOW = """\
def _():
    from explorer import Explorer
    explorer = Explorer()
    explorer
    return (explorer,)"""
READ = """\
def _(explorer):
    print(len(explorer.drawing.strokes), "strokes, says", explorer.activations[3].argmax())
    explorer.selected = "2:7"
    return"""


def test_an_explorer_is_drawn_on_read_and_set(chromium: Browser, tmp_path: Path) -> None:
    with marimo(tmp_path, [SHOW, READ]) as address:
        page = visitor(chromium, viewport={"width": 1366, "height": 1500}).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.locator(".cm-content").nth(1).wait_for()
        page.keyboard.press("Control+Shift+r")  # run all

        frame = page.frame_locator("iframe")
        inspector = frame.get_by_test_id("inspector")
        expect(inspector).to_have_attribute("data-layer", "2")
        draw(page, frame, SEVEN)
        expect(frame.get_by_test_id("prediction")).to_have_attribute("data-digit", "7")
        frame.get_by_role("button", name="Deselect").click()
        page.locator(".cm-content").nth(1).click()
        page.keyboard.press("Control+Enter")
        expect(page.get_by_test_id("console-output-area")).to_contain_text("1 strokes, says 7")
        expect(inspector).to_have_attribute("data-neuron", "7")
        page.context.close()
        assert {urlsplit(url.removeprefix("blob:")).hostname for url in asked} <= {
            "127.0.0.1",
            None,
        }
