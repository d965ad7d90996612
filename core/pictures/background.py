"""What a picture is written on, and how far each pixel differs from it.

Paper is not equally bright: light falls from one side, a hand throws a shadow, a whiteboard shines.
The ground is what is left when everything narrower than a stroke can be is filled with what lies
around it (a morphological closing): edges of wide shadows stay where they are.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import Array
from core.pictures.filters import (
    block_means,
    blurred,
    interpolated,
    largest_around,
    reduction,
    rim,
    smallest_around,
)

_SIDE: Final = 160
"""Pixels along the longer side of the reduced picture in which the ground is looked for."""

_WIDEST_STROKE: Final = 0.3
"""Nothing wider than this share of the longer side is taken for a stroke."""

_DARKEST_PAPER: Final = 0.25

_ALIKE, _RIM = 0.025, 0.9
"""A ground is even if so large a share of the picture's rim differs by less than this."""

_PLAIN: Final = 0.2
"""On it, ink differs by more than this."""

_DARK_IS_USUAL: Final = 5.0
"""Ink is light only if that leaves a ground so much smoother: a lamp on a board is light, too."""

_FITS: Final = 3
"""How often the light's fall is fitted, each time without what lies far from it."""

_EXPLAINED: Final = 0.8

_GROUND: Final = (2.5, 30)
"""Percentiles of contrast that are ground, even if ink and a frame cover half of the picture."""

_DEVIATIONS: Final = 1.5
"""How many standard deviations of the ground lie between them."""


@dataclass(frozen=True, eq=False)
class Contrast:
    """How far a picture differs from its ground.

    `ink` is (h, w), 0-1: 0 on the ground, 1 for black on white; `noise` is the standard deviation
    of the ground in it. `is_dark` says whether the ink is darker than the ground, and `is_even`
    whether that has one grey. `flat` is (h, w), 0-1: the picture on an even ground, white or black.
    """

    ink: Array
    noise: float
    is_dark: bool
    is_even: bool

    @property
    def flat(self) -> Array:
        """The picture as it would be on an even ground."""
        return np.asarray(1 - self.ink if self.is_dark else self.ink)


def contrast(grey: Array) -> Contrast:
    """The contrast of a picture (h, w) with values 0-1."""
    return _on_even_ground(grey) or _on_uneven_ground(grey)


def _on_even_ground(grey: Array) -> Contrast | None:
    """The contrast where the picture's rim has one grey; None where it has not.

    So neither a thick digit in a close crop nor a dark field is taken for a part of the ground.
    """
    edge = rim(grey)
    usual = np.median(edge)
    beyond = grey - usual
    written = float(beyond[np.abs(beyond) > _PLAIN].sum())
    if np.mean(np.abs(edge - usual) < _ALIKE) < _RIM or not written:
        return None
    ink = _beyond(grey, np.full_like(grey, usual), written < 0)
    noise = float(np.std(edge.clip(usual - _ALIKE, usual + _ALIKE)))
    return Contrast(np.clip(ink, 0, 1), noise, written < 0, True)


def _beyond(grey: Array, ground: Array, is_dark: bool) -> Array:
    """How far pixels are from the ground: light on paper multiplies, on a dark ground it adds."""
    if is_dark:
        return np.asarray((ground - grey) / np.maximum(ground, _DARKEST_PAPER), np.float32)
    return np.asarray(grey - ground, np.float32)


def _on_uneven_ground(grey: Array) -> Contrast:
    """The contrast under uneven light.

    Ink is dark on light paper or light on a dark ground: whichever leaves the smoother ground. The
    other one would leave the writing in it, or blocks around it.
    """
    factor = reduction(grey.shape, _SIDE)
    small = blurred(block_means(grey, factor), 1 if factor > 1 else 0)
    trend = _trend(small)
    light, dark = _closed(small - trend) + trend, trend - _closed(trend - small)
    is_dark = _roughness(light) <= _DARK_IS_USUAL * _roughness(dark)
    ink = _beyond(grey, _enlarged(light if is_dark else dark, factor, grey.shape), is_dark)
    least, low = np.percentile(ink, _GROUND)
    noise = float(low - least) / _DEVIATIONS
    ink -= low + noise / 2  # the lightest around lie above the usual, by the noise
    return Contrast(np.clip(ink, 0, 1), noise, is_dark, False)


def _trend(grey: Array) -> Array:
    """(h, w) the light that falls from one side, or on the middle: of second order in x and y.

    Left in, it would be filled like ink where it is darkest, at the picture's edge. There is none
    where it does not explain the picture, as with a shadow that has an edge.
    """
    y, x = np.meshgrid(*(np.linspace(-1, 1, length) for length in grey.shape), indexing="ij")
    terms = np.stack((np.ones_like(x), x, y, x * x, x * y, y * y), axis=-1).reshape(-1, 6)
    values, used = grey.ravel(), np.ones(grey.size, bool)
    for _ in range(_FITS):
        factors = np.linalg.lstsq(terms[used], values[used], rcond=None)[0]
        far = np.abs(values - terms @ factors)
        used = far <= max(2 * np.median(far), _ALIKE)
    explains = np.mean(far < 2 * _ALIKE) > _EXPLAINED
    return np.asarray((terms @ factors * explains).reshape(grey.shape), np.float32)


def _closed(paper: Array) -> Array:
    """What is dark and narrow filled with what is around it."""
    reach = max(1, round(max(paper.shape) * _WIDEST_STROKE / 2))
    return blurred(smallest_around(largest_around(paper, reach), reach), 2)


def _roughness(ground: Array) -> float:
    """How much brighter or darker all pixels are than those beside them; edges count most."""
    return float(sum((np.diff(ground, axis=axis) ** 2).sum() for axis in (0, 1)))


def _enlarged(image: Array, factor: int, shape: tuple[int, ...]) -> Array:
    rows, columns = (
        ((np.arange(length) + 0.5) / factor - 0.5).astype(np.float32) for length in shape
    )
    return interpolated(image, rows, columns)
