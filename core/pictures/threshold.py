"""Which pixels are ink: by a threshold that the picture itself gives."""

from typing import Final

import numpy as np

from core.arrays import Array
from core.pictures.components import Mask, components

_FAINTEST: Final = 0.06
"""Less contrast than this, 0-1, is no ink."""

_NOISES: Final = 4.0
"""Ink stands out by so many standard deviations of the ground's noise."""

_SURE, _EDGE = 0.7, 0.45
"""Ink begins and ends at `_EDGE` of the usual contrast of ink, and has `_SURE` of it somewhere."""

_LEVELS: Final = 128
_FEWEST: Final = 4


def ink_level(ink: Array, noise: float) -> float | None:
    """The usual contrast of the ink in a picture (h, w), 0-1; None if there is no ink.

    `noise` is the standard deviation of the ground.
    """
    above = ink[ink > max(_FAINTEST, _NOISES * noise)]
    if len(above) < _FEWEST:
        return None
    strong = above[above >= otsu(above)]
    return float(np.median(strong))


def ink_pixels(ink: Array, level: float) -> Mask:
    """(h, w) what is ink, at this usual contrast: faint pixels only where they touch sure ones."""
    mask = ink > _EDGE * level
    parts = components(mask)
    sure = np.zeros(len(parts) + 1, bool)
    sure[parts.labels[ink > _SURE * level]] = True
    return parts.pixels(sure[:-1])


def otsu(values: Array) -> float:
    """The threshold that splits values in 0-1 into two classes with the least variance inside."""
    counts, edges = np.histogram(values, _LEVELS)
    middles = (edges[1:] + edges[:-1]) / 2
    below, sums = counts.cumsum(), (counts * middles).cumsum()
    above = below[-1] - below
    between = (sums * below[-1] - sums[-1] * below) ** 2 / np.maximum(below * above, 1)
    return float(edges[1:][between.argmax()])
