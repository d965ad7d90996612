"""Changed copies of images, for networks that are to read more than they were shown.

Each copy is turned, leant, scaled, moved, bent like rubber (Simard, Steinkraus and Platt 2003) and
drawn with a thinner or thicker pen, all at random and all in one look at the original.
"""

from typing import Final

import numpy as np

from core.arrays import Doubles
from core.ink.brush import PAD, Image
from core.ink.centring import MIDDLE
from core.ink.resample import PIXEL_X, PIXEL_Y, looked_up

_TURN: Final = 0.055
_LEAN: Final = 0.06
_SCALE: Final = 0.035
_MOVE: Final = 0.25
_KNOTS: Final = 6
_BEND: Final = 0.4
_AT_ONCE: Final = 1000

_X, _Y = PIXEL_X - MIDDLE, PIXEL_Y - MIDDLE


def distorted(rng: np.random.Generator, images: Image) -> Image:
    """(m, 784) one changed copy of each of the images (m, 784), values 0–1."""
    copies = np.empty(images.shape, np.float32)
    for first in range(0, len(images), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        moved = looked_up(images[some], *_places(rng, len(images[some])))
        copies[some] = _with_another_pen(rng, moved)
    return copies


def _places(rng: np.random.Generator, count: int) -> tuple[Doubles, Doubles]:
    """Where in the original each pixel of each copy is looked up: x and y, each (m, 784)."""
    turn, lean = rng.normal(0, _TURN, (count, 1)), rng.normal(0, _LEAN, (count, 1))
    wide, high = np.exp(rng.normal(0, _SCALE, (2, count, 1)))
    move = rng.normal(0, _MOVE, (2, count, 1))
    x = (np.cos(turn) * wide) * _X + (lean - np.sin(turn)) * _Y + move[0] + MIDDLE
    y = np.sin(turn) * _X + (np.cos(turn) * high) * _Y + move[1] + MIDDLE
    bend = _BEND * rng.standard_normal((2, count, _KNOTS * _KNOTS)) @ _BETWEEN_KNOTS
    return x + bend[0], y + bend[1]


def _with_another_pen(rng: np.random.Generator, images: Image) -> Image:
    """Thicker where a neighbour is darker, or thinner where one is lighter, by a random share."""
    framed = np.pad(images.reshape(-1, PAD, PAD), ((0, 0), (1, 1), (1, 1)))
    around = [
        framed[:, 1 + down : PAD + 1 + down, 1 + right : PAD + 1 + right]
        for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0))
    ]
    share = rng.uniform(-0.6, 0.6, (len(images), 1)).astype(np.float32)
    darkest = np.maximum.reduce(around).reshape(images.shape)
    lightest = np.minimum.reduce(around).reshape(images.shape)
    thicker = np.maximum(share, 0) * np.maximum(darkest - images, 0)
    thinner = np.minimum(share, 0) * np.maximum(images - lightest, 0)
    return np.asarray(images + thicker + thinner)


def _between_knots() -> Doubles:
    """(36, 784) how much each knot of a coarse net counts at each pixel: bell-shaped, sum of 1."""
    knots = np.linspace(0, PAD, _KNOTS)
    pixels = np.arange(PAD) + 0.5
    bells = np.exp(-(((pixels - knots[:, None]) / (PAD / (_KNOTS - 1))) ** 2) * 1.5)
    weights = np.einsum("ar,bc->abrc", bells, bells).reshape(_KNOTS**2, -1)
    return np.asarray(weights / np.sqrt((weights**2).sum(0)))


_BETWEEN_KNOTS: Final = _between_knots()
