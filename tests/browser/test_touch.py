"""Drawing with a finger on a phone."""

from __future__ import annotations

import numpy as np
import pytest

from core.ink import Drawing
from support.explorer_page import ExplorerPage, Points, Visit

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
DOWNWARDS: Points = [(14, 4), (14, 8), (14.5, 12), (15, 16), (15, 20), (15, 24)]
STORED = """() => sessionStorage.getItem(
  Object.keys(sessionStorage).find(key => key.includes("drawing")))"""
#: Whether the tab keeps a drawing of so many strokes.
KEPT = f"""number => {{
  const kept = ({STORED})()
  return kept !== null && JSON.parse(kept).strokes.length === number
}}"""
SCROLLED = """() => [scrollX, scrollY, visualViewport.scale, visualViewport.pageTop]"""

_WIDTHS = """() => {
  const {scrollWidth, clientWidth} = document.documentElement
  return [scrollWidth, clientWidth]
}"""


def touch(explorer: ExplorerPage, points: Points) -> None:
    devtools = explorer.page.context.new_cdp_session(explorer.page)
    kinds = ["touchStart", *["touchMove"] * (len(points) - 1), "touchEnd"]
    for kind, point in zip(kinds, [*points, None], strict=True):
        places = [explorer.on_screen_pad(*point)] if point else []
        touches = [{"x": x, "y": y} for x, y in places]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def draw(explorer: ExplorerPage, points: Points) -> None:
    """Draw the first stroke with a finger."""
    touch(explorer, points)
    explorer.page.wait_for_function(KEPT, arg=1)
    explorer.expected.replace_drawing(Drawing.from_json(explorer.page.evaluate(STORED)))
    explorer.wait_for_answer()


@pytest.fixture
def phone(visit: Visit) -> ExplorerPage:
    explorer = visit(**PHONE)
    explorer.pad.scroll_into_view_if_needed()
    return explorer


def test_neurons_stand_a_finger_apart_and_circles_stay_round(phone: ExplorerPage) -> None:
    for layer in (1, 2, 3):
        places = phone.places_on_screen(layer)
        assert np.diff(places[:, 1]).min() >= 24
    lattice = phone.places_on_screen(0).reshape(28, 28, 2)
    across, down = np.diff(lattice[0, :, 0]), np.diff(lattice[:, 0, 1])
    np.testing.assert_allclose(across, down, rtol=0.02)
    bottom = phone.places_on_screen(1)[:, 1].max()
    assert bottom < phone.page.viewport_size["height"]
    expect_edges_to_join_the_neurons(phone)


def expect_edges_to_join_the_neurons(phone: ExplorerPage) -> None:
    layers, targets, *ends = phone.columns("edges", "layer", "target", "x1", "y1")
    for end, places in zip(ends, phone.columns("neurons", "x", "y"), strict=True):
        here = layers == 1
        np.testing.assert_allclose(end[here], places[:16][targets[here]], atol=1e-3)


def test_a_phone_that_is_turned_keeps_drawing_and_selection(phone: ExplorerPage) -> None:
    draw(phone, DOWNWARDS)
    phone.page.touchscreen.tap(*phone.on_screen(1, 5))
    phone.wait_for_selection(1, 5)
    for width, height in ((844, 390), (390, 844)):
        phone.resize(width, height)
        phone.wait_for_answer()
        ring = phone.column("selection", "y")[0]
        assert ring == pytest.approx(phone.column("neurons", "y")[5])
        phone.page.touchscreen.tap(*phone.on_screen(2, 15))
        phone.wait_for_selection(2, 15)
        phone.page.touchscreen.tap(*phone.on_screen(1, 5))
        phone.wait_for_selection(1, 5)


def test_a_finger_draws_and_the_page_stays_where_it_is(phone: ExplorerPage) -> None:
    before = phone.page.evaluate(SCROLLED)
    for points in (DOWNWARDS, DOWNWARDS[::-1]):
        draw(phone, points)
        assert phone.page.evaluate(SCROLLED) == before
        assert phone.ink()[5:23, 13:16].max(axis=1).min() > 200
        assert np.abs(phone.ink() - 255 * phone.expected.image).max() <= 1
        phone.press("Clear")
        phone.page.wait_for_function(KEPT, arg=0)


def test_a_second_finger_neither_draws_nor_zooms(phone: ExplorerPage) -> None:
    before = phone.page.evaluate(SCROLLED)
    devtools = phone.page.context.new_cdp_session(phone.page)
    fingers = [[(10, 14), (18, 14)], [(6, 14), (22, 14)], [(2, 14), (26, 14)]]
    for number, places in enumerate(fingers):
        touches = [
            dict(zip("xy", phone.on_screen_pad(*place), strict=True), id=index)
            for index, place in enumerate(places)
        ]
        kind = "touchMove" if number else "touchStart"
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.page.wait_for_function(STORED)
    assert phone.page.evaluate(SCROLLED) == before
    assert phone.ink()[14, 2:10].min() > 200
    assert phone.ink()[14, 16:].max() == 0


def test_a_single_pixel_is_chosen_on_an_enlarged_lattice(phone: ExplorerPage) -> None:
    phone.page.touchscreen.tap(*phone.on_screen(0, 28 * 10 + 14))
    phone.page.locator('[data-testid="inspector"][data-layer="0"]').wait_for()
    lattice = phone.page.get_by_test_id("magnifier")
    lattice.scroll_into_view_if_needed()
    box = lattice.bounding_box()
    assert box is not None
    assert box["width"] / 9 >= 24
    row, column = divmod(int(phone.inspector.get_attribute("data-neuron") or ""), 28)
    phone.page.touchscreen.tap(
        box["x"] + box["width"] * 6.5 / 9, box["y"] + box["height"] * 3.5 / 9
    )
    phone.wait_for_selection(0, 28 * (row - 1) + column + 2)


def test_the_page_is_as_wide_as_the_screen(phone: ExplorerPage) -> None:
    for state in (
        lambda: None,
        lambda: draw(phone, DOWNWARDS),
        lambda: phone.tap(1, 5),
        lambda: phone.tap(0, 400),
        lambda: phone.button("Contribution w·a").click(),
        lambda: phone.button("Verify all numbers").click(),
        lambda: phone.button("Examples and files").click(),
    ):
        state()
        for width in (320, 390):
            phone.resize(width, 844)
            assert phone.page.evaluate(_WIDTHS) == [width, width]
