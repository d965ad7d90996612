"""Paper and pens, light and cameras: what pictures of digits are made with.

Sizes are in pixels, ``shape`` is (h, w), and ink and light are from 0 to 1.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Doubles
from core.data.augmentation.handwriting import PenPath, fitted
from core.ink.brush import squared_distances
from core.pictures.filters import blurred

Rng = np.random.Generator


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture (h, w) of grey bytes, and the digits on it in reading order."""

    grey: NDArray[np.uint8]
    labels: tuple[int, ...]


def somewhere(
    rng: Rng, path: PenPath, shape: tuple[int, int], smallest: float, largest: float
) -> PenPath:
    """A path of size 1, this share of the picture's height large, somewhere on it."""
    height, width = shape
    size = height * rng.uniform(smallest, largest)
    room = (np.array([width, height]) - size * 1.08) / 2
    middle = np.array([width, height]) / 2 + rng.uniform(-1, 1, 2) * room
    return tuple(stroke * size + middle for stroke in path)


def inked(path: PenPath, shape: tuple[int, int], width: float) -> Array:
    """(h, w) the ink of a pen, 0-1, with an edge one pixel wide."""
    ink = np.zeros(shape, np.float32)
    for stroke in path:
        for start, end in pairwise(stroke):
            _segment(ink, start, end, width)
    return ink


def _segment(ink: Array, start: Doubles, end: Doubles, width: float) -> None:
    low = np.maximum(np.minimum(start, end) - width / 2 - 1, 0).astype(int)
    high = (np.maximum(start, end) + width / 2 + 2).astype(int)
    near = ink[low[1] : high[1], low[0] : high[0]]
    y, x = (low[axis] + np.arange(near.shape[1 - axis]) + 0.5 for axis in (1, 0))
    (squared,) = squared_distances(start[:, None], end[:, None], x, y[:, None])
    np.maximum(near, np.clip(width / 2 + 0.5 - np.sqrt(squared), 0, 1), out=near, casting="unsafe")


def in_perspective(rng: Rng, path: PenPath) -> PenPath:
    """A path of size 1 on paper that lies turned, and aslant to the camera."""
    angle, (px, py) = rng.normal(0, 0.12), rng.normal(0, 0.2, 2)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    far = (stroke @ turn / (1 + stroke @ (px, py))[:, None] for stroke in path)
    return fitted(tuple(far))


def paper(rng: Rng, shape: tuple[int, int]) -> Array:
    """(h, w) paper that light falls on from one side."""
    y, x = places(shape)
    fall = rng.uniform(0, 0.35) * (np.cos(angle := rng.uniform(0, 6.3)) * x + np.sin(angle) * y)
    return np.asarray(rng.uniform(0.7, 0.95) * (1 - np.abs(fall)), np.float32)


def shade(rng: Rng, shape: tuple[int, int]) -> Array:
    """(h, w) what is left of the light where a hand throws a shadow."""
    y, x = places(shape)
    across = np.cos(angle := rng.uniform(0, 6.3)) * x + np.sin(angle) * y
    edge = np.clip((across - rng.uniform(-0.2, 0.2)) / rng.uniform(0.02, 0.2), 0, 1)
    return np.asarray(1 - (1 - rng.uniform(0.45, 0.7)) * edge, np.float32)


def lines(rng: Rng, shape: tuple[int, int], ways: tuple[bool, bool]) -> Array:
    """(h, w) the ruling of paper, 0-1, level and upright lines as ``ways`` says."""
    y, x = places(shape)
    lean, gap = rng.normal(0, 0.03), rng.uniform(18, 44) / shape[0]
    ruled = np.zeros(shape, np.float32)
    for used, along, across in zip(ways, (x, y), (y, -x), strict=True):
        if used:
            phase = (across + lean * along) / gap + rng.random()
            far = np.abs(phase - np.round(phase)) * gap * shape[0]
            ruled = np.maximum(ruled, np.clip(1.4 - far, 0, 1))
    return ruled


def places(shape: tuple[int, int]) -> tuple[Doubles, Doubles]:
    """Where every pixel is, y and x from the middle, in heights."""
    height, width = shape
    y, x = np.mgrid[:height, :width]
    return (y - height / 2) / height, (x - width / 2) / height


def coloured(rng: Rng, ink: Array) -> Array:
    """Dark ink on light paper, or light ink on a dark ground."""
    light, dark = rng.uniform(0.85, 1), rng.uniform(0, 0.25)
    ink = ink if rng.random() < 0.5 else 1 - ink
    return np.asarray(dark + (light - dark) * ink, np.float32)


def _noise(rng: Rng, light: Array, noise: float) -> Array | float:
    return rng.normal(0, noise, light.shape).astype(np.float32) if noise else 0.0


def taken(rng: Rng, light: Array, *labels: int, noise: float) -> Picture:
    """What a camera makes of it: out of focus by a pixel or so, noisy, in bytes."""
    seen = blurred(light, int(rng.integers(0, 3)) if noise else 0) + _noise(rng, light, noise)
    return Picture(np.round(np.clip(seen, 0, 1) * 255).astype(np.uint8), labels)
