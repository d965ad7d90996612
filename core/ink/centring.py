"""The centring lens: shows the network a drawing the way MNIST's digits were prepared.

Ink is straightened (its slant removed), scaled until its longest side is 20 pixels, and moved until
its centre is the middle of the 28×28 image. A drawing is moved and scaled as a *path*, and then
drawn with the width its pen had; an image, which has no path, is resampled (`core.ink.resample`).
"""

from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.arrays import Doubles, read_only
from core.ink.brush import PAD, SOFTNESS, Image, coverage, pixels_within
from core.ink.centreline import Centreline

LONGEST_SIDE: Final = 20
"""Pixels along the longest side of the ink under the lens."""

LARGEST_SHEAR: Final = 1.0
"""The most slant that is removed, in pixels sideways per pixel of height."""

LARGEST_ZOOM: Final = 4.0
"""The most that ink is enlarged, so that a dot stays a dot."""

MIDDLE: Final = PAD / 2

_SMALLEST: Final = 1e-6
_SPECK: Final = 1 / 6
_APART: Final = np.array([[1 / 8], [2 / 5]])
"""Strokes are specks that are smaller than this share of the largest one, and so much of it apart
from all larger ones: to the left or right, and above or below, where i, ? and ÷ have their dots."""

_STEP: Final = 1 / 3
_SHARP: Final = 0.9
_MOST_STEPS: Final = 100_000
_MANY: Final = 4000
_SOME: Final = 1000
_CELLS_PER_PIXEL: Final = 8
_MIDDLES: Final = np.arange(PAD + 1) + 0.5 - MIDDLE

_Stamps: TypeAlias = list[tuple[float, Doubles]]


class View(NamedTuple):
    """What the lens shows: the (28, 28) image, read-only, and where it shows each place of the pad.

    `lens` is (2, 3): x' = lens · (x, y, 1), both in pixels.
    """

    image: Image
    lens: Doubles


def slant(covariance_xy: Doubles, variance_y: Doubles) -> Doubles:
    """The shear that the ink has: how far it leans to the side per pixel of height.

    Subtracting it times y from x makes the covariance of x and y zero.
    """
    lean = covariance_xy / np.maximum(variance_y, _SMALLEST)
    return np.asarray(np.minimum(np.maximum(lean, -LARGEST_SHEAR), LARGEST_SHEAR))


def look_at(line: Centreline) -> View:
    """What the lens shows of a path; blank, and nothing moved, if nothing is left of it.

    A speck beside everything else, or far above or below it, is left out: a touch of the pad by
    chance would make a digit small and move it aside. Dots that are near above or below stay, those
    of i, ? and ÷.

    The brush is stamped along the path in small steps: no pixel differs by more than 0.05 from the
    brush's own formula for the same path, and the centre of ink is in the middle to a third of a
    pixel. A long scribble over itself is stamped on a lattice of eighths of a pixel, and stays
    within 0.1 of that formula.
    """
    image = np.zeros((PAD, PAD), np.float32)
    if not len(line):
        return View(read_only(image), np.eye(2, 3))
    stamps, fit = _fitted(_without_specks(line))
    box = _box(stamps)
    middle = _middle_of_ink(stamps, box)
    stamps = [(width, points - middle) for width, points in stamps]
    columns, rows = _near(stamps, box - middle)
    ink = _ink(stamps, _PIXELS[:, rows, columns].reshape(4, -1))
    image[rows, columns] = ink.reshape(image[rows, columns].shape)
    fit[:, 2:] += MIDDLE - middle
    return View(read_only(image), fit)


def _without_specks(line: Centreline) -> Centreline:
    """The path without the specks around it."""
    pieces = np.flatnonzero((line.starts[:, 1:] != line.ends[:, :-1]).any(0)) + 1
    if not len(pieces):
        return line
    firsts = np.concatenate(([0], pieces))
    low = np.minimum.reduceat(np.minimum(line.starts, line.ends), firsts, axis=1)
    high = np.maximum.reduceat(np.maximum(line.starts, line.ends), firsts, axis=1)
    sides = (high - low).max(0)
    large = sides >= _SPECK * sides.max()
    before = low[:, large].min(1, keepdims=True) - high
    beyond = low - high[:, large].max(1, keepdims=True)
    apart = (np.maximum(before, beyond) > _APART * sides.max()).any(0)
    return line.only(~np.repeat(apart, np.diff(firsts, append=len(line))))


def _fitted(line: Centreline) -> tuple[_Stamps, Doubles]:
    """The path as points, upright and enlarged, and the (2, 3) map that made them so."""
    step = _STEP * _side(np.hstack((line.starts, line.ends))) / LONGEST_SIDE
    pens = _by_pen(line)
    stamps = [(width, _along(pen, step, _MOST_STEPS // len(pens))) for width, pen in pens]
    fit, origin = _fit(stamps)
    stamps = [(width, fit @ (points - origin)) for width, points in stamps]
    return stamps, np.hstack((fit, -fit @ origin))


def _by_pen(line: Centreline) -> list[tuple[float, Centreline]]:
    """The pieces of each width of pen, with that width."""
    widths = line.widths
    if (widths == widths[0]).all():
        return [(float(widths[0]), line)]
    return [(float(width), line.only(widths == width)) for width in np.unique(widths)]


def _along(line: Centreline, step: float, most: int) -> Doubles:
    """(2, m) points on the path, a step apart, and wherever it starts, turns sharply or ends.

    A path of more than `most` steps takes longer ones.
    """
    starts, ends = line.starts, line.ends
    along = ends - starts
    lengths = np.sqrt((along * along).sum(0))
    until = lengths.cumsum()
    whole = float(until[-1])
    at = np.arange(0, whole, max(step, whole / most))
    at = at[: at.searchsorted(whole)]  # `arange` may step onto its end, or a rounding beyond
    piece = until.searchsorted(at, side="right")
    back = (until.take(piece) - at) / lengths.take(piece)
    points = ends.take(piece, 1) - back * along.take(piece, 1)
    onward = (along[:, 1:] * along[:, :-1]).sum(0) > _SHARP * lengths[1:] * lengths[:-1]
    unbroken = (starts[:, 1:] == ends[:, :-1]).all(0)
    corners = np.flatnonzero(~(onward & unbroken))
    tips = starts.take(corners + 1, 1), ends.take(corners, 1), starts[:, :1], ends[:, -1:]
    return np.concatenate((points, *tips), axis=1)


def _fit(stamps: _Stamps) -> tuple[Doubles, Doubles]:
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


def _together(stamps: _Stamps) -> Doubles:
    """(2, m) the points of all pens."""
    return stamps[0][1] if len(stamps) == 1 else np.hstack([points for _, points in stamps])


def _side(points: Doubles) -> float:
    """The longer side of the box around the points (2, m), never quite nothing."""
    return max(float((points.max(1) - points.min(1)).max()), _SMALLEST)


def _middle_of_ink(stamps: _Stamps, box: Doubles) -> Doubles:
    """(2, 1) the centre of the ink's mass, weighed on every other pixel.

    When its rows are an odd number of pixels long, these are the white fields of a chessboard.
    """
    columns, rows = _near(stamps, box)
    odd = slice(columns.start, columns.stop + (columns.stop - columns.start + 1) % 2)
    pixels = np.ascontiguousarray(_PIXELS[:, rows, odd].reshape(4, -1)[:, ::2])
    ink = _ink(stamps, pixels)
    weighed: Doubles = (pixels[:2] @ ink)[:, None] / -2
    mass = float(ink.sum())
    if mass == 0:  # the finest pen can lie between the white fields
        weighed = _together(stamps)
        mass = float(weighed.shape[1])
    middle: Doubles = weighed.sum(1, keepdims=True) / mass
    return middle


def _box(stamps: _Stamps) -> Doubles:
    """(2, 2) the lowest x and y of all points in the first column, the highest in the second."""
    points = _together(stamps)
    return np.stack((points.min(1), points.max(1)), axis=1)


def _near(stamps: _Stamps, box: Doubles) -> tuple[slice, slice]:
    """The columns and rows of pixels that the brush can reach from points in a box."""
    reach = (max(width for width, _ in stamps) + SOFTNESS) / 2
    low, high = (box + MIDDLE).T
    return pixels_within(low, high, reach)


def _ink(stamps: _Stamps, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """(k,) the ink that the brush of each width, stamped on its points, leaves on k pixels."""
    ink = np.zeros(pixels.shape[1], np.float32)
    for width, points in stamps:
        many = points.shape[1] > _SOME and _together(stamps).shape[1] > _MANY
        distances = _lattice_distances if many else _squared_distances
        nearest = np.sqrt(np.maximum(distances(points, pixels), 0))
        np.maximum(ink, coverage(nearest, width), out=ink)
    return ink


def _squared_distances(points: Doubles, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
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


def _lattice_distances(points: Doubles, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same for very many points, each moved to the middle of its cell of a fine lattice.

    The nearest cell is found one direction after the other: first the nearest in each row of cells
    for every column of pixels, then the nearest of these for every row of pixels.
    """
    low = points.min(1, keepdims=True)
    column, row = ((points - low) * _CELLS_PER_PIXEL).astype(np.intp)
    nothing = np.full((row.max() + 1, column.max() + 1), np.inf, np.float32)
    nothing[row, column] = 0
    down, across = (
        ((at + (np.arange(count) + 0.5) / _CELLS_PER_PIXEL - _MIDDLES[:, None]) ** 2).astype("f4")
        for at, count in zip(low[::-1, 0], nothing.shape, strict=True)
    )
    of_rows = (nothing[:, None] + across).min(2)
    field = (of_rows.T + down[:, None]).min(2)
    column, row = (MIDDLE - 0.5 - pixels[:2] / 2).astype(np.intp)
    nearest: NDArray[np.float32] = field[row, column]
    return nearest


def _factors_of_pixels() -> NDArray[np.float32]:
    """(4, 28, 29) −2x, −2y, 1 and x² + y² of each pixel, from the middle of the pad.

    The last column is beyond the pad, for `_middle_of_ink` to make an even width odd.
    """
    y, x = np.meshgrid(_MIDDLES[:PAD], _MIDDLES, indexing="ij")
    return np.stack((-2 * x, -2 * y, np.ones_like(x), x * x + y * y)).astype(np.float32)


_PIXELS: Final = _factors_of_pixels()
