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

_ROWS, _COLUMNS = np.divmod(np.arange(PAD * PAD), PAD)
_X, _Y = _COLUMNS + 0.5, _ROWS + 0.5


def coverage(distance: NDArray[Real], width: float, softness: float = SOFTNESS) -> NDArray[Real]:
    """Ink, 0–1, at a `distance` in pixels from the path of a pen `width` pixels wide."""
    ink = ((width + SOFTNESS) / 2 - distance) / SOFTNESS
    return np.asarray(np.minimum(np.maximum(ink, 0), 1))


def segments(points: Floats) -> tuple[Floats, Floats]:
    """Starts and ends, each (n, 2), of the pen's movements through `points` (n, 2).

    The first movement goes nowhere: it is the dot the pen makes when it touches down.
    """
    return np.concatenate((points[:1], points[:-1])), points


def squared_distances(starts: Floats, ends: Floats) -> Floats:
    """(784,) squared distance from each pixel's middle to the nearest of the segments."""
    nearest = np.full(PAD * PAD, np.inf)
    for first in range(0, len(starts), _SEGMENTS_AT_ONCE):
        some = slice(first, first + _SEGMENTS_AT_ONCE)
        np.minimum(nearest, _each_squared_distance(starts[some], ends[some]).min(0), out=nearest)
    return nearest


def _each_squared_distance(starts: Floats, ends: Floats) -> Floats:
    """(n, 784): every segment against every pixel."""
    x, y = starts[:, :1], starts[:, 1:]
    along_x, along_y = (ends - starts)[:, :1], (ends - starts)[:, 1:]
    squared_length = along_x * along_x + along_y * along_y
    from_x, from_y = _X - x, _Y - y
    share = from_x * along_x + from_y * along_y
    share /= np.where(squared_length > 0, squared_length, 1)
    share = np.minimum(np.maximum(share, 0), 1)
    from_x -= share * along_x
    from_y -= share * along_y
    return from_x * from_x + from_y * from_y


def paint(image: Image, starts: Floats, ends: Floats, width: float, erases: bool) -> Image:
    """A new (28, 28) image: `image` with these segments of one stroke drawn or erased."""
    distance = np.sqrt(squared_distances(starts, ends)).reshape(PAD, PAD)
    ink = coverage(distance, width).astype(np.float32)
    return np.minimum(image, 1 - ink) if erases else np.maximum(image, ink)
