"""The centring lens: shows the network a drawing the way MNIST's digits were prepared.

Ink is straightened (its slant removed), scaled until its longest side is 20 pixels, and moved until
its centre is the middle of the 28×28 image. A drawing is moved and scaled as a *path*, and then
drawn with the width its pen had; an image, which has no path, is resampled (`core.resample`).
"""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.brush import PAD, SOFTNESS, Floats, Image, coverage, pixels_within
from core.centreline import Centreline

LONGEST_SIDE: Final = 20
"""Pixels along the longest side of the ink under the lens."""

LARGEST_SHEAR: Final = 1.0
"""The most slant that is removed, in pixels sideways per pixel of height."""

LARGEST_ZOOM: Final = 4.0
"""The most that ink is enlarged, so that a dot stays a dot."""

MIDDLE: Final = PAD / 2

_SMALLEST: Final = 1e-6
_STEP: Final = 1 / 3
_SHARP: Final = 0.9
_MANY: Final = 4000
_CELLS_PER_PIXEL: Final = 8

_Stamps: TypeAlias = list[tuple[float, Floats]]


def slant(covariance_xy: Floats, variance_y: Floats) -> Floats:
    """The shear that the ink has: how far it leans to the side per pixel of height.

    Subtracting it times y from x makes the covariance of x and y zero.
    """
    lean = covariance_xy / np.maximum(variance_y, _SMALLEST)
    return np.asarray(np.minimum(np.maximum(lean, -LARGEST_SHEAR), LARGEST_SHEAR))


def centre_line(line: Centreline) -> Image:
    """(28, 28) what the lens shows of a path; blank if nothing is left of it.

    The brush is stamped along the path in small steps: no pixel differs by more than 0.05 from the
    brush's own formula for the same path, and the centre of ink is in the middle to a third of a
    pixel. A long scribble over itself is stamped once in every eighth of a pixel, and stays within
    0.1 of that formula.
    """
    image = np.zeros((PAD, PAD), np.float32)
    if len(line):
        stamps, _ = _placed(line)
        columns, rows = _near(stamps)
        ink = _ink(stamps, _PIXELS[:, rows, columns].reshape(4, -1))
        image[rows, columns] = ink.reshape(image[rows, columns].shape)
    return image


def map_of_line(line: Centreline) -> Floats:
    """(2, 3) the affine map from the pad to the lens's image, both in pixels; x' = map · (x, y, 1).

    Raises ``ValueError`` for a path of which nothing is left: there is no place to look at.
    """
    if not len(line):
        raise ValueError("A blank drawing has no lens.")
    return _placed(line)[1]


def _placed(line: Centreline) -> tuple[_Stamps, Floats]:
    """The path as points around the middle of the image, and the map that put them there."""
    step = _STEP * _side(np.hstack((line.starts, line.ends))) / LONGEST_SIDE
    stamps = [(width, _along(pen, step)) for width, pen in _by_pen(line)]
    fit, origin = _fit(stamps)
    stamps = [(width, _thinned(fit @ (points - origin))) for width, points in stamps]
    middle = _middle_of_ink(stamps)
    moved = [(width, points - middle) for width, points in stamps]
    return moved, np.hstack((fit, MIDDLE - middle - fit @ origin))


def _by_pen(line: Centreline) -> list[tuple[float, Centreline]]:
    """The pieces of each width of pen, with that width."""
    widths = line.widths
    if (widths == widths[0]).all():
        return [(float(widths[0]), line)]
    return [(float(width), line.only(widths == width)) for width in np.unique(widths)]


def _along(line: Centreline, step: float) -> Floats:
    """(2, m) points on the path, a step apart, and wherever it starts, turns sharply or ends."""
    starts, ends = line.starts, line.ends
    along = ends - starts
    lengths = np.sqrt((along * along).sum(0))
    until = lengths.cumsum()
    at = np.arange(0, until[-1], step)
    at = at[: at.searchsorted(until[-1])]  # `arange` may step onto its end, or a rounding beyond
    piece = until.searchsorted(at, side="right")
    back = (until.take(piece) - at) / lengths.take(piece)
    points = ends.take(piece, 1) - back * along.take(piece, 1)
    onward = (along[:, 1:] * along[:, :-1]).sum(0) > _SHARP * lengths[1:] * lengths[:-1]
    unbroken = (starts[:, 1:] == ends[:, :-1]).all(0)
    corners = np.flatnonzero(~(onward & unbroken))
    tips = starts.take(corners + 1, 1), ends.take(corners, 1), starts[:, :1], ends[:, -1:]
    return np.concatenate((points, *tips), axis=1)


def _thinned(points: Floats) -> Floats:
    """Of very many points (2, m), in pixels of the lens, one in each small cell."""
    if points.shape[1] <= _MANY:
        return points
    column, row = np.rint(points * _CELLS_PER_PIXEL).astype(np.int64)
    _, first = np.unique(PAD * _CELLS_PER_PIXEL * row + column, return_index=True)
    return points[:, first]


def _fit(stamps: _Stamps) -> tuple[Floats, Floats]:
    """(2, 2) what takes the slant away and enlarges, and (2, 1) the place around which it does.

    The pen's width still has room.
    """
    points = _together(stamps)
    middle = points.sum(1, keepdims=True) / points.shape[1]
    points = points - middle
    (_, covariance), (_, variance) = points @ points.T
    upright = np.array([[1, -slant(covariance, variance)], [0, 1]])
    room = LONGEST_SIDE - max(width for width, _ in stamps)
    return min(LARGEST_ZOOM, room / _side(upright @ points)) * upright, middle


def _together(stamps: _Stamps) -> Floats:
    """(2, m) the points of all pens."""
    return stamps[0][1] if len(stamps) == 1 else np.hstack([points for _, points in stamps])


def _side(points: Floats) -> float:
    """The longer side of the box around the points (2, m), never quite nothing."""
    return max(float((points.max(1) - points.min(1)).max()), _SMALLEST)


def _middle_of_ink(stamps: _Stamps) -> Floats:
    """(2, 1) the centre of the ink's mass, weighed on every other pixel.

    When its rows are an odd number of pixels long, these are the white fields of a chessboard.
    """
    columns, rows = _near(stamps)
    odd = slice(columns.start, columns.stop + (columns.stop - columns.start + 1) % 2)
    pixels = np.ascontiguousarray(_PIXELS[:, rows, odd].reshape(4, -1)[:, ::2])
    ink = _ink(stamps, pixels)
    weighed: Floats = (pixels[:2] @ ink)[:, None] / -2
    mass = float(ink.sum())
    if mass == 0:  # the finest pen can lie between the white fields
        weighed = _together(stamps)
        mass = float(weighed.shape[1])
    middle: Floats = weighed.sum(1, keepdims=True) / mass
    return middle


def _near(stamps: _Stamps) -> tuple[slice, slice]:
    """The columns and rows of pixels that the brush can reach."""
    points = _together(stamps)
    reach = (max(width for width, _ in stamps) + SOFTNESS) / 2
    return pixels_within(points.min(1) + MIDDLE, points.max(1) + MIDDLE, reach)


def _ink(stamps: _Stamps, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """(k,) the ink that the brush of each width, stamped on its points, leaves on k pixels."""
    ink = np.zeros(pixels.shape[1], np.float32)
    for width, points in stamps:
        nearest = np.sqrt(np.maximum(_squared_distances(points, pixels), 0))
        np.maximum(ink, coverage(nearest, width), out=ink)
    return ink


def _squared_distances(points: Floats, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """(k,) squared distance from each of k pixels to the path that goes through (2, m) points.

    The part |p|² − 2 p·c of |p − c|² is one matrix product, which is what makes it fast. The
    nearest point is at most half a step along the path from the nearest place on it; the average
    of what that adds is taken off again.
    """
    factors = np.empty((points.shape[1], 3), np.float32)
    factors[:, :2] = points.T
    factors[:, 2] = (points * points).sum(0) - _STEP**2 / 12
    nearest: NDArray[np.float32] = (factors @ pixels[:3]).min(0) + pixels[3]
    return nearest


def _factors_of_pixels() -> NDArray[np.float32]:
    """(4, 28, 29) −2x, −2y, 1 and x² + y² of each pixel, from the middle of the pad.

    The last column is beyond the pad, for `_middle_of_ink` to make an even width odd.
    """
    middles = np.arange(PAD + 1) + 0.5 - MIDDLE
    y, x = np.meshgrid(middles[:PAD], middles, indexing="ij")
    return np.stack((-2 * x, -2 * y, np.ones_like(x), x * x + y * y)).astype(np.float32)


_PIXELS: Final = _factors_of_pixels()
