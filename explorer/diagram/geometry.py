"""Where every neuron stands: a picture of 112 units across, and as high as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from core.nn.feature_maps import FeatureMaps
from explorer.diagram.map_places import MapPlaces, Points, lattice, radius_and_reach

WIDTH = 112.0
#: The height of a picture on a laptop, and between which heights any may be.
HEIGHT, LOWEST, HIGHEST = 97.0, 40.0, 200.0
_LATTICE_LEFT = 1.0
#: The side of the lattice, if it has the room.
_MOST_LATTICE = 56.0
#: From the lattice to the first column, of few columns and of many; and from one to the next at
#: least, as their captions need: a picture that is higher than wide is on a phone, where letters
#: are large.
_GAP, _GAP_OF_MANY, _MANY = 14.5, 11.0, 5
_LEAST_GAP, _LEAST_GAP_ON_PHONE = 10.4, 12.3
#: Where the last column stands; a digit follows it.
_LAST_COLUMN = 102.3
_ABOVE, _BOTTOM = 1.5, 7.2
_MOST_SPACING = 7.5
_MOST_RADIUS = 2.1
#: Beside feature maps, at least, and above them, where the legend is.
_MAP_GAP, _ABOVE_MAPS = 9.0, 6.5
#: How wide a label may be that stands where a digit does.
_DIGIT_ROOM = 3.8

#: The places of a layer's circles, (n, 2), their radius, and how far they answer.
Placed: TypeAlias = tuple[Points, float, float]


@dataclass(frozen=True)
class Geometry:
    """Positions (n, 2) and radii of the circles, layer by layer, the input first.

    A finger is wider than a circle: a neuron answers as far from its centre as `reaches` says.

    The unit is the same along both axes, so that circles are round and the lattice square.
    """

    positions: tuple[Points, ...]
    radii: tuple[float, ...]
    reaches: tuple[float, ...]
    height: float

    @classmethod
    def of(
        cls,
        counts: tuple[int, ...],
        height: float = HEIGHT,
        label: float = 0.0,
        maps: Sequence[FeatureMaps | None] = (),
    ) -> Geometry:
        """Place so many neurons a layer; the input, whose number is a square, as a lattice.

        ``label`` is how wide a label of the outputs is, if it is wider than a digit. ``maps`` are
        the feature maps of convolutional layers, from 1 on, if there are any.
        """
        if any(maps):
            return _with_maps(counts, height, label, maps)
        middle, room = (height - _ABOVE + _BOTTOM) / 2, height - _ABOVE - _BOTTOM
        n_columns = len(counts) - 1
        last = _last_column(label)
        gap, next_gap = _gaps(n_columns, height)
        rest = last - _LATTICE_LEFT - gap - next_gap * (n_columns - 1)
        width = min(_MOST_LATTICE, room, rest)
        pitch = width / isqrt(counts[0])
        across = _across(_LATTICE_LEFT + width + gap, last, n_columns)
        columns = [
            _spread(count, x, middle, room)
            for x, count in zip(across.tolist(), counts[1:], strict=True)
        ]
        return cls.of_layers([_input(counts[0], middle, pitch), *columns], height)

    @classmethod
    def of_layers(cls, layers: Sequence[Placed], height: float) -> Geometry:
        """The places of layers that are placed one by one."""
        positions, radii, reaches = zip(*layers, strict=True)
        return cls(positions, radii, reaches, height)

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """The layer of the neuron at a point of the picture, and its place there, if any."""
        for layer, (positions, reach) in enumerate(zip(self.positions, self.reaches, strict=True)):
            distances = np.hypot(positions[:, 0] - x, positions[:, 1] - y)
            index = int(distances.argmin())
            if distances[index] <= reach:
                return layer, index
        return None

    def edge_at(
        self,
        x: float,
        y: float,
        neuron: tuple[int, int],
        sources: npt.NDArray[np.intp],
        reach: float,
    ) -> int | None:
        """Which of the ``sources`` has its edge to a neuron within ``reach`` of a point, if any.

        The nearest, where several have. A neuron of the input has no edges to it. Neurons are known
        by their layer, and by their places in it.
        """
        layer, number = neuron
        if len(sources) == 0:
            return None
        starts, end = self.positions[layer - 1][sources], self.positions[layer][number]
        distances = _distances(np.array([x, y]), starts, end)
        nearest = int(distances.argmin())
        return int(sources[nearest]) if distances[nearest] <= reach else None


def _with_maps(
    counts: tuple[int, ...], height: float, label: float, maps: Sequence[FeatureMaps | None]
) -> Geometry:
    """Lattice and feature maps have circles of one size, so that windows can be compared."""
    middle, room = (height - _ABOVE_MAPS + _BOTTOM) / 2, height - _ABOVE_MAPS - _BOTTOM
    side = isqrt(counts[0])
    blocks = [MapPlaces.of(each) if each else None for each in maps]
    widths = [side, *(block.width if block else 0.0 for block in blocks)]
    heights = [side, *(block.height for block in blocks if block)]
    across = _last_column(label) - _LATTICE_LEFT
    pitch = min((across - _MAP_GAP * len(maps)) / sum(widths), room / max(heights))
    gap = (across - pitch * sum(widths)) / len(maps)
    lefts = _LATTICE_LEFT + np.cumsum([pitch * width + gap for width in widths[:-1]])
    columns: list[Placed] = [
        (block.positions(left, middle, pitch), *radius_and_reach(pitch))
        if block
        else _spread(count, left, middle, room)
        for count, block, left in zip(counts[1:], blocks, lefts.tolist(), strict=True)
    ]
    return Geometry.of_layers([_input(counts[0], middle, pitch), *columns], height)


def _input(count: int, middle: float, pitch: float) -> Placed:
    """The pixels, whose number is a square, around the height ``middle``."""
    side = isqrt(count)
    top = middle + pitch * side / 2
    return lattice(side, _LATTICE_LEFT, top, pitch), *radius_and_reach(pitch)


def _spread(count: int, x: float, middle: float, room: float) -> Placed:
    """A column of so many circles."""
    spacing = _spacing(count, room)
    radius = min(_MOST_RADIUS, 0.4 * spacing)
    y = middle + spacing * ((count - 1) / 2 - np.arange(count))
    return _column(x, y), radius, max(1.4 * radius, spacing / 2)


def _last_column(label: float) -> float:
    return _LAST_COLUMN - max(0.0, label - _DIGIT_ROOM)


def _distances(point: Points, starts: Points, end: Points) -> Points:
    """How far a point (2,) is from each of the lines from ``starts`` (n, 2) to ``end`` (2,)."""
    ways = end - starts
    along = ((point - starts) * ways).sum(axis=1) / (ways**2).sum(axis=1)
    feet = starts + np.clip(along, 0, 1)[:, None] * ways
    distances: Points = np.hypot(*(point - feet).T)
    return distances


def spacing_of(count: int, height: float) -> float:
    """From one neuron to the next in a column of so many, in a picture of this height."""
    return _spacing(count, height - _ABOVE - _BOTTOM)


def _spacing(count: int, room: float) -> float:
    return min(_MOST_SPACING, (room - 2 * _MOST_RADIUS) / max(count - 1, 1))


def _gaps(columns: int, height: float) -> tuple[float, float]:
    """Before the first of so many columns, and between two of them at least."""
    before = _GAP if columns < _MANY else _GAP_OF_MANY
    return before, _LEAST_GAP_ON_PHONE if height > WIDTH else _LEAST_GAP


def _across(first: float, last: float, columns: int) -> Points:
    """Where the columns stand; a single one stands last, where the answer is."""
    return np.linspace(last, first, columns)[::-1].astype(np.float32)


def _column(x: float, y: Points) -> Points:
    return np.column_stack([np.full(len(y), x), y]).astype(np.float32)
