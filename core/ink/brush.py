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

from core.arrays import Array, Doubles

Image: TypeAlias = Array
Real = TypeVar("Real", np.float32, np.float64)

PAD: Final = 28
"""Pixels along a side of the pad."""

DEFAULT_WIDTH: Final = 2.4
"""Width in pixels of the pen whose strokes look like MNIST's."""

SOFTNESS: Final = 1.2
"""Width in pixels of the soft edge."""

_NO_LENGTH: Final = 1e-300

MIDDLES: Final[Doubles] = np.arange(PAD, dtype=np.float64) + 0.5
"""Where the middles of pixels are, along either axis."""


def coverage(distance: NDArray[Real], width: float | Doubles) -> NDArray[Real]:
    """Ink, 0–1, at a `distance` in pixels from the path of a pen `width` pixels wide.

    There may be one width or one for each distance.
    """
    ink = ((width + SOFTNESS) / 2 - distance) / SOFTNESS
    return np.asarray(np.minimum(np.maximum(ink, 0), 1))


def paint(image: Image, starts: Doubles, ends: Doubles, width: float, erases: bool) -> Image:
    """A new (28, 28) image: `image` with these movements of one stroke drawn or erased.

    `starts` and `ends` are (2, n): x and y in pixels.
    """
    low = np.minimum(starts.min(1), ends.min(1))
    high = np.maximum(starts.max(1), ends.max(1))
    columns, rows = pixels_within(low, high, (width + SOFTNESS) / 2)
    squared = squared_distances(starts, ends, MIDDLES[columns], MIDDLES[rows, None])
    ink = coverage(np.sqrt(np.minimum.reduce(squared)), width).astype(np.float32)
    painted = image.copy()
    near = painted[rows, columns]
    painted[rows, columns] = np.minimum(near, 1 - ink) if erases else np.maximum(near, ink)
    return painted


def pixels_within(low: Doubles, high: Doubles, reach: float) -> tuple[slice, slice]:
    """The columns and the rows whose middles may be within `reach` of a box, given by corners."""
    left, top = (low - reach).tolist()
    right, bottom = (high + reach).tolist()
    return _clipped(left, right), _clipped(top, bottom)


def _clipped(first: float, last: float) -> slice:
    """The pixels from `first` to `last`, both in pixels; at least one, and on the pad."""
    start = min(max(int(first), 0), PAD - 1)
    return slice(start, min(max(int(last), start) + 1, PAD))


def squared_distances(starts: Doubles, ends: Doubles, x: Doubles, y: Doubles) -> Doubles:
    """(n, …, …) the squared distance from each of n movements to places at `x` and `y`.

    `starts` and `ends` are (2, n); `x` and `y` fit (n, …, …). It makes no difference if x and y are
    exchanged throughout.
    """
    along_x, along_y = (ends - starts)[:, :, None, None]
    squared_length = along_x * along_x + along_y * along_y
    from_x, from_y = x - starts[0, :, None, None], y - starts[1, :, None, None]
    share = from_x * along_x + from_y * along_y
    share /= np.maximum(squared_length, _NO_LENGTH)
    np.minimum(np.maximum(share, 0, out=share), 1, out=share)
    off_x = from_x - share * along_x
    off_x *= off_x
    share *= along_y
    off_y = np.subtract(from_y, share, out=share)
    off_y *= off_y
    squared: Doubles = np.add(off_x, off_y, out=off_x)
    return squared
