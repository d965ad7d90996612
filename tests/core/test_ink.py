"""Drawings: values that grow by strokes, cheap to extend, easy to take back."""

import time
import tracemalloc

import numpy as np
import pytest

from core.ink import Drawing, InkError, Stroke, centre, centre_image, centre_images, rasterize

LOOP = np.stack((14 + 5 * np.sin(np.linspace(0, 12, 300)), np.linspace(4, 24, 300)), axis=1)
ERASER = Stroke([(10, 6), (18, 12), (12, 20)], 4.0, erases=True)


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
        ("", "must be JSON"),
        ("[" * 100_000, "must be JSON"),
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
        (" " * 5_000_000, "four million characters"),
    ],
)
def test_a_spoilt_saved_drawing_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(InkError, match=sentence):
        Drawing.from_json(text)


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
        np.zeros((50_001, 2)),
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
    drawing = Drawing.blank.with_stroke(Stroke(np.tile(LOOP, (100, 1))))
    with pytest.raises(InkError, match="clear it and start again"):
        drawing.with_stroke(Stroke(np.tile(LOOP, (100, 1))))
    with pytest.raises(InkError, match="start one first"):
        Drawing.blank.extended([(1, 2)])


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
        history.append(drawing.extended(LOOP[:60]))
        history[-1].centred()
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used < 3e6


def test_a_new_segment_costs_that_segment_and_not_the_whole_drawing() -> None:
    drawing = Drawing(None, (Stroke(np.tile(LOOP, (10, 1))),))
    drawing.image  # noqa: B018 - the first look at a drawing draws all of it
    started = time.perf_counter()
    for _ in range(20):
        drawing = drawing.extended([(14, 14)])
        drawing.image  # noqa: B018
    extending = (time.perf_counter() - started) / 20
    started = time.perf_counter()
    rasterize(drawing.strokes)
    assert extending < (time.perf_counter() - started) / 5
