"""Drawings: values that grow by strokes, cheap to extend, easy to take back."""

import gc
import json
import time
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ink import (
    LONGEST_JSON,
    MOST_POINTS,
    MOST_STROKES,
    Drawing,
    InkError,
    Stroke,
    centre,
    centre_image,
    centre_images,
    rasterize,
)
from core.ink.brush import paint

LOOP = np.stack((14 + 5 * np.sin(np.linspace(0, 12, 300)), np.linspace(4, 24, 300)), axis=1)
ERASER = Stroke([(10, 6), (18, 12), (12, 20)], 4.0, erases=True)
STROKE: dict[str, Any] = {"points": [[1, 2]], "width": 2.4, "erases": False}


def saved_strokes(strokes: list[dict[str, Any]]) -> str:
    return json.dumps({"base": None, "strokes": strokes})


def nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def walk(count: int, seed: int) -> np.ndarray:
    """A hand that wanders all over the pad."""
    steps = np.random.default_rng(seed).normal(0, 1, (count, 2))
    return 14 + 12 * np.sin(np.cumsum(steps, axis=0) / 8)


def in_strokes(points: np.ndarray, widths: list[float], erases: list[bool]) -> tuple[Stroke, ...]:
    parts = np.array_split(points, 800)
    return tuple(
        Stroke(each, widths[i % len(widths)], erases[i % len(erases)])
        for i, each in enumerate(parts)
    )


LARGE: dict[str, Callable[[], tuple[Stroke, ...]]] = {
    "800 strokes": lambda: in_strokes(walk(9000, 1), [2.4], [False]),
    "one stroke": lambda: (Stroke(walk(9000, 2)),),
    "half erasers": lambda: in_strokes(walk(9000, 3), [2.4, 1.0], [False, True]),
    "many pens": lambda: in_strokes(walk(9000, 4), [0.5 + i / 10 for i in range(90)], [False]),
    "hatched": lambda: (
        Stroke(np.tile([(0.0, 0.0), (28.0, 28.0), (0.0, 28.0), (28.0, 0.0)], (2250, 1))),
    ),
    "beyond the pad": lambda: (Stroke(100 * walk(9000, 5)),),
}


def test_an_empty_pad_is_blank_and_so_is_what_the_lens_shows_of_it() -> None:
    assert Drawing.blank.is_blank
    assert not rasterize([]).any()
    assert not Drawing.blank.centred().any()


def test_a_drawing_made_point_by_point_is_exactly_the_drawing_made_at_once() -> None:
    drawing = Drawing.blank.with_stroke(Stroke(LOOP[:1], 2.0)).with_stroke(Stroke(LOOP[:1]))
    for first in range(1, 300, 7):
        drawing = drawing.extended(LOOP[first : first + 7])
    at_once = [Stroke(LOOP[:1], 2.0), Stroke(LOOP)]
    assert np.array_equal(drawing.image, rasterize(at_once))
    assert np.array_equal(drawing.centred(), centre(at_once))


def test_erasing_point_by_point_is_exactly_erasing_at_once() -> None:
    drawing = Drawing.blank.with_stroke(Stroke(LOOP))
    drawing = drawing.with_stroke(Stroke(ERASER.points[:1], ERASER.width, erases=True))
    for point in ERASER.points[1:]:
        drawing = drawing.extended([point])
    assert np.array_equal(drawing.image, rasterize([LOOP, ERASER]))
    assert np.array_equal(drawing.centred(), centre([LOOP, ERASER]))


def test_undo_is_the_drawing_before() -> None:
    before = Drawing.blank.with_stroke(Stroke(LOOP[:100]))
    image, centred = before.image.copy(), before.centred()
    before.with_stroke(Stroke(LOOP[100:])).with_stroke(ERASER)
    before.extended(LOOP[100:200])
    assert np.array_equal(before.image, image)
    assert np.array_equal(before.centred(), centred)
    assert len(before.strokes[0].points) == 100


def test_nobody_can_change_a_drawing() -> None:
    points = LOOP.copy()
    drawing = Drawing.blank.with_stroke(Stroke(points))
    points[:] = 0
    assert np.array_equal(drawing.strokes[0].points, LOOP)
    for array in (drawing.image, drawing.strokes[0].points, Drawing.blank.image):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_one_can_draw_and_erase_on_an_image() -> None:
    base = rasterize([[(8, 4), (8, 24)]])
    drawing = Drawing(base).with_stroke(Stroke([(20, 4), (20, 24)]))
    assert np.array_equal(drawing.image, rasterize([[(8, 4), (8, 24)], [(20, 4), (20, 24)]]))
    erased = drawing.with_stroke(Stroke([(8, 0), (8, 28)], 8, erases=True))
    assert not erased.image[:, 5:11].any()
    assert np.array_equal(erased.centred(), centre_image(erased.image))


def test_erasing_everything_leaves_a_blank_pad() -> None:
    rub = Stroke([(x, y) for x in range(0, 29, 4) for y in (-2, 30)], 8, erases=True)
    drawing = Drawing.blank.with_stroke(Stroke(LOOP)).with_stroke(rub)
    assert drawing.is_blank
    assert not drawing.centred().any()


def test_a_saved_drawing_comes_back_the_same() -> None:
    drawing = Drawing(rasterize([LOOP]), (Stroke(LOOP, 3.5), ERASER))
    back = Drawing.from_json(drawing.to_json())
    assert back == drawing
    assert hash(back) == hash(drawing)
    assert np.array_equal(back.image, drawing.image)
    assert back != Drawing.blank


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Not a saved drawing"),
        ("[" * 100_000, "Not a saved drawing"),
        ("[]", "needs base and strokes"),
        ('{"base": null}', "needs base and strokes"),
        ('{"base": null, "strokes": 5}', "must be a list"),
        ('{"base": null, "strokes": [[1, 2]]}', "needs points, width and erases"),
        ('{"base": [[2]], "strokes": []}', "shape"),
        (
            '{"base": null, "strokes": [{"points": [[NaN, 1]], "width": 2, "erases": false}]}',
            "must be finite",
        ),
        (
            '{"base": null, "strokes": [{"points": [[1, 1]], "width": 2, "erases": 1}]}',
            "either erases or does not",
        ),
        (" " * 5_000_000, "600,000 characters"),
        (saved_strokes([STROKE] * 1001), "1,000 strokes and 10,000 points. Clear it"),
        (saved_strokes([STROKE | {"points": [[1, 2]] * 10_001}]), "The pad is full"),
        (saved_strokes([STROKE | {"points": [[1, 2]] * 11}] * 950), "The pad is full"),
        (saved_strokes([STROKE] * 11_000), "The pad is full"),
        (saved_strokes([STROKE | {"points": [[10**400, 1]]}]), "must be numbers"),
        (saved_strokes([STROKE | {"points": [[1e999, 1]]}]), "must be finite"),
        (saved_strokes([STROKE | {"width": 10**400}]), "pen's width"),
        (saved_strokes([STROKE | {"width": "x" * 500_000}]), "pen's width"),
        (saved_strokes([STROKE | {"width": True}]), "pen's width"),
        (saved_strokes([STROKE | {"points": nested(900)}]), "must be numbers"),
        (saved_strokes([STROKE | {"points": [[[1, 2], [3, 4]]]}]), "points must be"),
        (saved_strokes([STROKE | {"points": "1, 2"}]), "list of at least one point"),
        (saved_strokes([STROKE | {"points": {}}]), "list of at least one point"),
        (saved_strokes([STROKE, STROKE | {"points": []}]), "list of at least one point"),
        (saved_strokes([STROKE | {"points": [[1, 2], [3]]}]), "must be numbers"),
        (saved_strokes([STROKE | {"colour": "red"}]), "points, width and erases, and nothing"),
        (json.dumps({"base": nested(900), "strokes": []}), "must be numbers"),
        (json.dumps({"base": [[10**400] * 28] * 28, "strokes": []}), "must be numbers"),
        ('{"base": null, "strokes": [%s]}' % ("9" * 5000), "Not a saved drawing"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_spoilt_saved_drawing_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(InkError, match=sentence):
        Drawing.from_json(text)


@pytest.mark.parametrize(
    "text",
    [
        saved_strokes([STROKE] * 50_000),
        saved_strokes([STROKE] * 11_000),
        saved_strokes([STROKE | {"points": [[1, 2]] * 60_000}]),
        saved_strokes([STROKE | {"points": [[10**400, 1]] * 1000}]),
        json.dumps({"base": [nested(500)] * 300, "strokes": []}),
    ],
    ids=["too long", "too many strokes", "too many points", "too large", "too deep"],
)
def test_refusing_a_drawing_costs_no_more_than_reading_its_text(text: str) -> None:
    def refuse() -> None:
        with pytest.raises(InkError):
            Drawing.from_json(text)

    assert seconds(refuse) < 3 * seconds(lambda: json.loads(text)) + 0.002


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(1, 2, 3)],
        [1, 2],
        [(1, np.nan)],
        [(np.inf, 1)],
        [(1e9, 1)],
        [(1, 2), (3,)],
        [("a", "b")],
        [(10**400, 1)],
        [("1" * 5000, 1)],
    ],
)
def test_points_that_cannot_be_drawn_are_refused(points: object) -> None:
    for make in (Stroke, Drawing.blank.with_stroke(Stroke(LOOP)).extended):
        with pytest.raises(InkError, match="points must be"):
            make(points)


@pytest.mark.parametrize("width", [0, -1, np.nan, np.inf, 100, "wide", None])
def test_a_pen_of_impossible_width_is_refused(width: object) -> None:
    with pytest.raises(InkError, match="pen's width must be"):
        Stroke([(1, 2)], width)


def test_an_image_of_the_wrong_size_or_with_wrong_values_is_refused() -> None:
    for refuse in (centre_image, Drawing):
        with pytest.raises(InkError, match=r"shape \(28, 28\) is wanted; this one is \(27, 28\)"):
            refuse(np.zeros((27, 28)))
        for value in (-0.1, 1.1, np.nan):
            with pytest.raises(InkError, match="values must be from 0"):
                refuse(np.full((28, 28), value))
    with pytest.raises(InkError, match=r"shape \(m, 784\) is wanted"):
        centre_images(np.zeros((3, 28, 28)))


def test_a_drawing_cannot_grow_without_limit() -> None:
    full = "The pad is full: a drawing can have 1,000 strokes and 10,000 points. Clear it"
    long = Drawing.blank.with_stroke(Stroke(np.tile(LOOP, (33, 1))))
    dots = Drawing(None, (Stroke([(1, 2)]),) * MOST_STROKES)
    for grow in (
        lambda: long.with_stroke(Stroke(LOOP)),
        lambda: long.extended(LOOP),
        lambda: dots.with_stroke(Stroke([(3, 4)])),
        lambda: Stroke(np.zeros((MOST_POINTS + 1, 2))),
        lambda: Stroke([(0, 0)] * (MOST_POINTS + 1)),
        lambda: Drawing(None, (Stroke([(1, 2)]),) * (MOST_STROKES + 1)),
    ):
        with pytest.raises(InkError, match=full):
            grow()
    assert long.extended(LOOP[:100]).image.any()
    assert dots.extended([(3, 4)]).image.any()
    with pytest.raises(InkError, match="start one first"):
        Drawing.blank.extended([(1, 2)])


def test_the_largest_drawing_can_be_saved_and_opened() -> None:
    numbers = np.random.default_rng(3)
    points = np.array_split(numbers.uniform(-99, 99, (MOST_POINTS, 2)), MOST_STROKES)
    widths = numbers.uniform(1, 5, MOST_STROKES)
    strokes = [Stroke(each, w, w > 3) for each, w in zip(points, widths.tolist(), strict=True)]
    drawing = Drawing(numbers.random((28, 28)), tuple(strokes))
    text = drawing.to_json()
    assert len(text) < LONGEST_JSON
    assert Drawing.from_json(text) == drawing


def test_ten_thousand_points_are_drawn_like_the_few_that_matter() -> None:
    many = Stroke(np.linspace((5, 5), (23, 20), 10_000))
    few = Stroke([(5, 5), (23, 20)])
    assert np.allclose(rasterize([many]), rasterize([few]), atol=1e-5)
    assert np.allclose(centre([many]), centre([few]), atol=0.05)


def test_a_long_history_of_drawings_stays_below_three_megabytes() -> None:
    tracemalloc.start()
    history = [Drawing.blank]
    for _ in range(200):
        drawing = history[-1].with_stroke(Stroke(LOOP[:1]))
        history.append(drawing.extended(LOOP[:49]))
        history[-1].centred()
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used < 3e6


@pytest.mark.parametrize("erases", [False, True], ids=["pen", "eraser"])
@pytest.mark.parametrize("name", LARGE)
def test_what_a_history_takes_is_known_and_little(name: str, erases: bool) -> None:
    tracemalloc.start()
    drawing = Drawing(None, LARGE[name]())
    history = []
    for number in range(150):
        drawing = drawing.with_stroke(Stroke(walk(2, number), 2.4, erases))
        drawing.centred()
        drawing.image  # noqa: B018 - is worked out and kept
        history.append(drawing)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    beyond = sum(each.nbytes_beyond(before) for before, each in pairwise(history))
    estimate = history[0].nbytes + beyond
    assert 0.6 * used < estimate < 1.6 * used
    assert used < 8e6


def seconds(run: Callable[[], object]) -> float:
    """The least CPU time of some runs, without what a collector spends on all other objects."""
    times = []
    gc.disable()
    try:
        for _ in range(5):
            started = time.process_time()
            run()
            times.append(time.process_time() - started)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize("name", LARGE)
def test_going_back_and_on_costs_what_changed_and_not_the_whole_drawing(name: str) -> None:
    strokes = LARGE[name]()
    drawing = Drawing(None, strokes)

    def look(at: Drawing) -> None:
        at.image  # noqa: B018 - is worked out and kept
        at.centred()
        at.lens()

    def go_back_and_on() -> None:
        look(drawing.with_stroke(Stroke([(7, 7)])))
        look(drawing)

    look(drawing)
    opening = seconds(lambda: Drawing(None, strokes).image)
    assert seconds(lambda: look(drawing)) < opening / 50
    assert seconds(lambda: drawing.with_stroke(Stroke([(7, 7)])).image) < opening / 5
    assert seconds(go_back_and_on) < seconds(lambda: look(Drawing(None, strokes))) / 1.5


POINTS = st.lists(
    st.tuples(st.floats(-20, 48, width=32), st.floats(-20, 48, width=32)), min_size=1, max_size=12
)
STROKES = st.lists(
    st.builds(Stroke, POINTS, st.sampled_from([0.5, 2.4, 7.0]), st.booleans()), max_size=8
)


@settings(max_examples=60, deadline=None)
@given(STROKES, st.data())
def test_however_a_drawing_came_about_it_is_the_same_to_the_bit(
    strokes: list[Stroke], data: st.DataObject
) -> None:
    """Strokes come in pieces, are looked at now and then, and taken back now and then."""
    drawing = Drawing.blank
    for stroke in strokes:
        drawing = drawing.with_stroke(Stroke(stroke.points[:1], stroke.width, stroke.erases))
        rest = stroke.points[1:]
        while len(rest):
            count = data.draw(st.integers(1, len(rest)))
            drawing, rest = drawing.extended(rest[:count]), rest[count:]
            if data.draw(st.booleans()):
                drawing.centred()
            if data.draw(st.booleans()):
                drawing.with_stroke(ERASER).image  # noqa: B018 - and undone
    at_once = Drawing(None, tuple(strokes))
    assert drawing == at_once
    np.testing.assert_array_equal(drawing.image, at_once.image)
    np.testing.assert_array_equal(drawing.centred(), at_once.centred())
    np.testing.assert_array_equal(drawing.lens(), at_once.lens())


@pytest.mark.parametrize("name", LARGE)
def test_many_strokes_at_once_are_painted_as_one_after_the_other(name: str) -> None:
    strokes = LARGE[name]()[:300]
    image = np.zeros((28, 28), np.float32)
    for stroke in strokes:
        ends = stroke.points.T
        starts = np.concatenate((ends[:, :1], ends[:, :-1]), axis=1)
        for at in range(0, len(stroke.points), 500):
            few = slice(at, at + 500)
            image = paint(image, starts[:, few], ends[:, few], stroke.width, stroke.erases)
    np.testing.assert_array_equal(Drawing(None, strokes).image, image)


@pytest.mark.parametrize(
    "strokes",
    [
        tuple(Stroke(LOOP[i : i + 30], 1 + i / 100) for i in range(0, 300, 30)),
        (Stroke(np.tile(LOOP, (4, 1))), Stroke(np.tile(LOOP, (3, 1)), 0.6, erases=True)),
    ],
    ids=["ten pens", "erased again and again"],
)
def test_a_path_that_cannot_be_followed_is_looked_at_as_a_picture(
    strokes: tuple[Stroke, ...],
) -> None:
    drawing = Drawing(None, strokes)
    np.testing.assert_array_equal(drawing.centred(), centre_image(drawing.image))
    grown = Drawing.blank
    for stroke in strokes:
        grown = grown.with_stroke(stroke)
        grown.centred()
    np.testing.assert_array_equal(grown.centred(), drawing.centred())
    np.testing.assert_array_equal(grown.lens(), Drawing(drawing.image).lens())


def test_nothing_is_moved_where_an_eraser_left_no_path() -> None:
    thick = Stroke([(8, 14), (20, 14)], 12.0)
    drawing = Drawing(None, (thick, Stroke([(0, 14), (28, 14)], 1.0, erases=True)))
    assert not drawing.centred().any()
    np.testing.assert_array_equal(drawing.lens(), np.eye(2, 3))
