"""Frames around what is written, and dark fields on which it is written."""

from typing import Final

import numpy as np

from core.pictures.components import Components, Mask

_RIM: Final = 0.85
"""Of each side of a frame so much is ink."""

_NARROWEST, _SMALLEST = 0.3, 16
"""A frame has this share of the picture, and so many pixels, along either side."""

_DEEPEST: Final = 0.25
"""Its rim is no deeper than this share of its side; else it is a field."""


def inside_of_frame(parts: Components) -> tuple[slice, slice] | None:
    """The rows and columns inside of a frame or a card, if there is one: a rectangle of ink.

    A card is a dark field on which something lighter is written; both have a straight rim.
    """
    height, width = parts.labels.shape
    for number in np.argsort(-parts.heights * parts.widths)[:3]:
        rows, columns = _box(parts, number)
        high, wide = rows.stop - rows.start, columns.stop - columns.start
        if min(high / height, wide / width) < _NARROWEST or min(high, wide) < _SMALLEST:
            continue
        if (depth := _rim(parts.labels[rows, columns] == number)) is not None:
            return _inset(rows, depth), _inset(columns, depth)
    return None


def _inset(stretch: slice, depth: int) -> slice:
    return slice(stretch.start + depth, stretch.stop - depth)


def _box(parts: Components, number: int) -> tuple[slice, slice]:
    return (
        slice(int(parts.top[number]), int(parts.bottom[number])),
        slice(int(parts.left[number]), int(parts.right[number])),
    )


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
