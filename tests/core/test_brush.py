"""The brush: ink is where the pen was, soft at its edge, without gaps."""

import numpy as np
import pytest

from core.ink import Stroke, rasterize
from core.ink.brush import DEFAULT_WIDTH, SOFTNESS, coverage

MIDDLES = np.arange(28) + 0.5


def distances_to(x: float, y: float) -> np.ndarray:
    return np.hypot(MIDDLES - x, (MIDDLES - y)[:, None])


def test_ink_is_full_inside_half_at_the_pen_s_edge_and_nothing_beyond_its_softness() -> None:
    edge = DEFAULT_WIDTH / 2
    at = np.array([0, edge - SOFTNESS / 2, edge, edge + SOFTNESS / 2, 20])
    assert coverage(at, DEFAULT_WIDTH) == pytest.approx([1, 1, 0.5, 0, 0])


def test_a_touch_makes_a_round_dot_where_it_was() -> None:
    image = rasterize([[(9.3, 17.8)]])
    expected = coverage(distances_to(9.3, 17.8), DEFAULT_WIDTH)
    assert np.allclose(image, expected, atol=1e-6)


def test_one_fast_movement_across_the_pad_has_no_gaps() -> None:
    image = rasterize([[(1, 2), (27, 25)]])
    assert (image.max(axis=0)[1:27] > 0.9).all()


def test_a_fast_line_equals_the_same_line_drawn_slowly() -> None:
    slowly = np.linspace((3, 4), (22, 19), 500)
    assert np.allclose(rasterize([slowly]), rasterize([slowly[[0, -1]]]), atol=1e-5)


def test_a_horizontal_line_is_as_thick_as_the_pen() -> None:
    for width in (1.5, DEFAULT_WIDTH, 5.0):
        image = rasterize([Stroke([(4, 14.2), (24, 14.2)], width)])
        assert image[:, 14].sum() == pytest.approx(width, abs=0.1)


def test_ink_outside_the_pad_is_cut_off_and_a_stroke_that_comes_back_is_drawn_right() -> None:
    image = rasterize([[(14, 14), (60, 14), (60, 20), (14, 20)]])
    assert image.shape == (28, 28)
    assert (image[13:15, 15:].max(axis=0) > 0.9).all()
    assert (image[19:21, 15:].max(axis=0) > 0.9).all()
    assert not image[16:18, 15:].any()
    assert not image[:, :12].any()


def test_an_eraser_takes_ink_away_and_leaves_the_rest() -> None:
    line = Stroke([(4, 14), (24, 14)])
    image = rasterize([line, Stroke([(14, 8), (14, 20)], 6, erases=True)])
    assert not image[:, 13:15].any()
    assert np.array_equal(image[:, :9], rasterize([line])[:, :9])


def test_ink_drawn_after_the_eraser_stays() -> None:
    line, eraser = Stroke([(4, 14), (24, 14)]), Stroke([(4, 14), (24, 14)], 6, erases=True)
    assert not rasterize([line, eraser]).any()
    assert np.array_equal(rasterize([line, eraser, line]), rasterize([line]))


def test_going_over_a_line_again_does_not_make_it_darker() -> None:
    line = [(4, 9), (24, 21)]
    assert np.array_equal(rasterize([line, line, line[::-1]]), rasterize([line]))
