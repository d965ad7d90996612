"""Many strokes painted at once: the very pixels that `core.ink.brush.paint` makes one by one.

A drawing that is opened may have thousands of movements, and each reaches a few pixels only. So
each is asked about the pixels in a band around it: along its longer direction one column (or row)
after the other, and in each of these a run of pixels just long enough to hold whatever the pen can
reach. Movements with bands of about one size are worked out together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Doubles, read_only
from core.ink.brush import MIDDLES, PAD, SOFTNESS, Image, coverage, paint, squared_distances
from core.ink.stroke import Movements, Stroke, end_of, movements, strokes_since

_FEW: Final = 24
"""Movements that are painted faster one stroke after the other."""

_AT_ONCE: Final = 128
_STEEPEST: Final = 2**0.5
"""How much longer a run is across a movement at 45° than across one along an axis."""

Whole = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Picture:
    """The pixels that strokes have made, (28, 28), 0–1, and the end of what has been `seen`."""

    image: Image
    seen: tuple[int, int] = (0, 0)

    def after(self, strokes: Sequence[Stroke]) -> "Picture":
        """The picture with all of `strokes`, which begin with those that were seen."""
        end = end_of(strokes)
        if end == self.seen:
            return self
        new = strokes_since(strokes, self.seen)
        if sum(len(stroke.points) - since for stroke, since in new) > _FEW:
            return Picture(read_only(_painted_at_once(self.image, new)), end)
        image = self.image
        for part in new:
            starts, ends, _, _ = movements([part])
            image = paint(image, starts, ends, part[0].width, part[0].erases)
        return Picture(read_only(image), end)


@dataclass(frozen=True, eq=False)
class _Bands:
    """Where movements can leave ink: `length` columns from `first` on, in each a run of rows.

    `starts` and `ends` are (2, n), the others (n,). For a movement that is higher than wide,
    `turned`, columns and rows have changed places.
    """

    starts: Doubles
    ends: Doubles
    turned: NDArray[np.bool_]
    reach: Doubles
    first: Whole
    length: Whole

    def only(self, these: Whole) -> "_Bands":
        """These bands alone."""
        ends = self.starts[:, these], self.ends[:, these]
        return _Bands(
            *ends, self.turned[these], self.reach[these], self.first[these], self.length[these]
        )


def _painted_at_once(image: Image, parts: Sequence[tuple[Stroke, int]]) -> Image:
    """A new (28, 28) image: `image` with strokes, each from a number of point on, on top."""
    erases = np.array([stroke.erases for stroke, _ in parts])
    squared = _nearest(movements(parts))
    part, pixel = np.nonzero(squared < np.inf)
    widths = np.array([stroke.width for stroke, _ in parts])[part]
    ink = coverage(np.sqrt(squared[part, pixel]), widths).astype(np.float32)
    layers = np.where(erases[:, None], np.float32(1), np.zeros(squared.shape, np.float32))
    layers[part, pixel] = np.where(erases[part], 1 - ink, ink)
    painted = image.ravel().copy()
    for layer, erase in zip(layers, erases, strict=True):
        (np.minimum if erase else np.maximum)(painted, layer, out=painted)
    return painted.reshape(PAD, PAD)


def _nearest(moves: Movements) -> Doubles:
    """(k, 784) squared distance of each pixel from each of k strokes; infinite out of reach."""
    bands = _bands(moves)
    n_strokes = len(moves.lengths)
    offset = np.repeat(np.arange(n_strokes) * PAD * PAD, moves.lengths)
    nearest = np.full(n_strokes * PAD * PAD, np.inf)
    order = np.lexsort((bands.length, np.ceil(bands.reach)))
    for first in range(0, len(order), _AT_ONCE):
        some = order[first : first + _AT_ONCE]
        places, squared = _in_bands(bands.only(some), offset[some])
        np.minimum.at(nearest, places.ravel(), squared.ravel())
    return nearest.reshape(n_strokes, -1)


def _bands(moves: Movements) -> _Bands:
    along = np.abs(moves.ends - moves.starts)
    turned = along[1] > along[0]
    starts, ends = (np.where(turned, at[::-1], at) for at in (moves.starts, moves.ends))
    reach = (moves.widths + SOFTNESS) / 2
    first = _whole(np.minimum(starts[0], ends[0]) - reach, PAD - 1)
    last = _whole(np.maximum(starts[0], ends[0]) + reach, PAD - 1)
    return _Bands(starts, ends, turned, reach, first, last - first + 1)


def _in_bands(bands: _Bands, offset: Whole) -> tuple[Whole, Doubles]:
    """The pixels in the bands and the squared distances of their middles, both (n, columns, rows).

    All bands are taken as long and as wide as the largest. `offset` (n,) is added to the numbers of
    the pixels.
    """
    length = int(bands.length.max())
    width = min(int(2 * _STEEPEST * bands.reach.max()) + 2, PAD)
    columns = np.minimum(bands.first, PAD - length)[:, None] + np.arange(length)
    lowest = _heights(bands, MIDDLES[columns]) - _STEEPEST * bands.reach[:, None]
    rows = _whole(lowest, PAD - width)
    x, y = MIDDLES[columns][:, :, None], MIDDLES[rows][:, :, None] + np.arange(width)
    squared = squared_distances(bands.starts, bands.ends, x, y)
    by_column, by_row = np.where(bands.turned, ((PAD,), (1,)), ((1,), (PAD,)))[:, :, None]
    corners = columns * by_column + rows * by_row + offset[:, None]
    return corners[:, :, None] + (np.arange(width) * by_row)[:, None], squared


def _heights(bands: _Bands, x: Doubles) -> Doubles:
    """(n, columns) the height of each movement over the columns at `x`, that of its end beyond."""
    (from_x, from_y), (to_x, to_y) = bands.starts[:, :, None], bands.ends[:, :, None]
    length = to_x - from_x
    share = (x - from_x) / np.where(length == 0, 1, length)
    return np.asarray(from_y + np.minimum(np.maximum(share, 0), 1) * (to_y - from_y))


def _whole(at: Doubles, highest: int) -> Whole:
    """Rounded down, from 0 to `highest`."""
    return np.clip(np.floor(at), 0, highest).astype(np.intp)
