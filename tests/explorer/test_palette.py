"""One scale of colours: red below zero, black at zero, blue above."""

from __future__ import annotations

import numpy as np

from explorer.diagram.palette import NEGATIVE, POSITIVE, shades, weight_colours, weight_palette


def test_the_largest_weights_have_the_two_colours_and_zero_is_black() -> None:
    palette = weight_palette()
    assert (palette[0], palette[127], palette[-1]) == (
        NEGATIVE.lower(),
        "#000000",
        POSITIVE.lower(),
    )


def test_values_become_shades_from_the_most_negative_to_the_most_positive() -> None:
    assert shades([-2.0, 0.0, 2.0, 5.0], largest=2.0).tolist() == [0, 127, 254, 254]
    assert shades([0.0], largest=0.0).tolist() == [127]


def test_below_zero_is_red_above_it_is_blue_and_farther_from_it_is_brighter() -> None:
    red, _, blue = weight_colours().astype(int).T
    assert (red[:120] > blue[:120]).all()
    assert (blue[-120:] > red[-120:]).all()
    brightness = weight_colours().sum(axis=1, dtype=int)
    assert (np.diff(brightness[:128]) <= 0).all()
    assert (np.diff(brightness[127:]) >= 0).all()
