"""Explorers in JupyterLab: below a path, as on a hub, with jupyter-server-proxy beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from support.chromium import visitor
from support.class_pages import CLASS
from support.explorer_page import SEVEN
from support.notebooks import BASE, draw, jupyter
from support.server import serving

SHOW_FIRST = """\
from threading import current_thread, main_thread
from explorer import Explorer
first, heard = Explorer(), set()
first.param.watch(lambda *_: heard.add(current_thread() is main_thread()), "drawing")
first"""
SHOW_SECOND = """\
second = Explorer()
second"""
READ = """\
digits = [int(each.activations[3].argmax()) for each in (first, second)]
print(len(first.drawing.strokes), "stroke,", digits, heard, "selected", first.selected)"""
SET = """\
from core.nn.pretrained import pretrained
first.network = pretrained()["relu"]
second.selected, second.drawing = "1:5", first.drawing"""
AGAIN = "first"
CELLS = (SHOW_FIRST, SHOW_SECOND, READ, SET, READ, AGAIN)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with jupyter(tmp_path_factory.mktemp("jupyter"), CELLS) as address:
        yield address


@pytest.fixture
def notebook(chromium: Browser, lab: str) -> Iterator[Page]:
    """The notebook on a screen that shows all of it; it may ask this machine alone."""
    browser = visitor(chromium, viewport={"width": 1366, "height": 3200})
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.goto(f"{lab}lab/tree/lesson.ipynb?reset")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    yield page
    browser.close()
    hosts = {urlsplit(url.removeprefix("blob:")).hostname for url in asked if "data:" not in url}
    assert hosts == {"127.0.0.1"}


def run(notebook: Page, number: int) -> Locator:
    """Run a cell with the keyboard; returns its output."""
    cell = notebook.locator(".jp-CodeCell").nth(number)
    cell.locator(".cm-content").click()
    notebook.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt").first).to_have_text(re.compile(r"\[\d+\]:"))
    return cell.locator(".jp-OutputArea")


def shown(output: Locator) -> FrameLocator:
    """The page in an output, once it can be drawn on."""
    frame = output.frame_locator("iframe")
    expect(frame.get_by_test_id("prediction")).to_have_attribute("data-digit", re.compile(r"\d"))
    frame.locator(".grid[data-place=explore]").wait_for()
    return frame


def test_two_explorers_are_drawn_on_read_and_set(notebook: Page) -> None:
    first, second = shown(run(notebook, 0)), shown(run(notebook, 1))
    draw(notebook, first, SEVEN)
    expect(first.get_by_test_id("prediction")).to_have_attribute("data-digit", "7")
    expect(run(notebook, 2)).to_contain_text("1 stroke, [7, 3] {True} selected None")

    run(notebook, 3)
    inspector = second.get_by_test_id("inspector")
    expect(inspector).to_have_attribute("data-layer", "1")
    expect(inspector).to_have_attribute("data-neuron", "5")
    expect(second.get_by_test_id("prediction")).to_have_attribute("data-digit", "7")
    expect(first.get_by_test_id("network")).to_contain_text("ReLU")
    expect(run(notebook, 4)).to_contain_text("1 stroke, [7, 7] {True} selected None")

    again = run(notebook, 5).frame_locator("iframe")
    expect(again.get_by_test_id("prediction")).to_have_attribute("data-digit", "7")
    again.get_by_role("button", name="Clear", exact=True).click()
    expect(first.get_by_test_id("prediction")).to_have_attribute("data-digit", "")


def test_a_kernel_on_another_machine_is_reached_through_the_notebooks_server(
    notebook: Page, lab: str
) -> None:
    """From there only Jupyter's own port can be reached, and no channel beside Bokeh's socket."""
    port = urlsplit(lab).port
    notebook.route(re.compile(f"//127.0.0.1:(?!{port})"), lambda route: route.abort())
    notebook.route_web_socket(re.compile("/channel$"), lambda socket: socket.close())
    output = run(notebook, 0)
    frame = shown(output)
    address = output.locator("iframe").get_attribute("src")
    assert address is not None
    assert address.startswith(f"{BASE}proxy/")
    draw(notebook, frame, SEVEN)
    expect(frame.get_by_test_id("prediction")).to_have_attribute("data-digit", "7")
    run(notebook, 1)
    expect(run(notebook, 2)).to_contain_text("1 stroke, [7, 3] {True} selected None")


def test_an_invitation_below_a_path_names_that_path(chromium: Browser, lab: str) -> None:
    with serving(*CLASS) as server:
        home = f"{lab}proxy/{urlsplit(server.address).port}/"
        page = visitor(chromium).new_page()
        page.goto(f"{home}teacher")
        page.get_by_role("textbox").first.fill("ABCD-EFGH")
        page.keyboard.press("Enter")
        link = page.get_by_role("link", name="Invitation")
        with page.expect_popup() as opened:
            link.click()
        invitation = opened.value
        expect(invitation.locator("b")).to_have_text(home.removeprefix("http://").rstrip("/"))
        code = invitation.locator("img")
        assert code.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
        assert server.complaints() == []
        page.context.close()
