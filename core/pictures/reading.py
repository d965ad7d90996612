"""The steps from a grey picture to images of the digits in it, and what each of them made."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.errors import InputError
from core.ink.brush import Image
from core.pictures.background import Contrast, contrast
from core.pictures.components import Box, Components, Mask, components
from core.pictures.filters import largest_around, resized
from core.pictures.frames import inside_of_frame, sheet_of_paper
from core.pictures.grouping import Group, groups
from core.pictures.ruling import without_ruling
from core.pictures.threshold import ink_level, ink_pixels
from core.pictures.touching import Judge, Piece, may_be_two, pieces

LONGEST_SIDE: Final = 640
"""The most pixels along a side of a picture."""

MOST_DIGITS: Final = 40
"""How many digits of a picture are read, in reading order."""

_SMALLEST: Final = 64
"""A picture whose longer side is shorter is enlarged first."""

_LEAST, _LEAST_SHARE = 5, 0.035
"""A digit has so many pixels along a side, and so much of the picture's; less is noise."""

_MOST_JUDGED: Final = 6
"""Of so many wide digits at most it is asked whether they are two that touch."""

_MUCH: Final = 0.6
"""Of the largest digit's side; a digit that has it is large, too."""

_MOST_FRAMES: Final = 2
"""Frames in frames, or on sheets, that are looked into."""

_FAINTEST, _FULL = 0.15, 0.85
"""Shares of a digit's usual contrast that become no ink and full ink."""

_BLANK: Final = (
    "Nothing can be found on this picture; take it closer, with darker ink or in more even light."
)


class NoDigitError(InputError):
    """There is nothing in a picture that could be a digit."""


@dataclass(frozen=True, eq=False)
class Digit:
    """One digit of a picture.

    `box` is where it is, in pixels of the picture; `crop` is (h, w) its ink, 0-1; `image` is
    (28, 28), float32, 0-1, as networks know digits.
    """

    box: Box
    crop: Array
    image: Image


@dataclass(frozen=True, eq=False)
class Reading:
    """What was found in a picture, in reading order, and what the steps made of it.

    `grey` is the picture, 0-1. `flat` and `ink`, of the same shape or a multiple of it, are the
    same on an even ground, and with ink light on black; `mask` says what is ink. `is_dark` says
    whether ink was darker than the paper, and `left_out` how many digits there are beyond
    `MOST_DIGITS`.
    """

    grey: Array
    flat: Array
    ink: Array
    mask: Mask
    is_dark: bool
    digits: tuple[Digit, ...]
    left_out: int = 0

    @property
    def large(self) -> tuple[int, ...]:
        """The numbers of the digits that are not much smaller than the largest; at least one."""
        sizes = [max(digit.box.height, digit.box.width) for digit in self.digits]
        return tuple(n for n, size in enumerate(sizes) if size > _MUCH * max(sizes))


def read_picture(picture: NDArray[np.uint8], judge: Judge | None = None) -> Reading:
    """The digits in a picture (h, w) of grey bytes, at most `LONGEST_SIDE` on a side.

    Two that touch are only found as two if there is a `judge`, who knows digits. Raises
    `NoDigitError` if there is nothing on it.
    """
    if picture.ndim != 2 or not 0 < min(picture.shape) <= max(picture.shape) <= LONGEST_SIDE:
        raise ValueError(f"(h, w) of at most {LONGEST_SIDE} is wanted, not {picture.shape}")
    grey = np.divide(picture, np.float32(255), dtype=np.float32)
    zoom = max(1, round(_SMALLEST / max(grey.shape)))
    large = resized(grey, grey.shape[0] * zoom, grey.shape[1] * zoom) if zoom > 1 else grey
    return _read(large, _Place(grey, zoom), judge)


@dataclass(frozen=True, eq=False)
class _Place:
    """Where a part of a picture lies, and how much it was enlarged."""

    grey: Array
    zoom: int
    top: int = 0
    left: int = 0
    frames: int = 0

    def box(self, box: Box) -> Box:
        """A box of the part in pixels of the picture."""
        rows = (box.top + self.top) // self.zoom, -(-(box.bottom + self.top) // self.zoom)
        columns = (box.left + self.left) // self.zoom, -(-(box.right + self.left) // self.zoom)
        return Box(*rows, *columns)

    def in_picture(self, part: Array, around: float) -> Array:
        """The part in an image of the whole picture, with nothing else on it."""
        height, width = (self.zoom * length for length in self.grey.shape)
        whole = np.full((height, width), around, np.float32)
        whole[self.top : self.top + part.shape[0], self.left : self.left + part.shape[1]] = part
        return whole

    def inside(self, rows: slice, columns: slice) -> "_Place":
        """The place of a part of this part."""
        top, left = self.top + rows.start, self.left + columns.start
        return _Place(self.grey, self.zoom, top, left, self.frames + 1)


def _read(grey: Array, place: _Place, judge: Judge | None) -> Reading:
    """What is read where it is written: on a sheet or in a frame if there is one with a digit."""
    found = contrast(grey)
    sheet = None if found.is_even or place.frames >= _MOST_FRAMES else sheet_of_paper(grey)
    if sheet is not None:
        with suppress(NoDigitError):
            return _read(grey[sheet], place.inside(*sheet), judge)
    level = ink_level(found.ink, found.noise)
    if level is None:
        raise NoDigitError(_BLANK, "picture.blank")
    mask = ink_pixels(found.ink, level)
    parts = components(mask)
    if place.frames < _MOST_FRAMES and (frame := inside_of_frame(parts)) is not None:
        with suppress(NoDigitError):  # a zero can look like a frame
            return _read(grey[frame], place.inside(*frame), judge)
    unruled = without_ruling(mask, found.ink, level)
    return _found(found, unruled if unruled.any() else mask, place, judge)


def _found(found: Contrast, mask: Mask, place: _Place, judge: Judge | None) -> Reading:
    parts = components(mask)
    all_of_them = groups(parts) if len(parts) else []
    least = max(_LEAST, _LEAST_SHARE * max(mask.shape))
    if all(max(each.box.height, each.box.width) < least for each in all_of_them):
        raise NoDigitError(_BLANK, "picture.blank")
    chosen = all_of_them[:MOST_DIGITS]
    judged = [each for each in chosen if may_be_two(each.box)][:_MOST_JUDGED]
    digits = [
        digit
        for each in chosen
        for digit in _digits(found.ink, parts, each, place, judge if each in judged else None)
    ]
    beyond = len(all_of_them) - len(chosen)
    return Reading(
        place.grey,
        place.in_picture(found.flat, float(found.is_dark)),
        place.in_picture(found.ink, 0),
        place.in_picture(mask.astype(np.float32), 0) > 0.5,
        found.is_dark,
        tuple(digits[:MOST_DIGITS]),
        beyond + max(len(digits) - MOST_DIGITS, 0),
    )


def _digits(
    ink: Array, parts: Components, group: Group, place: _Place, judge: Judge | None
) -> list[Digit]:
    """The digit of a group, or two that touch, at the contrast that their own ink has."""
    within = group.box.slices
    own = np.isin(parts.labels[within], group.parts)
    level = float(np.median(ink[within][own]))
    shades = np.clip((ink[within] / level - _FAINTEST) / (_FULL - _FAINTEST), 0, 1)
    crop = np.asarray(shades * largest_around(own, 1), np.float32)
    return [
        Digit(place.box(_moved(piece, group.box)), piece.crop, piece.image)
        for piece in pieces(crop, judge)
    ]


def _moved(piece: Piece, group: Box) -> Box:
    """The box of a piece of a group's crop where the group is."""
    box = piece.box
    rows = box.top + group.top, box.bottom + group.top
    return Box(*rows, box.left + group.left, box.right + group.left)
