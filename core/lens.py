"""The centring lens: shows the network a drawing the way MNIST's digits were prepared.

Ink is straightened (its slant removed), scaled until its longest side is 20 pixels, and moved until
its centre is the middle of the 28×28 image. A drawing is moved and scaled as a *path*, and then
drawn with the width its pen had; an image, which has no path, is resampled (`core.resample`).
"""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.brush import PAD, SOFTNESS, Floats, Image, coverage
from core.centreline import Centreline

LONGEST_SIDE: Final = 20
"""Pixels along the longest side of the ink under the lens."""

LARGEST_SHEAR: Final = 0.7
"""The most slant that is removed, in pixels sideways per pixel of height."""

LARGEST_ZOOM: Final = 4.0
"""The most that ink is enlarged, so that a dot stays a dot."""

MIDDLE: Final = PAD / 2

_SPACING: Final = 0.25
_COARSE: Final = 2

_Stamps: TypeAlias = list[tuple[float, Floats]]


def slant(covariance_xy: Floats, variance_y: Floats) -> Floats:
    """The shear that the ink has: how far it leans to the side per pixel of height.

    Subtracting it times y from x makes the covariance of x and y zero.
    """
    lean = covariance_xy / np.maximum(variance_y, 1e-6)
    return np.clip(lean, -LARGEST_SHEAR, LARGEST_SHEAR)


def centre_line(line: Centreline) -> Image:
    """(28, 28) what the lens shows of a path; blank if nothing is left of it.

    The brush is stamped along the path every quarter of a pixel: no pixel differs by more than
    0.02 from the brush's own formula for the same path.
    """
    if not len(line):
        return np.zeros((PAD, PAD), np.float32)
    line = _scaled(_straightened(line))
    stamps = [(float(width), _along(line, width)) for width in np.unique(line.widths)]
    return _printed(stamps, _middle_of_ink(stamps), cell=1)


def _straightened(line: Centreline) -> Centreline:
    """The path without its slant, with the middle of its length at (0, 0)."""
    half = (line.ends - line.starts) / 2
    middle = line.starts + half
    mass = np.hypot(half[:, 0], half[:, 1]) + 1e-9
    mass /= mass.sum()
    origin = mass @ middle
    middle -= origin
    covariance = (mass * middle.T) @ middle + (mass * half.T) @ half / 3
    shear = np.array([[1, 0], [-slant(covariance[0, 1], covariance[1, 1]), 1]])
    return Centreline((line.starts - origin) @ shear, (line.ends - origin) @ shear, line.widths)


def _scaled(line: Centreline) -> Centreline:
    """The path as large as it may be; its pen adds its width, which does not change."""
    low = np.minimum(line.starts.min(0), line.ends.min(0))
    high = np.maximum(line.starts.max(0), line.ends.max(0))
    side = float((high - low).max())
    zoom = min(LARGEST_ZOOM, (LONGEST_SIDE - float(line.widths.max())) / max(side, 1e-6))
    return Centreline(line.starts * zoom, line.ends * zoom, line.widths)


def _along(line: Centreline, width: float) -> Floats:
    """(m, 2) points at most `_SPACING` apart on the pieces drawn by a pen of this width."""
    mine = line.widths == width
    starts, ends = line.starts[mine], line.ends[mine]
    along = ends - starts
    lengths = np.hypot(along[:, 0], along[:, 1])
    until = np.cumsum(lengths)
    at = np.linspace(0, until[-1], int(until[-1] / _SPACING) + 2)
    piece = np.minimum(np.searchsorted(until, at), len(until) - 1)
    share = 1 - (until[piece] - at) / np.maximum(lengths[piece], 1e-12)
    points = starts[piece] + np.clip(share, 0, 1)[:, None] * along[piece]
    lifted = (starts[1:] != ends[:-1]).any(1)
    return np.concatenate((points, starts[:1], starts[1:][lifted], ends[:-1][lifted], ends[-1:]))


def _middle_of_ink(stamps: _Stamps) -> Floats:
    """(x, y) of the centre of the printed ink, found on a print with cells of two pixels."""
    origin = np.mean([points.mean(0) for _, points in stamps], axis=0)
    ink = _printed(stamps, origin, cell=_COARSE)
    cells = (np.arange(len(ink)) + 0.5) * _COARSE - MIDDLE
    middle: Floats = origin + (ink.sum(0) @ cells, ink.sum(1) @ cells) / ink.sum()
    return middle


def _printed(stamps: _Stamps, origin: Floats, cell: int) -> Image:
    """The brush stamped on all points, with `origin` in the middle, in cells of `cell` pixels."""
    side = PAD // cell
    ink = np.zeros(side * side, np.float32)
    for width, points in stamps:
        nearest = np.sqrt(np.maximum(_squared_distances(points - origin, cell), 0))
        np.maximum(ink, coverage(nearest, width, SOFTNESS * cell), out=ink)
    return ink.reshape(side, side)


def _squared_distances(points: Floats, cell: int) -> NDArray[np.float32]:
    """Squared distance from the middle of each cell to the nearest point.

    As one matrix product, |p − c|² = (p, |p|², 1) · (−2c, 1, |c|²): that is what makes it fast.
    """
    squared = np.einsum("ij,ij->i", points, points)
    left = np.column_stack((points, squared, np.ones(len(points)))).astype(np.float32)
    nearest: NDArray[np.float32] = (left @ _CELLS[cell]).min(0)
    return nearest


def _cells(cell: int) -> NDArray[np.float32]:
    middles = (np.arange(PAD // cell) + 0.5) * cell - MIDDLE
    y, x = np.meshgrid(middles, middles, indexing="ij")
    columns = (-2 * x, -2 * y, np.ones_like(x), x * x + y * y)
    return np.stack([column.ravel() for column in columns]).astype(np.float32)


_CELLS: Final = {1: _cells(1), _COARSE: _cells(_COARSE)}
