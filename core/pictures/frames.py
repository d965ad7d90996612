"""Where on a picture it is written: on a sheet on a table, in a frame, on a dark field."""

from typing import Final

import numpy as np

from core.arrays import Array
from core.pictures.components import Components, Mask, components
from core.pictures.filters import block_means, largest_around, reduction, smallest_around
from core.pictures.threshold import otsu

_SIDE: Final = 160
"""Pixels along the longer side of the reduced picture in which a sheet is looked for."""

_WRITING: Final = 16
"""Strokes are narrower than the longer side divided by this, twice."""

_LIGHTER: Final = 0.2
"""A sheet is so much lighter than the table."""

_LEAST: Final = 0.2
"""It is at least so large a share of the picture."""

_BETWEEN, _FEW = 0.3, 0.3
"""Less than `_FEW` of its area is further than `_BETWEEN` of the way from either to the other."""

_RECTANGULAR, _WHOLE = 0.65, 0.97
"""So much of its box, and then of each side of what is left of that, is paper."""

_SIDES, _ROOM = 3, 0.02
"""On so many sides of it is more than this share of the picture."""

_RIM: Final = 0.85
"""Of each side of a frame so much is ink."""

_NARROWEST, _SMALLEST = 0.3, 16
"""A frame has this share of the picture, and so many pixels, along either side."""

_DEEPEST: Final = 0.25
"""Its rim is no deeper than this share of its side; else it is a field."""


def sheet_of_paper(grey: Array) -> tuple[slice, slice] | None:
    """The rows and columns of a light sheet on something dark, which is seen on three sides of it.

    What is written on the sheet is filled up first, and nothing but the sheet is left in.
    """
    factor = reduction(grey.shape, _SIDE)
    small = block_means(grey, factor)
    reach = max(small.shape) // _WRITING
    filled = smallest_around(largest_around(small, reach), reach)
    light = filled > otsu(filled.ravel())
    if not _is_sharp(filled, light):
        return None
    parts = components(light)
    number = int(parts.areas.argmax())
    rows, columns = parts.box(number).slices
    paper = parts.labels[rows, columns] == number
    if _beside(rows, columns, small.shape) < _SIDES or paper.mean() < _RECTANGULAR:
        return None
    high, wide = _trimmed(paper)
    if min(high.stop - high.start, wide.stop - wide.start) * factor < _SMALLEST:
        return None
    return _enlarged(high, rows.start, factor), _enlarged(wide, columns.start, factor)


def _is_sharp(grey: Array, light: Mask) -> bool:
    """Whether there is little between light and dark, as where a sheet ends, and no lamp shines."""
    if not _LEAST < light.mean() < 1:
        return False
    dark, bright = float(grey[~light].mean()), float(grey[light].mean())
    share = (grey - dark) / max(bright - dark, _LIGHTER)
    between = np.mean((share > _BETWEEN) & (share < 1 - _BETWEEN)) / light.mean()
    return bool(bright - dark > _LIGHTER and between < _FEW)


def _beside(rows: slice, columns: slice, shape: tuple[int, ...]) -> int:
    """On how many sides of a box there is more of the picture."""
    rooms = (rows.start, shape[0] - rows.stop, columns.start, shape[1] - columns.stop)
    return sum(room > _ROOM * max(shape) for room in rooms)


def _trimmed(paper: Mask) -> tuple[slice, slice]:
    """The rows and columns that are left when sides that are not all paper are cut off."""
    top, bottom, left, right = 0, paper.shape[0], 0, paper.shape[1]
    while bottom - top > 2 and right - left > 2:
        inner = paper[top:bottom, left:right]
        shares = [float(side.mean()) for side in (inner[0], inner[-1], inner[:, 0], inner[:, -1])]
        worst = int(np.argmin(shares))
        if shares[worst] > _WHOLE:
            break
        top, bottom = top + (worst == 0), bottom - (worst == 1)
        left, right = left + (worst == 2), right - (worst == 3)
    return slice(top + 1, bottom - 1), slice(left + 1, right - 1)


def _enlarged(stretch: slice, start: int, factor: int) -> slice:
    return slice((start + stretch.start) * factor, (start + stretch.stop) * factor)


def inside_of_frame(parts: Components) -> tuple[slice, slice] | None:
    """The rows and columns inside of a frame or a card, if there is one: a rectangle of ink.

    A card is a dark field on which something lighter is written; both have a straight rim.
    """
    height, width = parts.labels.shape
    for number in np.argsort(-parts.heights * parts.widths)[:3]:
        rows, columns = parts.box(number).slices
        high, wide = rows.stop - rows.start, columns.stop - columns.start
        if min(high / height, wide / width) < _NARROWEST or min(high, wide) < _SMALLEST:
            continue
        if (depth := _rim(parts.labels[rows, columns] == number)) is not None:
            return _inset(rows, depth), _inset(columns, depth)
    return None


def _inset(stretch: slice, depth: int) -> slice:
    return slice(stretch.start + depth, stretch.stop - depth)


def _rim(mask: Mask) -> int | None:
    """How many pixels deep the rim of a rectangle is; None if it has none."""
    side = min(mask.shape)
    depth = max(1, side // 40)
    sides = (mask[: 2 * depth], mask[-2 * depth :], mask[:, : 2 * depth].T, mask[:, -2 * depth :].T)
    if min(float(each.any(0).mean()) for each in sides) < _RIM:
        return None
    full = [float(_ring(mask, at).mean()) > 1 - _RIM for at in range(int(_DEEPEST * side))]
    return (full.index(False, depth) if False in full[depth:] else 2 * depth) + 1


def _ring(mask: Mask, depth: int) -> Mask:
    inner = mask[depth : mask.shape[0] - depth, depth : mask.shape[1] - depth]
    return np.concatenate((inner[0], inner[-1], inner[:, 0], inner[:, -1]))
