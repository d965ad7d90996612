"""Where the neurons of feature maps stand: each map a square, one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
import numpy.typing as npt

from core.nn.feature_maps import FeatureMaps

Points = npt.NDArray[np.float32]

#: Between two maps, in circles.
_BETWEEN: Final = 1.5

#: So many circles stand below each other at most; more maps stand in several columns.
_MOST_ROWS: Final = 64


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
        side = self.maps.side
        number, rest = np.divmod(np.arange(self.maps.n_out), side * side)
        row, column = np.divmod(rest, side)
        across, down = np.divmod(number, self._in_column)
        step = side + _BETWEEN
        x = left + pitch * (across * step + column + 0.5)
        y = middle + pitch * (self.height / 2 - down * step - row - 0.5)
        return np.column_stack([x, y]).astype(np.float32)

    @property
    def _in_column(self) -> int:
        return ceil(self.maps.count / self.columns)

    def _along(self, count: int) -> float:
        return count * self.maps.side + (count - 1) * _BETWEEN
