"""Small pictures of the weights into neurons, each against its own largest weight."""

from __future__ import annotations

from base64 import b64encode
from math import ceil, sqrt
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from core.arrays import Doubles
from core.ink.resize import mean_values
from core.nn.feature_maps import FeatureMaps
from core.nn.network import Network
from explorer.diagram.palette import shades

Floats = npt.NDArray[np.float32]

#: How many weights of a neuron are shown one by one: of more, those farthest from 0.
MOST: Final = 64

#: How many pixels a tile has along a side at most: it is small on every screen.
FINEST: Final = 28


class Tiles(NamedTuple):
    """Pictures one after the other: rows of the palette of weights, in base64, so many each.

    A list of numbers would take three times the space.
    """

    pictures: str
    pixels: int


def tiles(rows: Floats) -> Tiles:
    """The pictures of some neurons with their weights, (m, n)."""
    squares = [tile(row).ravel() for row in rows]
    greys = [shades(each, float(np.abs(each).max())) for each in squares]
    return Tiles(b64encode(np.concatenate(greys).tobytes()).decode(), squares[0].size)


def tile(weights: Floats) -> Floats:
    """Weights row by row in the smallest square that holds them, (side, side), the rest of it 0.

    One of more than `FINEST` pixels a side is made as small as that.
    """
    whole = square(weights)
    return whole if len(whole) <= FINEST else mean_values(whole, FINEST)


def square(weights: Floats) -> Floats:
    """The same, as large as it is."""
    side = ceil(sqrt(len(weights)))
    padded = np.zeros(side * side, dtype=np.float32)
    padded[: len(weights)] = weights
    return padded.reshape(side, side)


def maps_beside(network: Network, layer: int) -> FeatureMaps | None:
    """The feature maps that the weights into a layer come from (of the input: lead to), if any."""
    other = 1 if layer == 0 else layer - 1
    return network.layers[other - 1].maps if other else None


def mosaic(values: Floats, maps: FeatureMaps) -> Floats:
    """A value for each neuron of feature maps, (n_out,), as the maps side by side in a square.

    Between two maps are a row and a column of 0.
    """
    across, step = ceil(sqrt(maps.count)), maps.side + 1
    picture = np.zeros((across * step - 1, across * step - 1), np.float32)
    for number, one in enumerate(values.reshape(maps.count, maps.side, maps.side)):
        row, column = step * (number // across), step * (number % across)
        picture[row : row + maps.side, column : column + maps.side] = one
    return picture


def farthest_from_zero(values: Floats | Doubles) -> list[int]:
    """Which of many values, (n,), are shown one by one: `MOST` at most, in their order."""
    farthest = np.argsort(-np.abs(values), kind="stable")[:MOST]
    return sorted(farthest.tolist())
