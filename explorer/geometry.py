"""Where every neuron stands: one picture of 112 × 100 units, whatever its size on screen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float32]

WIDTH, HEIGHT = 112.0, 100.0
SIDE = 28
_LATTICE_PITCH = 1.58
_LATTICE_LEFT = 2.0
_FIRST_COLUMN, _LAST_COLUMN = 63.0, 100.0
_TOP, _BOTTOM = 96.5, 10.5
_MOST_SPACING = 7.4
_MOST_RADIUS = 2.05


@dataclass(frozen=True)
class Geometry:
    """Positions (n, 2) and radii of the circles, layer by layer, the input first.

    The unit is the same along both axes, so that circles are round and the lattice square.
    """

    positions: tuple[Points, ...]
    radii: tuple[float, ...]

    @classmethod
    def of(cls, sizes: tuple[int, ...]) -> Geometry:
        """Place a network of these layer sizes; the input is the lattice of 28 × 28."""
        columns = np.linspace(_FIRST_COLUMN, _LAST_COLUMN, len(sizes) - 1)
        spacings = [_spacing(size) for size in sizes[1:]]
        return cls(
            positions=(_lattice(), *map(_column, columns, sizes[1:], spacings)),
            radii=(_LATTICE_PITCH * 0.42, *(min(_MOST_RADIUS, 0.4 * s) for s in spacings)),
        )

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """The (layer, index) of the neuron at a point of the picture, if there is one.

        A finger is wider than a circle: a neuron answers up to 1.4 radii from its centre.
        """
        for layer, (positions, radius) in enumerate(zip(self.positions, self.radii, strict=True)):
            distances = np.hypot(positions[:, 0] - x, positions[:, 1] - y)
            index = int(distances.argmin())
            if distances[index] <= 1.4 * radius:
                return layer, index
        return None


def _spacing(size: int) -> float:
    return min(_MOST_SPACING, (_TOP - _BOTTOM - 2 * _MOST_RADIUS) / max(size - 1, 1))


def _column(x: float, size: int, spacing: float) -> Points:
    middle = (_TOP + _BOTTOM) / 2
    y = middle + spacing * ((size - 1) / 2 - np.arange(size))
    return np.column_stack([np.full(size, x), y]).astype(np.float32)


def _lattice() -> Points:
    """The input pixels row by row, row 0 at the top."""
    rows, columns = np.divmod(np.arange(SIDE * SIDE), SIDE)
    x = _LATTICE_LEFT + _LATTICE_PITCH * (columns + 0.5)
    y = (_TOP + _BOTTOM) / 2 + _LATTICE_PITCH * (SIDE / 2 - rows - 0.5)
    return np.column_stack([x, y]).astype(np.float32)
