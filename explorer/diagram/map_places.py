"""Where the neurons of feature maps stand: each map a square, one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
import numpy.typing as npt

from core.nn.feature_maps import FeatureMaps

Points = npt.NDArray[np.float32]

#: Of circles that stand in rows: their radius, as a share of the way from one to the next.
_RADIUS: Final = 0.42

#: Between two maps, in circles.
_BETWEEN: Final = 1.5

#: So many circles stand below each other at most; more maps stand in several columns.
_MOST_ROWS: Final = 64


def lattice(side: int, left: float, top: float, pitch: float) -> Points:
    """The places (side², 2) of circles row by row, row 0 at the ``top``.

    ``pitch`` is from the middle of a circle to that of the next.
    """
    rows, columns = np.divmod(np.arange(side * side), side)
    x, y = left + pitch * (columns + 0.5), top - pitch * (rows + 0.5)
    return np.column_stack([x, y]).astype(np.float32)


def radius_and_reach(pitch: float) -> tuple[float, float]:
    """How large such circles are, and how far from their middles they answer."""
    radius = _RADIUS * pitch
    return radius, 1.4 * radius


@dataclass(frozen=True)
class MapPlaces:
    """The maps of a layer in so many ``columns``. Lengths are in circles, from middle to middle."""

    maps: FeatureMaps
    columns: int

    @classmethod
    def of(cls, maps: FeatureMaps) -> MapPlaces:
        """As few columns as leave the circles a size."""
        return cls(maps, ceil(maps.count * maps.side / _MOST_ROWS))

    @property
    def width(self) -> float:
        """How wide they are together."""
        return self._along(self.columns)

    @property
    def height(self) -> float:
        """How high they are together."""
        return self._along(self._in_column)

    def positions(self, left: float, middle: float, pitch: float) -> Points:
        """The places of the neurons, (n_out, 2), between ``left`` and around the height ``middle``.

        ``pitch`` is from the middle of a circle to that of the next.
        """
        top, step = middle + pitch * self.height / 2, pitch * (self.maps.side + _BETWEEN)
        places = (divmod(number, self._in_column) for number in range(self.maps.count))
        return np.concatenate(
            [lattice(self.maps.side, left + x * step, top - y * step, pitch) for x, y in places]
        )

    @property
    def _in_column(self) -> int:
        return ceil(self.maps.count / self.columns)

    def _along(self, count: int) -> float:
        return count * self.maps.side + (count - 1) * _BETWEEN
