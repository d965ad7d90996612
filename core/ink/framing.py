"""How a digit lies in its image: with MNIST's margin, or so that it fills it.

What the lens shows, and MNIST's own images, have a margin of four pixels. Other collections cut it
off, or cut each image to its digit: networks that learned from those read nothing else well.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Doubles
from core.ink.brush import PAD, Image

_MARGIN: Final = 4

_INK: Final = 0.3
"""What is darker belongs to a digit when it is fitted, and not to the grey around it."""

_FINE: Final = 32


class Frames(NamedTuple):
    """Of each of m images the square that is looked at, in pixels: corner and side, (m,)."""

    left: Doubles
    top: Doubles
    size: Doubles


def frames(images: Image, framing: str) -> Frames:
    """Where digits lie in (m, 28, 28) images with a margin, values 0-1, in one of these framings.

    "whole" is all of the image, "filled" leaves out the margin, and "fitted" is the square around
    the digit's own edges.
    """
    if framing == "fitted":
        return _around(images > _INK)
    start, size = (_MARGIN, PAD - 2 * _MARGIN) if framing == "filled" else (0, PAD)
    alike = np.ones(len(images))
    return Frames(start * alike, start * alike, size * alike)


def framed(images: Image, framing: str) -> Image:
    """(m, n, n) what of these images, (m, 28, 28), is looked at."""
    if framing == "filled":
        return images[:, _MARGIN : PAD - _MARGIN, _MARGIN : PAD - _MARGIN]
    return _enlarged(images, frames(images, framing)) if framing == "fitted" else images


def _around(inked: NDArray[np.bool_]) -> Frames:
    (top, bottom), (left, right) = (_extent(np.asarray(inked.any(axis=each))) for each in (2, 1))
    size = np.maximum(bottom - top, right - left).astype(np.float64)
    return Frames((left + right - size) / 2, (top + bottom - size) / 2, size)


def _enlarged(images: Image, around: Frames) -> Image:
    """(m, 32, 32) the frames of (m, 28, 28) images."""
    steps = around.size[:, None] * (np.arange(_FINE) + 0.5) / _FINE
    rows, columns = (
        (start[:, None] + steps).clip(0, PAD - 1).astype(np.intp)
        for start in (around.top, around.left)
    )
    digits = np.arange(len(images))[:, None, None]
    enlarged: Image = images[digits, rows[:, :, None], columns[:, None, :]]
    return enlarged


def _extent(inked: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of each row of (m, n) the first place that is true, and the place after the last one.

    All of it, where none is true.
    """
    return inked.argmax(axis=1), inked.shape[1] - inked[:, ::-1].argmax(axis=1)
