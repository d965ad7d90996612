"""What a network may expect of an image, and how that becomes a part of its weights.

A network here receives ink from 0 (paper) to 1, row by row. One that was trained on other
numbers, x' = a·x + b, on paper that is brighter than the ink or on pixels in another order does the
same with other weights and biases of its first layer: W·x' + c = (a·W)·x + (c + b·ΣW).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Doubles, Floats


class Affine(NamedTuple):
    """What a network is given for an ink of x: ``slope``·x + ``start``."""

    slope: float
    start: float

    @property
    def inverted(self) -> "Affine":
        """The same for images in which paper is 1 and ink 0."""
        return Affine(-self.slope, self.start + self.slope)


def _normalized(mean: float, deviation: float) -> Affine:
    return Affine(1 / deviation, -mean / deviation)


RANGES: Final[Mapping[str, Affine]] = MappingProxyType(
    {
        "0_1": Affine(1, 0),
        "0_255": Affine(255, 0),
        "minus_1_1": Affine(2, -1),
        "normalized": _normalized(0.1307, 0.3081),
        "minus_half_half": Affine(1, -0.5),
        "mean": Affine(1, -0.1307),
        "0_16": Affine(16, 0),
    }
)
"""Ranges of the input, by their names: the usual one first."""

PIXEL_ORDERS: Final = (
    *("rows", "transposed", "mirrored", "upside_down"),
    *("half_turn", "quarter_left", "quarter_right", "transposed_half_turn"),
)
"""Orders of the pixels, by what has been done to an image whose rows follow each other."""


def pixels(order: str, side: int) -> NDArray[np.intp]:
    """(side²,) which pixel of an image, row by row, each input of the network is given."""
    lattice = np.arange(side * side).reshape(side, side)
    turned = {
        "rows": lattice,
        "transposed": lattice.T,
        "mirrored": lattice[:, ::-1],
        "upside_down": lattice[::-1],
        "half_turn": lattice[::-1, ::-1],
        "quarter_left": np.rot90(lattice),
        "quarter_right": np.rot90(lattice, -1),
        "transposed_half_turn": lattice[::-1, ::-1].T,
    }
    return np.ascontiguousarray(turned[order]).reshape(-1)


def affine(range_name: str, is_inverted: bool) -> Affine:
    """What a network of this range is given."""
    found = RANGES[range_name]
    return found.inverted if is_inverted else found


def folded(
    weights: Floats, biases: Floats | None, order: str, given: Affine
) -> tuple[Doubles, Doubles]:
    """Weights (n_out, n_in) and biases (n_out,) that do to ink, row by row, what these do.

    ``order`` is one of the `PIXEL_ORDERS`, of a square image.
    """
    side = round(weights.shape[1] ** 0.5)
    by_rows = np.empty(weights.shape)
    by_rows[:, pixels(order, side)] = weights
    own = np.zeros(len(weights)) if biases is None else np.asarray(biases, np.float64)
    return given.slope * by_rows, own + given.start * by_rows.sum(axis=1)
