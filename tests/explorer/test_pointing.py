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


def test_a_neuron_leads_back_to_the_pixel_that_leads_to_it() -> None:
    inputs = received(DRAWING, True).reshape(-1)
    for neuron in np.flatnonzero(inputs > 0.9).tolist():
        pixel = at_neuron(DRAWING, True, neuron).pixel
        assert pixel is not None
        row, column = divmod(pixel, 28)
        back = at_pad(DRAWING, True, column + 0.5, row + 0.5).neuron
        assert back is not None
        apart = np.abs(np.subtract(divmod(back, 28), divmod(neuron, 28)))
        assert apart.max() <= 2
