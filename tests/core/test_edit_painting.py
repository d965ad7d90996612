"""A brush on a row of weights: how far it reaches, what it does there, and how a drag adds up."""

from __future__ import annotations

import numpy as np
import pytest

from core.assets import asset
from core.edit.painting import MODES, Mode, painted
from core.errors import InputError
from core.ink import InkError
from core.nn.network import Network

DEFAULT = Network.load(asset("networks/default.npz"))
ROW = DEFAULT.layers[0].weights[3]
DRAG = 14 + np.cumsum(np.random.default_rng(0).normal(0, 1, (40, 2)), axis=0)


def distance_to(x: float, y: float) -> np.ndarray:
    """(784,) from the middle of each pixel to a place."""
    rows, columns = np.divmod(np.arange(784), 28)
    return np.hypot(columns + 0.5 - x, rows + 0.5 - y)


def test_one_touch_adds_its_strength_where_the_brush_is_full_and_less_at_its_edge() -> None:
    change = painted(ROW, [(10.5, 20.5)], "add", 2.0, 4.0) - ROW
    far = distance_to(10.5, 20.5)
    np.testing.assert_allclose(change[far < 1.4], 2, atol=1e-5)
    assert not change[far > 2.6].any()
    at_2 = np.isclose(far, 2)
    np.testing.assert_allclose(change[at_2], 1, atol=1e-5)
    assert at_2.sum() == 4


def test_subtracting_is_adding_the_other_way() -> None:
    nothing = np.zeros(784, np.float32)
    added = painted(nothing, DRAG, "add", 0.75, 3.0)
    np.testing.assert_array_equal(painted(nothing, DRAG, "subtract", 0.75, 3.0), -added)
    assert added.max() == 0.75
    assert added.min() == 0


def test_erasing_makes_weights_0_under_the_brush_and_smaller_at_its_edge() -> None:
    row = -abs(ROW) - 1
    erased = painted(row, [(14.5, 14.5)], "erase", 0.0, 5.0)
    far = distance_to(14.5, 14.5)
    assert (erased[far < 1.9] == 0).all()
    assert not np.signbit(erased[far < 1.9]).any()
    edge = np.isclose(far, 2.5, atol=0.5)
    assert (row[edge] < erased[edge]).all()
    assert (erased[edge] < 0).all()
    np.testing.assert_array_equal(erased[far > 3.2], row[far > 3.2])


def test_smoothing_gives_the_mean_of_nine() -> None:
    picture = np.zeros((28, 28), np.float32)
    picture[14, 14] = 9
    smooth = painted(picture.ravel(), [(14.5, 14.5)], "smooth", 0.0, 8.0).reshape(28, 28)
    expected = np.zeros((28, 28))
    expected[13:16, 13:16] = 1
    np.testing.assert_allclose(smooth, expected, atol=1e-6)


def test_smoothing_what_is_even_changes_nothing_not_even_in_the_corner() -> None:
    even = np.full(784, 0.25, np.float32)
    np.testing.assert_array_equal(painted(even, [(0, 0), (28, 28)], "smooth", 0, 12), even)


@pytest.mark.parametrize("mode", MODES)
def test_going_over_a_place_twice_in_a_drag_is_going_over_it_once(mode: Mode) -> None:
    to_and_fro = np.concatenate((DRAG, DRAG[::-1], DRAG))
    once, thrice = (painted(ROW, points, mode, 0.5, 3.0) for points in (DRAG, to_and_fro))
    np.testing.assert_allclose(thrice, once, atol=1e-6)


@pytest.mark.parametrize("mode", MODES)
def test_what_the_brush_does_not_touch_keeps_every_bit(mode: Mode) -> None:
    row = ROW.copy()
    row[100] = -0.0
    before = row.tobytes()
    after = painted(row, [(20, 20), (24, 24)], mode, 1.0, 2.0)
    assert row.tobytes() == before
    away = distance_to(22, 22) > 5
    assert after[away].tobytes() == row[away].tobytes()
    assert (after[~away] != row[~away]).any()
    assert (after.shape, after.dtype) == ((784,), np.float32)


def test_no_weight_can_be_painted_beyond_what_a_network_can_have() -> None:
    row = ROW
    for _ in range(2):
        row = painted(row, DRAG, "add", 1e6, 12.0)
    assert row.max() == 1e6
    for _ in range(3):
        row = painted(row, DRAG, "subtract", 1e6, 12.0)
    assert row.min() == -1e6
    assert DEFAULT.with_weights(1, 3, row).layers[0].weights[3].min() == -1e6


@pytest.mark.parametrize("strength", [-0.1, np.nan, np.inf, 1e39])
def test_a_strength_that_is_none_is_refused_in_one_sentence(strength: float) -> None:
    with pytest.raises(InputError, match=r"from 0 to 1,000,000; .* is not\.$") as caught:
        painted(ROW, DRAG, "add", strength, 3.0)
    assert caught.value.code == "edit.strength"


@pytest.mark.parametrize(
    ("points", "size"),
    [([], 3.0), ([(np.nan, 1)], 3.0), ([(1, 2, 3)], 3.0), ([(1, 2)], 0.1), ([(1, 2)], np.nan)],
)
def test_points_and_sizes_are_checked_as_those_of_strokes(points: object, size: float) -> None:
    with pytest.raises(InkError):
        painted(ROW, points, "add", 1.0, size)  # type: ignore[arg-type]
