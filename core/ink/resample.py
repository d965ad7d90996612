"""The centring lens for images, which have pixels but no path.

The same three steps as `core.ink.centring`, for many images at once: straighten, scale, centre.
Together they are one affine map per image, so each pixel of the result is looked up once in the
original, between its pixels in straight lines.
"""

from typing import Final

import numpy as np

from core.arrays import Doubles, read_only
from core.ink.brush import PAD, Image
from core.ink.centring import LARGEST_ZOOM, LONGEST_SIDE, MIDDLE, View, slant

_FAINTEST: Final = 0.1
_AT_ONCE: Final = 512
_FRAME: Final = 1
_WIDE: Final = PAD + 2 * _FRAME

_ROWS, _COLUMNS = np.divmod(np.arange(PAD * PAD), PAD)
PIXEL_X: Final[Doubles] = _COLUMNS + 0.5
PIXEL_Y: Final[Doubles] = _ROWS + 0.5
"""(784,) where the middles of an image's pixels are."""


def centre_many(images: Image) -> Image:
    """(m, 784) what the lens shows of images (m, 784) with values 0–1; blank ones stay blank."""
    result = np.zeros_like(images, dtype=np.float32)
    for first in range(0, len(images), _AT_ONCE):
        some = images[first : first + _AT_ONCE]
        inked = some.max(1) >= _FAINTEST
        result[first : first + _AT_ONCE][inked] = _centred(some[inked])
    return result


def _centred(images: Image) -> Image:
    mass = images.sum(1)
    middle_x, middle_y = images @ PIXEL_X / mass, images @ PIXEL_Y / mass
    y = PIXEL_Y - middle_y[:, None]
    x = PIXEL_X - middle_x[:, None]
    weights = images / mass[:, None]
    lean = slant((weights * x * y).sum(1), (weights * y * y).sum(1))
    zoom = _zoom(images, x - lean[:, None] * y, y)
    back_y = (PIXEL_Y - MIDDLE) / zoom[:, None]
    back_x = (PIXEL_X - MIDDLE) / zoom[:, None] + lean[:, None] * back_y
    return looked_up(images, back_x + middle_x[:, None], back_y + middle_y[:, None])


def look_at_image(image: Image) -> View:
    """What the lens shows of an image (28, 28) with values 0–1; nothing is moved of a blank one."""
    flat = image.reshape(1, -1)
    shown = centre_many(flat).reshape(PAD, PAD)
    return View(read_only(shown), _map(flat[0]) if shown.any() else np.eye(2, 3))


def _map(image: Image) -> Doubles:
    """(2, 3) the affine map from an image (784,) to what the lens shows of it, in pixels."""
    mass = image.sum()
    middle = np.array([image @ PIXEL_X, image @ PIXEL_Y]) / mass
    x, y = PIXEL_X - middle[0], PIXEL_Y - middle[1]
    lean = float(slant(image @ (x * y) / mass, image @ (y * y) / mass))
    zoom = float(_zoom(image[None], (x - lean * y)[None], y[None])[0])
    fit = zoom * np.array([[1, -lean], [0, 1]])
    return np.column_stack((fit, MIDDLE - fit @ middle))


def longest_sides(images: Image, x: Doubles, y: Doubles) -> Doubles:
    """(m,) the longer side of the box around the ink, from where each pixel is (both (m, 784)).

    A grey pixel is one that ink covers in part: ink ends as far into it as it is dark. No side is
    shorter than a pixel.
    """
    reach = np.where(images >= _FAINTEST, images - 0.5, -np.inf)
    wide = (x + reach).max(1) - (x - reach).min(1)
    high = (y + reach).max(1) - (y - reach).min(1)
    return np.asarray(np.maximum(np.maximum(wide, high), 1))


def _zoom(images: Image, x: Doubles, y: Doubles) -> Doubles:
    """(m,) how much to enlarge, from where each pixel of ink is (both (m, 784))."""
    return np.asarray(np.minimum(LARGEST_ZOOM, LONGEST_SIDE / longest_sides(images, x, y)))


def looked_up(images: Image, x: Doubles, y: Doubles) -> Image:
    """(m, 784) the images at points (x, y), each (m, 784): bilinear, blank outside."""
    framed = np.pad(images.reshape(-1, PAD, PAD), ((0, 0), (_FRAME, _FRAME), (_FRAME, _FRAME)))
    x, y = (np.clip(at - 0.5 + _FRAME, 0, _WIDE - 1.001) for at in (x, y))
    column, row = x.astype(np.intp), y.astype(np.intp)
    right, down = (x - column).astype(np.float32), (y - row).astype(np.float32)
    corner = row * _WIDE + column + np.arange(len(images))[:, None] * _WIDE * _WIDE
    pixels = framed.ravel()
    upper = pixels[corner] * (1 - right) + pixels[corner + 1] * right
    lower = pixels[corner + _WIDE] * (1 - right) + pixels[corner + _WIDE + 1] * right
    return np.asarray(upper * (1 - down) + lower * down, np.float32)
