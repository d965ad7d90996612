"""A pixel of the pad and the input neuron that receives it belong together."""

from __future__ import annotations

import numpy as np
import pytest

from core.ink import Drawing, Stroke
from explorer.state.answer import received
from explorer.state.pointing import Pointed, at_neuron, at_pad

#: Small, and far in a corner: the lens moves and scales it.
DRAWING = Drawing.blank.with_stroke(Stroke(np.array([[3.5, 20.5], [7.5, 20.5], [7.5, 26.5]])))


@pytest.mark.parametrize(("place", "pixel"), [((0, 0), 0), ((3.9, 5.1), 143), ((27.9, 27.9), 783)])
def test_without_the_lens_a_place_is_its_own_neuron(place: tuple[float, float], pixel: int) -> None:
    assert at_pad(DRAWING, False, *place) == Pointed(pixel, pixel)
    assert at_neuron(DRAWING, False, pixel) == Pointed(pixel, pixel)


@pytest.mark.parametrize("place", [(-0.1, 3), (3, 28), (float("nan"), 3)])
def test_beside_the_pad_there_is_no_pixel(place: tuple[float, float]) -> None:
    assert at_pad(DRAWING, False, *place) == Pointed(None, None)


def test_under_the_lens_ink_belongs_to_a_neuron_that_it_lights() -> None:
    inputs = received(DRAWING, True).reshape(-1)
    for place in ((4.5, 20.5), (7.5, 23.5), (7.5, 26)):
        pixel, neuron = at_pad(DRAWING, True, *place)
        assert pixel == 28 * int(place[1]) + int(place[0])
        assert neuron not in (None, pixel)
        assert inputs[neuron] > 0.5


def test_a_neuron_belongs_to_the_pixel_from_which_its_middle_comes() -> None:
    lens, found = DRAWING.lens(), 0
    for x, y in np.random.default_rng(0).uniform((3, 20), (8, 27), (4000, 2)):
        place = lens @ (x, y, 1.0)
        column, row = np.floor(place).astype(int).tolist()
        is_middle = np.abs(place - (column + 0.5, row + 0.5)).max() < 0.1
        is_inside = 0 <= column < 28 and 0 <= row < 28 and min(x % 1, y % 1, -x % 1, -y % 1) > 0.1
        if is_middle and is_inside:
            found += 1
            pixel = at_neuron(DRAWING, True, 28 * row + column).pixel
            assert pixel == 28 * int(y) + int(x)
    assert found > 10
