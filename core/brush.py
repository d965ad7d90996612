"""The brush: how dark a pixel gets from a pen that passes at some distance.

One closed formula makes all ink. With `d` the distance in pixels from the middle of a pixel to
the pen's path, `w` the width of the pen and `s` the softness of its edge,

    coverage(d, w) = clip(((w + s) / 2 − d) / s, 0, 1)

so the ink is full inside, falls off in a straight line `s` pixels wide, and is half at `w / 2`.
Ink keeps the darker, `v ← max(v, coverage)`; an eraser the lighter, `v ← min(v, 1 − coverage)`.
Within a stroke the order of the segments does not matter, so a drawing that grows segment by
segment is bit for bit the drawing made at once. The browser paints by the same formula.

A pixel's middle is at (column + 0.5, row + 0.5); x points right, y down, both 0–28 on the pad.
"""

from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Image: TypeAlias = NDArray[np.float32]
Real = TypeVar("Real", np.float32, np.float64)

PAD: Final = 28
"""Pixels along a side of the pad."""

DEFAULT_WIDTH: Final = 2.4
"""Width in pixels of the pen whose strokes look like MNIST's."""

SOFTNESS: Final = 1.2
"""Width in pixels of the soft edge."""

_SEGMENTS_AT_ONCE: Final = 128
_NO_LENGTH: Final = 1e-300

_MIDDLES: Floats = np.arange(PAD, dtype=np.float64) + 0.5


def coverage(distance: NDArray[Real], width: float) -> NDArray[Real]:
    """Ink, 0–1, at a `distance` in pixels from the path of a pen `width` pixels wide."""
    ink = ((width + SOFTNESS) / 2 - distance) / SOFTNESS
    return np.asarray(np.minimum(np.maximum(ink, 0), 1))


def segments(points: Floats) -> tuple[Floats, Floats]:
    """Starts and ends, each (n, 2), of the pen's movements through `points` (n, 2).

    The first movement goes nowhere: it is the dot the pen makes when it touches down.
    """
    return np.concatenate((points[:1], points[:-1])), points


def paint(image: Image, starts: Floats, ends: Floats, width: float, erases: bool) -> Image:
    """A new (28, 28) image: `image` with these segments of one stroke drawn or erased."""
    low = np.minimum(starts.min(0), ends.min(0))
    high = np.maximum(starts.max(0), ends.max(0))
    columns, rows = pixels_within(low, high, (width + SOFTNESS) / 2)
    squared = _squared_distances(starts, ends, _MIDDLES[columns], _MIDDLES[rows])
    ink = coverage(np.sqrt(squared), width).astype(np.float32)
    painted = image.copy()
    near = painted[rows, columns]
    painted[rows, columns] = np.minimum(near, 1 - ink) if erases else np.maximum(near, ink)
    return painted


def pixels_within(low: Floats, high: Floats, reach: float) -> tuple[slice, slice]:
    """The columns and the rows whose middles may be within `reach` of a box, given by corners."""
    left, top = (low - reach).tolist()
    right, bottom = (high + reach).tolist()
    return _clipped(left, right), _clipped(top, bottom)


def _clipped(first: float, last: float) -> slice:
    """The pixels from `first` to `last`, both in pixels; at least one, and on the pad."""
    start = min(max(int(first), 0), PAD - 1)
    return slice(start, min(max(int(last), start) + 1, PAD))


def _squared_distances(starts: Floats, ends: Floats, x: Floats, y: Floats) -> Floats:
    """(rows, columns) squared distance from pixels at `x` and `y` to the nearest segment."""
    nearest = []
    for first in range(0, len(starts), _SEGMENTS_AT_ONCE):
        some = slice(first, first + _SEGMENTS_AT_ONCE)
        squared = _each_squared_distance(starts[some], ends[some], x, y[:, None])
        nearest.append(np.minimum.reduce(squared))
    squares: Floats = nearest[0] if len(nearest) == 1 else np.minimum.reduce(nearest)
    return squares


def _each_squared_distance(starts: Floats, ends: Floats, x: Floats, y: Floats) -> Floats:
    """(n, rows, columns): every segment against every pixel."""
    along_x, along_y = (ends - starts).T[:, :, None, None]
    squared_length = along_x * along_x + along_y * along_y
    from_x, from_y = x - starts[:, :1, None], y - starts[:, 1:, None]
    share = from_x * along_x + from_y * along_y
    share /= np.maximum(squared_length, _NO_LENGTH)
    share = np.minimum(np.maximum(share, 0), 1)
    off_x, off_y = from_x - share * along_x, from_y - share * along_y
    squared: Floats = off_x * off_x + off_y * off_y
    return squared
