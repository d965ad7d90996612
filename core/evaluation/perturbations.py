"""Images made hard on purpose: moved, scaled, turned, thickened, noisy, or drawn anywhere.

What a network that was never told where a digit sits, or how large it is, has to cope with.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from core.arrays import Doubles
from core.data.augmentation.handwriting import fitted
from core.data.images import Images
from core.data.pen_digits import PenDigit
from core.ink import Stroke, rasterize
from core.ink.brush import DEFAULT_WIDTH, PAD, Image
from core.ink.centring import MIDDLE
from core.ink.resample import PIXEL_X, PIXEL_Y, looked_up

_SMALLEST, _LARGEST = 12.0, 24.0
_EDGE: Final = 1.0
_DIRECTIONS: Final = 8

_X, _Y = PIXEL_X - MIDDLE, PIXEL_Y - MIDDLE


def shifted(images: Image, pixels: int, direction: int) -> Image:
    """(m, 784) images moved right (0), down (1), left (2) or up (3); what leaves is lost."""
    right, down = ((1, 0), (0, 1), (-1, 0), (0, -1))[direction]
    moved = np.zeros((len(images), PAD, PAD), np.float32)
    rows, columns = _overlap(down * pixels), _overlap(right * pixels)
    moved[:, rows[0], columns[0]] = images.reshape(-1, PAD, PAD)[:, rows[1], columns[1]]
    return moved.reshape(len(images), -1)


def zoomed(images: Image, zoom: float) -> Image:
    """(m, 784) images scaled by `zoom` around the middle."""
    return _mapped(images, _X / zoom, _Y / zoom)


def turned(images: Image, degrees: float) -> Image:
    """(m, 784) images turned clockwise around the middle."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return _mapped(images, cos * _X + sin * _Y, cos * _Y - sin * _X)


def thickened(images: Image, pixels: float) -> Image:
    """(m, 784) images whose strokes are so many pixels wider, or thinner if `pixels` is negative.

    Each edge moves by half of it: ink grows to the darkest, or shrinks to the lightest, of what is
    that far away in eight directions.
    """
    reach = abs(pixels) / 2
    angles = np.arange(_DIRECTIONS) * 2 * np.pi / _DIRECTIONS
    keep = np.maximum if pixels > 0 else np.minimum
    result = images.copy()
    for x, y in zip(reach * np.cos(angles), reach * np.sin(angles), strict=True):
        keep(result, _mapped(images, _X + x, _Y + y), out=result)
    return result


def noisy(rng: np.random.Generator, images: Image, deviation: float) -> Image:
    """(m, 784) images with normal noise of this standard deviation on every pixel, cut to 0-1."""
    noise = rng.normal(0, deviation, images.shape).astype(np.float32)
    return np.asarray(np.clip(images + noise, 0, 1))


def drawn_anywhere(
    rng: np.random.Generator, pen_digits: Sequence[PenDigit], width: float = DEFAULT_WIDTH
) -> Images:
    """Digits as people leave them on the pad: 12 to 24 pixels large, wherever they fit."""
    images = [_anywhere(rng, digit, width) for digit in pen_digits]
    labels = np.array([digit.label for digit in pen_digits], np.uint8)
    return Images(np.array(images, np.float32).reshape(-1, PAD * PAD), labels)


def _anywhere(rng: np.random.Generator, digit: PenDigit, width: float) -> Image:
    side = rng.uniform(_SMALLEST, _LARGEST)
    room = (PAD - side) / 2 - _EDGE
    place = MIDDLE + rng.uniform(-room, room, 2)
    return rasterize([Stroke(each + place, width) for each in fitted(digit.strokes, side)])


def _overlap(by: int) -> tuple[slice, slice]:
    """Where pixels arrive and where they come from, along one axis."""
    return slice(max(by, 0), PAD + min(by, 0)), slice(max(-by, 0), PAD + min(-by, 0))


def _mapped(images: Image, x: Doubles, y: Doubles) -> Image:
    """Each pixel of the result looked up at (x, y) from the middle, both (784,)."""
    shape = images.shape
    return looked_up(images, np.broadcast_to(x + MIDDLE, shape), np.broadcast_to(y + MIDDLE, shape))
