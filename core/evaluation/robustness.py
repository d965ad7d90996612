"""Robustness: how well a network reads what was changed, and how much a drawing is changed.

Each kind of change has an amount, in its own unit, and can be measured on any image in that unit.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from core.arrays import Doubles
from core.evaluation.perturbations import noisy, shifted, thickened, turned, zoomed
from core.ink.brush import PAD, Image
from core.ink.centring import MIDDLE
from core.ink.resample import PIXEL_X, PIXEL_Y, longest_sides

AMOUNTS: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType(
    {
        "shift": (0, 1, 2, 3, 4, 5, 6, 8),
        "size": (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3),
        "rotation": (-45, -30, -20, -10, 0, 10, 20, 30, 45),
        "stroke": (-1.5, -1, -0.5, 0, 0.5, 1, 2, 3),
        "noise": (0, 0.1, 0.2, 0.3, 0.4, 0.5),
    }
)
"""What is tried of each kind: pixels to one of four sides, times as large, degrees clockwise,
pixels wider, and the standard deviation of the noise on each pixel, whose values are 0-1."""

UNCHANGED: Final[Mapping[str, float]] = MappingProxyType(
    {"shift": 0, "size": 1, "rotation": 0, "stroke": 0, "noise": 0}
)
"""The amount of each kind that changes nothing."""

_SEED: Final = 1_000_003
_MARGIN: Final = 2
_FAINTEST: Final = 1e-6


def changed(kind: str, amount: float, images: Image) -> Image:
    """(m, 784) images changed by an amount of a kind; always the same. ``KeyError`` for no kind.

    A shift of a whole number of pixels goes right, down, left and up from one image to the next.
    """
    change: dict[str, Callable[[], Image]] = {
        "shift": lambda: _shifted(images, int(amount)),
        "size": lambda: zoomed(images, amount),
        "rotation": lambda: turned(images, amount),
        "stroke": lambda: thickened(images, amount),
        "noise": lambda: noisy(np.random.default_rng(_SEED), images, amount),
    }
    return images if amount == UNCHANGED[kind] else change[kind]()


def measured(images: Image) -> dict[str, Doubles]:
    """What images (m, 784) of ink measure, each (m,), by kind of change.

    ``shift`` is how far the centre of their ink is from the middle, in pixels; ``size`` the longer
    side of the box around it, in pixels; ``rotation`` the angle of its long axis, in degrees
    clockwise from upright, -90 to 90; ``stroke`` twice its area by the length of its edge, which
    is the width of a long line, in pixels; ``noise`` the standard deviation of the noise that
    makes the margin of the image as bright as it is.
    """
    mass = np.maximum(images.sum(axis=1, dtype=np.float64), _FAINTEST)
    middle_x, middle_y = images @ PIXEL_X / mass, images @ PIXEL_Y / mass
    x, y = PIXEL_X - middle_x[:, None], PIXEL_Y - middle_y[:, None]
    return {
        "shift": np.hypot(middle_x - MIDDLE, middle_y - MIDDLE),
        "size": longest_sides(images, x, y),
        "rotation": _angles(images, x, y),
        "stroke": 2 * mass / np.maximum(_edges(images), _FAINTEST),
        "noise": _margin_noise(images),
    }


def usual_measures(images: Image) -> dict[str, Doubles]:
    """By kind, the median measure of images (m, 784) at each of its `AMOUNTS`; it never falls."""
    return {
        kind: np.maximum.accumulate(
            [np.median(measured(changed(kind, amount, images))[kind]) for amount in amounts]
        )
        for kind, amounts in AMOUNTS.items()
    }


def amounts_of(image: Image, usual: dict[str, Doubles]) -> dict[str, float]:
    """Where an image (784,) is among the `AMOUNTS` of each kind, by what it measures.

    That is the amount by which ``usual`` images are changed that measure the same.
    """
    own = measured(image[None])
    return {
        kind: float(np.interp(own[kind][0], usual[kind], amounts))
        for kind, amounts in AMOUNTS.items()
    }


def _shifted(images: Image, pixels: int) -> Image:
    result = np.empty_like(images)
    for direction in range(4):
        result[direction::4] = shifted(images[direction::4], pixels, direction)
    return result


def _angles(images: Image, x: Doubles, y: Doubles) -> Doubles:
    """(m,) the angle of the first principal axis of the ink at (x, y), each (m, 784)."""
    across, down = (images * x * x).sum(axis=1), (images * y * y).sum(axis=1)
    return np.asarray(-np.degrees(np.arctan2(2 * (images * x * y).sum(axis=1), down - across)) / 2)


def _edges(images: Image) -> Doubles:
    """(m,) the length of the edges of the ink, in pixels: how much it changes, summed up."""
    framed = np.pad(images.reshape(-1, PAD, PAD).astype(np.float64), ((0, 0), (1, 1), (1, 1)))
    across = framed[:, :-1, 1:] - framed[:, :-1, :-1]
    down = framed[:, 1:, :-1] - framed[:, :-1, :-1]
    return np.asarray(np.hypot(across, down).sum(axis=(1, 2)))


def _margin_noise(images: Image) -> Doubles:
    """(m,) of noise around 0 that is cut at 0, half of the squares are left."""
    inner = np.zeros((PAD, PAD), bool)
    inner[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN] = True
    margin = images[:, ~inner.ravel()].astype(np.float64)
    return np.asarray(np.sqrt(2 * (margin**2).mean(axis=1)))
