"""From a crop of ink to 28 × 28 pixels: 20 pixels high or wide, of a pen that networks know.

The lens scales and centres whatever it is given, but it cannot make a ballpoint's line as wide as
MNIST's. So a digit is brought to its size here, three times as fine as the pad, and grown or shrunk
by the distance from the edge of its ink. Its box and its middle are then those that the lens
(`core.ink.centring`) gives to a drawing.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Doubles
from core.ink.brush import DEFAULT_WIDTH, PAD, SOFTNESS, Image
from core.ink.centring import LONGEST_SIDE
from core.pictures.filters import block_means, blurred, largest_around, resized

_FINE: Final = 3
"""Pixels of the fine image along each of the pad's."""

_THINNEST, _THICKEST = DEFAULT_WIDTH - 0.2, DEFAULT_WIDTH + 0.6
"""Widths of lines, in pixels of the pad, that are left as they are."""

_LARGEST_ZOOM: Final = 8.0
_HALF: Final = 0.5
_NOWHERE: Final = 1e9
_NO_CHANGE: Final = 0.05
_MARGIN: Final = 4 * _FINE


def normalized(crop: Array) -> Image:
    """(28, 28) the digit in a crop (h, w), whose ink has the value 1 and touches all four sides."""
    width, side = line_width(crop), max(crop.shape)
    wanted = float(np.clip(width * _zoom(side, width, DEFAULT_WIDTH), _THINNEST, _THICKEST))
    zoom = _zoom(side, width, wanted)
    height, across = (max(1, round(length * zoom * _FINE)) for length in crop.shape)
    fine = np.pad(resized(crop, height, across), _MARGIN)
    grow = (wanted - width * zoom) / 2
    return _centred(fine if abs(grow) < _NO_CHANGE else _grown(fine, grow))


def _zoom(side: float, width: float, wanted: float) -> float:
    """How much to enlarge so that the longer side is right once lines are as wide as wanted."""
    return min((LONGEST_SIDE - wanted) / max(side - width, 1), _LARGEST_ZOOM)


def _grown(fine: Array, grow: float) -> Array:
    """The ink with `grow` pixels of the pad more on every side; what is thin does not vanish."""
    distance = signed_distance(fine) / _FINE
    ridge = distance[(distance > 0) & (distance >= largest_around(distance, 1))]
    if grow < 0 and len(ridge):
        grow = max(grow, _THINNEST / 2 - float(np.percentile(ridge, 20)))
        grow = min(grow, 0)
    return np.asarray(np.clip((distance + grow) / SOFTNESS + _HALF, 0, 1), np.float32)


def _centred(fine: Array) -> Image:
    """(28, 28) the fine image with the centre of its ink in the middle, to a third of a pixel."""
    rows, columns = np.nonzero(fine > 0)
    canvas = np.zeros((PAD * _FINE, PAD * _FINE), np.float32)
    if not len(rows):
        return canvas[::_FINE, ::_FINE]
    ink = fine[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    ink = ink[: len(canvas), : len(canvas)]
    top, left = (_start(ink.sum(axis), len(canvas)) for axis in (1, 0))
    canvas[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return block_means(canvas, _FINE)


def _start(profile: Array, room: int) -> int:
    """Where to begin so that the centre of this profile's mass is in the middle of the room."""
    middle = float((profile * (np.arange(len(profile)) + _HALF)).sum() / profile.sum())
    return int(np.clip(round(room / 2 - middle), 0, room - len(profile)))


def line_width(ink: Array) -> float:
    """The mean width of lines in an image (h, w) with values 0-1, in pixels.

    A line has an area of its width, and two edges, across each of which the ink's slopes add up to
    1, per unit of length.
    """
    framed = blurred(np.pad(ink, 3), 1)
    slopes = np.hypot(*np.gradient(framed)).sum()
    return float(2 * framed.sum() / max(float(slopes), 1e-6))


def signed_distance(ink: Array) -> Doubles:
    """(h, w) the distance in pixels to the edge of the ink: positive inside, negative outside."""
    inside = ink > _HALF
    return np.asarray(_distance_to(~inside) - _distance_to(inside))


def _distance_to(mask: NDArray[np.bool_]) -> Doubles:
    """(h, w) how far the edge of the `mask` is, 0 inside of it: half a pixel less than its middle.

    The nearest is found along the columns first, then along the rows.
    """
    along = np.where(mask, 0.0, _NOWHERE)
    squared = _nearest(_nearest(along).T).T
    return np.asarray(np.maximum(np.sqrt(squared) - _HALF, 0))


def _nearest(squared: Doubles) -> Doubles:
    """(h, w) the least squared distance to anything in the same column."""
    rows = np.arange(len(squared))
    steps = (rows[:, None] - rows) ** 2.0
    return np.asarray((steps[:, :, None] + squared[None]).min(1))
