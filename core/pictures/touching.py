"""Digits that touch: where one can be cut from the other, and whether it is done.

A wide 4 and 11 with a bar between them have the same shape of ink, and no rule of geometry tells
where a 7 ends and a 2 begins. So straight cuts, upright and leaning, are only proposed where they
cross little ink. One is made if those who read digits know what is on either side of it, and all
doubt that the whole is a digit: what one of them may know is never cut.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.ink.brush import Image
from core.pictures.components import Box, components
from core.pictures.normalizing import normalized

Judge: TypeAlias = Callable[[Image], Array]
"""Who reads digits: (k, m) how sure each of k readers is of (m, 28, 28) images, from 1 on it is."""

_DOUBT: Final = 0.5
"""Who is less sure doubts it."""

_WIDE: Final = 0.9
"""Two digits side by side are wider than this share of their height."""

_LEANS: Final = (-0.5, -0.25, 0.0, 0.25, 0.5)
"""How far cuts lean to the side, in pixels per pixel of height."""

_MOST_CUTS: Final = 12
_EDGE: Final = 0.2
"""So much of the width, at either side, is in no cut's way."""

_NEAR: Final = 1 / 16
"""Of the width, within which only the cut through the least ink is tried."""

_HIGH: Final = 0.6
"""Both halves have at least so much of the height."""

_INK, _DIRT = 0.3, 0.08
"""What is ink, and the share of a half's ink that a part cut off by chance does not have."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A part of a crop: its box there, its own ink (h, w), 0-1, and that as networks know it."""

    box: Box
    crop: Array
    image: Image


def may_be_two(box: Box) -> bool:
    """Whether what is in a box is wide enough for two digits side by side."""
    return box.width >= _WIDE * box.height


def pieces(crop: Array, judge: Judge | None) -> list[Piece]:
    """The one digit in a crop of ink (h, w), 0-1, or the two that touch, the left one first."""
    height, width = crop.shape
    whole = Piece(Box(0, height, 0, width), crop, normalized(crop))
    if judge is None or not may_be_two(whole.box) or judge(whole.image[None]).max() >= _DOUBT:
        return [whole]
    pairs = [pair for cut in _cuts(crop) if (pair := _halves(crop, cut))]
    if not pairs:
        return [whole]
    images = np.array([piece.image for pair in pairs for piece in pair])
    sure = judge(images).mean(axis=0).reshape(-1, 2).min(axis=1)
    best = int(sure.argmax())
    return list(pairs[best]) if sure[best] >= 1 else [whole]


def _cuts(crop: Array) -> list[NDArray[np.bool_]]:
    """(h, w) what is to the left of each of the cuts that cross the least ink."""
    found = sorted((cut for lean in _LEANS for cut in _valleys(crop, lean)), key=lambda cut: cut[0])
    return [_across(crop, lean) < at for _, lean, at in found[:_MOST_CUTS]]


def _valleys(crop: Array, lean: float) -> Iterator[tuple[float, float, int]]:
    """Cuts with this lean through less ink than those beside them: the ink, the lean, the place."""
    width = crop.shape[1]
    near = max(round(_NEAR * width), 1)
    across = _across(crop, lean)
    inside = (across >= 0) & (across < width)
    ink = np.bincount(across[inside], crop[inside], width)
    for at in range(round(_EDGE * width), round((1 - _EDGE) * width)):
        if ink[at] == ink[max(at - near, 0) : at + near + 1].min():
            yield float(ink[at]), lean, at


def _across(crop: Array, lean: float) -> NDArray[np.intp]:
    """(h, w) the column in which a line through each pixel is at half of the height."""
    rows, columns = np.indices(crop.shape)
    at: NDArray[np.intp] = np.round(columns + lean * (rows - crop.shape[0] / 2)).astype(np.intp)
    return at


def _halves(crop: Array, left: NDArray[np.bool_]) -> tuple[Piece, Piece] | None:
    """The digits on both sides of a cut; None if one is too low to be one."""
    halves = [_piece(crop * side) for side in (left, ~left)]
    one, other = halves
    if one is None or other is None:
        return None
    low = min(one.box.height, other.box.height) < _HIGH * crop.shape[0]
    return None if low else (one, other)


def _piece(ink: Array) -> Piece | None:
    """The ink (h, w) that hangs together in a crop, without crumbs; None if all are crumbs."""
    parts = components(ink > _INK)
    own = parts.pixels(parts.areas >= _DIRT * parts.areas.sum())
    if not own.any():
        return None
    rows, columns = np.flatnonzero(own.any(1)), np.flatnonzero(own.any(0))
    box = Box(int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1)
    crop = np.asarray(np.where(own, ink, 0)[box.slices], np.float32)
    return Piece(box, crop, normalized(crop))
