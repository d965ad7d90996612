"""Ink stays under the pointer whatever the page does meanwhile, and one pointer draws at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import CDPSession

from support.chromium import MOVING
from support.explorer_page import ExplorerPage, Point, Visit

KEPT = """() => {
  const key = Object.keys(sessionStorage).find(key => key.includes("drawing"))
  return key && sessionStorage.getItem(key)
}"""
TABLET = MOVING | {"viewport": {"width": 820, "height": 1180}, "has_touch": True}


@pytest.fixture
def tablet(visit: Visit) -> ExplorerPage:
    return visit(**TABLET)


def kept_strokes(explorer: ExplorerPage, number: int) -> list[np.ndarray]:
    """The strokes that the tab keeps, once there are so many."""
    there = f"() => {{ const kept = ({KEPT})(); return kept && JSON.parse(kept).strokes.length }}"
    explorer.page.wait_for_function(f"number => ({there})() === number", arg=number)
    drawing = json.loads(explorer.page.evaluate(KEPT))
    return [np.array(stroke["points"]) for stroke in drawing["strokes"]]


def stand_elsewhere(explorer: ExplorerPage, doing: Callable[[], Any]) -> None:
    """Do something that moves the pad or makes it another size, and wait until it has."""
    before = explorer.pad.bounding_box()
    doing()
    explorer.page.wait_for_function(
        """([pad, before]) => {
          const now = pad.getBoundingClientRect()
          return ["x", "y", "width"].some(each => Math.abs(now[each] - before[each]) > 9)
        }""",
        arg=[explorer.pad.element_handle(), before],
    )
    explorer.page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


#: One after the other on the same tablet.
CHANGES: dict[str, Callable[[ExplorerPage], Any]] = {
    "the wheel": lambda e: e.page.mouse.wheel(0, 60),
    "what is above it": lambda e: e.page.evaluate(
        "() => { document.body.style.paddingTop = '40px' }"
    ),
    "a turned tablet": lambda e: e.page.set_viewport_size({"width": 1180, "height": 820}),
    "a larger window": lambda e: e.page.set_viewport_size({"width": 1700, "height": 1000}),
}


def test_a_stroke_ends_where_the_pen_is_whatever_moves_the_pad(tablet: ExplorerPage) -> None:
    mouse = tablet.page.mouse
    for number, (name, change) in enumerate(CHANGES.items(), start=1):
        mouse.move(*tablet.on_screen_pad(8, 6))
        mouse.down()
        mouse.move(*tablet.on_screen_pad(9, 9))
        stand_elsewhere(tablet, lambda change=change: change(tablet))
        mouse.move(*tablet.on_screen_pad(12, 22))
        mouse.up()
        stroke = kept_strokes(tablet, number)[-1]
        np.testing.assert_allclose(stroke[[0, -1]], [(8, 6), (12, 22)], atol=0.1, err_msg=name)


class Hand:
    """Fingers on the pad, by their numbers, and a pen."""

    def __init__(self, explorer: ExplorerPage) -> None:
        self._explorer = explorer
        self._fingers: dict[int, Point] = {}
        self._devtools: CDPSession = explorer.page.context.new_cdp_session(explorer.page)

    def put(self, finger: int, place: Point) -> None:
        self._fingers[finger] = place
        self._touch("touchStart")

    def move(self, finger: int, place: Point) -> None:
        self._fingers[finger] = place
        self._touch("touchMove")

    def lift(self, finger: int) -> None:
        del self._fingers[finger]
        self._touch("touchEnd")

    def pen(self, kind: str, place: Point) -> None:
        x, y = self._explorer.on_screen_pad(*place)
        pressed = (
            {"button": "left", "buttons": 1} if kind != "mouseReleased" else {"button": "left"}
        )
        event = {"type": kind, "x": x, "y": y, "pointerType": "pen", "clickCount": 1}
        self._devtools.send("Input.dispatchMouseEvent", event | pressed)

    def _touch(self, kind: str) -> None:
        points = [
            dict(zip("xy", self._explorer.on_screen_pad(*place), strict=True), id=finger)
            for finger, place in self._fingers.items()
        ]
        self._devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.fixture
def hand(tablet: ExplorerPage) -> Hand:
    return Hand(tablet)


def test_a_finger_that_only_touches_leaves_a_dot(tablet: ExplorerPage, hand: Hand) -> None:
    hand.put(0, (14, 14))
    hand.lift(0)
    (stroke,) = kept_strokes(tablet, 1)
    np.testing.assert_allclose(stroke, [(14, 14)], atol=0.1)
    assert tablet.ink()[13:15, 13:15].min() > 200
    assert tablet.page.get_by_test_id("notice").is_hidden()


def test_a_finger_and_a_pen_draw_beside_a_palm_that_rests_and_a_pen_takes_over(
    tablet: ExplorerPage, hand: Hand
) -> None:
    hand.put(0, (24, 24))
    hand.put(1, (8, 5))
    for row in (9, 14, 20):
        hand.move(1, (8, row))
    hand.lift(1)
    hand.lift(0)
    (finger,) = kept_strokes(tablet, 1)
    np.testing.assert_allclose(finger[[0, -1]], [(8, 5), (8, 20)], atol=0.1)

    hand.put(0, (24, 24))
    hand.pen("mousePressed", (10, 5))
    for row in (9, 14, 20):
        hand.pen("mouseMoved", (10, row))
    hand.pen("mouseReleased", (10, 20))
    hand.lift(0)
    _, pen = kept_strokes(tablet, 2)
    np.testing.assert_allclose(pen[[0, -1]], [(10, 5), (10, 20)], atol=0.1)

    hand.put(0, (20, 20))
    hand.move(0, (20, 22))
    hand.pen("mousePressed", (8, 5))
    hand.move(0, (20, 26))
    hand.pen("mouseMoved", (8, 20))
    hand.pen("mouseReleased", (8, 20))
    hand.lift(0)
    *_, finger, pen = kept_strokes(tablet, 4)
    np.testing.assert_allclose(finger[-1], (20, 22), atol=0.1)
    np.testing.assert_allclose(pen[[0, -1]], [(8, 5), (8, 20)], atol=0.1)


def test_a_pointer_takes_over_from_an_example_that_is_being_drawn(
    tablet: ExplorerPage, hand: Hand
) -> None:
    tablet.button("Examples and files").click()
    tablet.page.get_by_role("button", name="8, in one stroke", exact=True).click()
    tablet.page.mouse.move(*tablet.on_screen_pad(3, 3))
    tablet.page.mouse.down()
    tablet.page.mouse.move(*tablet.on_screen_pad(3, 25))
    tablet.page.mouse.up()
    tablet.page.wait_for_function(
        f"""() => {{
          const kept = ({KEPT})()
          const last = kept && JSON.parse(kept).strokes.at(-1)?.points
          return last && Math.abs(last[0][1] - 3) < 0.2 && Math.abs(last.at(-1)[1] - 25) < 0.2
        }}"""
    )


def test_ink_is_there_as_soon_as_the_browser_tells_where_the_pen_is(visit: Visit) -> None:
    """Before the frame in which `pointermove` would come: on localhost and over https."""
    explorer = visit()
    mouse = explorer.page.mouse
    mouse.move(*explorer.on_screen_pad(8, 6))
    mouse.down()
    x, y = explorer.on_screen_pad(20.5, 20.5)
    painted = explorer.pad.evaluate(
        """(pad, [clientX, clientY]) => {
          const where = {pointerId: 1, pointerType: "mouse", clientX, clientY}
          pad.dispatchEvent(new PointerEvent("pointerrawupdate", where))
          return pad.getContext("2d").getImageData(20, 20, 1, 1).data[0]
        }""",
        [x, y],
    )
    mouse.up()
    assert painted == 255
