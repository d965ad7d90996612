"""A brush for the weights of a first-layer neuron, which are a square picture.

A drag of the brush is one movement, from the row of weights as it was when the drag began and all
points so far. So how the points arrive, one by one or many at once, makes no difference, and going
over the same place twice within a drag is the same as once.
"""

from collections.abc import Callable
from math import isqrt
from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array
from core.errors import InputError
from core.ink import Stroke, rasterize
from core.ink.brush import Image
from core.ink.resize import resized
from core.nn.layer import LARGEST_WEIGHT

Mode: TypeAlias = Literal["add", "subtract", "erase", "smooth"]

MODES: Final[tuple[Mode, ...]] = get_args(Mode)


def painted(row: Array, points: ArrayLike, mode: Mode, strength: float, size: float) -> Array:
    """The weights ``row`` of a square picture after one drag of the brush through ``points``.

    ``points``, (n, 2) with n ≥ 1, are x to the right and y down, 0–28 across the picture whatever
    its size, all since the drag began; ``row`` is what the weights were then. ``size`` is the
    brush's width in the same unit, 0.5–12; towards its soft edge it does less, as a pen does
    (`core.ink.brush`).

    ``"add"`` and ``"subtract"`` change a weight by ``strength``, 0 to a million, where the brush is
    full. ``"erase"`` makes it 0 there, ``"smooth"`` the mean of the 3 × 3 weights around it; both
    whatever the strength. No weight gets farther from 0 than a million, and those that the brush
    does not touch keep every bit.

    Raises ``InkError`` for points and sizes that are none and ``InputError`` for another strength.
    """
    if not 0 <= strength <= LARGEST_WEIGHT:
        raise InputError(
            "A brush's strength must be from 0 to {most:,.0f}; {strength} is not.",
            "edit.strength",
            most=LARGEST_WEIGHT,
            strength=f"{strength:g}",
        )
    side = isqrt(row.size)
    before = row.reshape(side, side)
    coverage = resized(rasterize([Stroke(np.asarray(points), size)]), side)
    after = np.clip(_BRUSHES[mode](before, coverage, strength), -LARGEST_WEIGHT, LARGEST_WEIGHT)
    return np.where(coverage > 0, after, before).astype(np.float32).ravel()


def _added(weights: Image, coverage: Image, strength: float) -> Image:
    return weights + np.float32(strength) * coverage


def _subtracted(weights: Image, coverage: Image, strength: float) -> Image:
    return weights - np.float32(strength) * coverage


def _erased(weights: Image, coverage: Image, _: float) -> Image:
    return weights * (1 - coverage) + np.float32(0)  # which turns -0 into 0


def _smoothed(weights: Image, coverage: Image, _: float) -> Image:
    return weights + coverage * (_mean_around(weights) - weights)


def _mean_around(weights: Image) -> Image:
    """The mean of each weight and its eight neighbours; beyond the edge, its last row goes on."""
    padded = np.pad(weights, 1, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
    return np.asarray(windows.mean(axis=(2, 3)))


_BRUSHES: Final[dict[Mode, Callable[[Image, Image, float], Image]]] = {
    "add": _added,
    "subtract": _subtracted,
    "erase": _erased,
    "smooth": _smoothed,
}
