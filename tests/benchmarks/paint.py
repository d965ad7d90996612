"""From the pointer event to the frame in which the neurons are repainted, in a real Chromium."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from math import sin
from typing import Any

from figures import Chapter, Figure, percentile
from hand import POINTS_PER_SECOND, drawings
from machine import installed, program
from playwright.sync_api import Browser, Error, Page, sync_playwright
from processes import ECHO, EXPLORER, GRADIO, HERE, PLAIN_PANEL, running

from core import Network
from core.assets import asset

_PROBE = (HERE / "probe.js").read_text(encoding="utf-8")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_LAPTOP = {"width": 1366, "height": 768}

_READY = """() => {
  const model = window.Bokeh?.documents[0]?.get_model_by_name("network")
  return Boolean(model && Bokeh.index.find_one(model)?.frame)
}"""
_NEURON = """([layer, number]) => {
  const named = name => Bokeh.documents[0].get_model_by_name(name)
  const {x, y, layer: layers, index} = named("neurons").data
  const row = Array.from(layers).findIndex((at, i) => at === layer && index[i] === number)
  const view = Bokeh.index.find_one(named("network"))
  const box = view.el.getBoundingClientRect()
  const {x_scale, y_scale} = view.frame
  return [box.left + x_scale.compute(x[row]), box.top + y_scale.compute(y[row])]
}"""
_WATCH_LABEL = """() => new MutationObserver(() => {
  probe.sent()
  probe.answered()
  probe.painted()
}).observe(document.querySelector("#answer"), {childList: true, subtree: true})"""

_WAIT_FOR_PAINT = """() => {
  const network = Bokeh.documents[0].get_model_by_name("network")
  window.paintings = 0
  Bokeh.index.find_one(network).repainted.connect(() => window.paintings++)
}"""

Box = tuple[float, float, float]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser as it comes, named by CHROMIUM or found on the path."""
    path = program("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, address: str, *scripts: str) -> Iterator[Page]:
    """A page in a browser of its own, with the probe inside."""
    # The page forbids `eval`, by which Playwright asks a condition more than once.
    context = browser.new_context(viewport=_LAPTOP, bypass_csp=True)
    for script in (_PROBE, *scripts):
        context.add_init_script(script)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def measure(fast: bool) -> Chapter:
    """All pages, one after the other."""
    with chromium() as browser:
        return _measure(browser, fast)


def _measure(browser: Browser, fast: bool) -> Chapter:
    moves, seconds = (300, 5) if fast else (600, 60)
    floor = _without_server(browser, moves)
    echo = _echo(browser, moves)
    explorer = _explorer(browser, moves, seconds)
    peers = {} if fast else {"plain Panel": _plain_panel(browser), "Gradio": _gradio(browser)}
    rows = []
    for name in ("nothing selected", "a neuron selected", "a bias dragged"):
        rows += _rows(name, explorer[name], echo, floor, peers)
    return Chapter(
        f"Stroke → paint, {moves} moves at {POINTS_PER_SECOND} a second",
        (*rows, _long_tasks(explorer["long tasks"], seconds)),
    )


def _rows(
    name: str,
    times: list[float],
    echo: list[float],
    floor: list[float],
    peers: dict[str, list[float] | None],
) -> Iterator[Figure]:
    shares = {"median": (0.5, 5), "p95": (0.95, 10), "worst": (1.0, None)}
    for kind, (share, more) in shares.items():
        value, least = percentile(times, share), percentile(echo, share)
        beside = {"echo": least, "no server": percentile(floor, share)}
        beside |= {
            peer: None if theirs is None else percentile(theirs, share)
            for peer, theirs in peers.items()
        }
        target = "" if more is None else f"≤ echo + {more}" + (", ≤ 36" if kind == "p95" else "")
        met = None if more is None else value <= least + more and (kind != "p95" or value <= 36)
        yield Figure(f"{name}, {kind}", value, "ms", beside, target, met)


def _long_tasks(tasks: list[float], seconds: int) -> Figure:
    name = f"tasks over 50 ms while drawing for {seconds} s"
    longest = {"longest, ms": max(tasks, default=0.0)}
    return Figure(name, len(tasks), "", longest, "none", not tasks)


def _explorer(browser: Browser, moves: int, seconds: int) -> dict[str, list[float]]:
    found = {}
    with running(EXPLORER) as server, opened(browser, server.address) as page:
        page.wait_for_function(_READY)
        box = _pad(page)
        page.evaluate("probe.watchBokeh()")
        _draw(page, box, 60, _at_a_pace(page))
        found["nothing selected"] = _timed(page, box, moves)
        page.mouse.click(*page.evaluate(_NEURON, [1, 5]))
        page.locator('[data-testid="inspector"][data-neuron="5"]').wait_for()
        found["a neuron selected"] = _timed(page, box, moves)
        _let_go(page)
        _timed(page, box, seconds * POINTS_PER_SECOND)
        found["long tasks"] = page.evaluate("probe.longTasks")
        found["a bias dragged"] = _bias_dragged(page, moves)
    return found


def _bias_dragged(page: Page, moves: int) -> list[float]:
    """A slider of the place Edit: each move changes the network instead of the drawing."""
    page.get_by_role("button", name="Edit", exact=True).click()
    page.mouse.click(*page.evaluate(_NEURON, [1, 5]))
    slider = page.get_by_role("slider", name="Bias")
    slider.wait_for()
    left, top, width, height = _area(slider.bounding_box())

    def drag() -> None:
        wait = _at_a_pace(page)
        page.mouse.move(left + width / 2, top + height / 2)
        page.mouse.down()
        for move in range(moves):
            share = 0.5 + 0.4 * sin(move / 8)
            page.mouse.move(left + share * width, top + height / 2)
            wait(move)
        page.mouse.up()

    return _times_of(page, drag, moves)


def _let_go(page: Page) -> None:
    """Select nothing, and wait until all edges are bright again: that is no part of drawing."""
    page.evaluate(_WAIT_FOR_PAINT)
    page.keyboard.press("Escape")
    page.wait_for_function("window.paintings >= 1")
    page.wait_for_timeout(500)


def _echo(browser: Browser, moves: int) -> list[float]:
    with running(ECHO) as server, opened(browser, server.address) as page:
        page.wait_for_function(_READY)
        page.evaluate("probe.watchBokeh()")
        return _timed(page, (0, 0, 288), moves)


def _without_server(browser: Browser, moves: int) -> list[float]:
    network = Network.load(asset("networks/default.npz"))
    told = {
        "sizes": network.sizes,
        "weights": [layer.weights.tolist() for layer in network.layers],
        "biases": [layer.biases.tolist() for layer in network.layers],
    }
    script = f"window.network = {json.dumps(told)}"
    with opened(browser, (HERE / "plain_page.html").as_uri(), script) as page:
        return _timed(page, _pad(page), moves)


def _plain_panel(browser: Browser) -> list[float]:
    with running(PLAIN_PANEL) as server, opened(browser, server.address) as page:
        page.wait_for_function(_READY)
        page.evaluate("probe.watchNewFigures()")
        return _one_by_one(page, _pad(page), 40)


def _gradio(browser: Browser) -> list[float] | None:
    if not installed("gradio"):
        return None
    with running(GRADIO) as server, opened(browser, server.address) as page:
        page.get_by_role("button", name="Brush").click()
        page.evaluate(_WATCH_LABEL)
        left, top, width, height = _area(page.locator("canvas").last.bounding_box())
        side = 280.0
        middle = (left + (width - side) / 2, top + (height - side) / 2, side)
        return _line_by_line(page, middle, 20)


def _timed(page: Page, box: Box, moves: int) -> list[float]:
    return _times_of(page, lambda: _draw(page, box, moves, _at_a_pace(page)), moves)


def _times_of(page: Page, doing: Callable[[], None], moves: int) -> list[float]:
    page.evaluate("probe.restart()")
    doing()
    times = list(page.evaluate("probe.times"))
    if len(times) < 0.9 * moves:
        raise Error(f"Only {len(times)} of {moves} moves were seen to be painted.")
    return times


def _one_by_one(page: Page, box: Box, moves: int) -> list[float]:
    """Times of moves that each wait for the one before: for pages that cannot keep up."""
    page.evaluate("probe.restart()")
    _draw(page, box, moves, lambda move: _wait_until_painted(page))
    return list(page.evaluate("probe.times"))


def _line_by_line(page: Page, box: Box, lines: int) -> list[float]:
    """The same for a page that answers when the pen lifts: strokes of a single move."""
    page.evaluate("probe.restart()")
    for number in range(lines):
        page.mouse.move(*_on_screen((6, 6 + number / 2), box))
        page.mouse.down()
        page.mouse.move(*_on_screen((22, 6 + number / 2), box))
        page.mouse.up()
        _wait_until_painted(page)
    return list(page.evaluate("probe.times"))


def _wait_until_painted(page: Page) -> None:
    page.wait_for_function("!probe.waits()", timeout=20_000)


def _at_a_pace(page: Page) -> Callable[[int], None]:
    """Waits for the time of the next move, at the pace of a hand; lets the browser work."""
    start = time.perf_counter()

    def wait(move: int) -> None:
        left = start + move / POINTS_PER_SECOND - time.perf_counter()
        if left > 0:
            page.wait_for_timeout(1000 * left)

    return wait


def _draw(page: Page, box: Box, moves: int, wait: Callable[[int], None]) -> None:
    """Draw examples one after the other, at least ``moves`` moves of the mouse."""
    done = 0
    for strokes in cycle(drawings()):
        _clear(page)
        for stroke in strokes:
            page.mouse.move(*_on_screen(stroke[0], box))
            page.mouse.down()
            for point in stroke[1:]:
                page.mouse.move(*_on_screen(point, box))
                done += 1
                wait(done)
            page.mouse.up()
        if done >= moves:
            return


def _clear(page: Page) -> None:
    button = page.get_by_role("button", name="Clear", exact=True)
    if button.count():
        button.click()


def _pad(page: Page) -> Box:
    return _area(page.get_by_test_id("pad").bounding_box())[:3]


def _area(box: Any) -> tuple[float, float, float, float]:
    if box is None:
        raise Error("The page shows no pad.")
    return box["x"], box["y"], box["width"], box["height"]


def _on_screen(point: tuple[float, float], box: Box) -> tuple[float, float]:
    left, top, side = box
    return left + point[0] / 28 * side, top + point[1] / 28 * side
