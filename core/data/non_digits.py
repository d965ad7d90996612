"""What is no digit: scribbles to be drawn, and images of noise or of nothing.

Networks learn to answer "none of these" to them. Paths are of any size; images are (m, 784), 0–1.
"""

from typing import Final

import numpy as np

from core.arrays import Doubles
from core.data.augmentation.handwriting import PenPath
from core.data.synthetic_digits import Maker, smooth
from core.ink.brush import Image


def scribble(rng: np.random.Generator) -> PenPath:
    """A scribble of one of many kinds."""
    return _KINDS[rng.integers(len(_KINDS))](rng)


def _tangle(rng: np.random.Generator) -> PenPath:
    """A curve through a few places chosen without any plan."""
    return (smooth(rng.random((rng.integers(7, 20), 2)), 6),)


def _wandering(rng: np.random.Generator) -> PenPath:
    """A pen that walks on and turns as it likes."""
    turns = rng.normal(0, rng.uniform(0.5, 1.4), rng.integers(60, 160))
    angles = rng.uniform(0, 2 * np.pi) + np.cumsum(turns)
    return (smooth(np.cumsum(np.column_stack((np.cos(angles), np.sin(angles))), axis=0), 3),)


def _crossing(rng: np.random.Generator) -> PenPath:
    """Several straight lines across each other."""
    return tuple(rng.random((rng.integers(4, 10), 2, 2)))


def _angular(rng: np.random.Generator) -> PenPath:
    """A broken line through places without any plan."""
    return (rng.random((rng.integers(7, 15), 2)),)


def _hatching(rng: np.random.Generator) -> PenPath:
    """To and fro, as one fills an area."""
    count = rng.integers(6, 16)
    across = np.where(np.arange(count) % 2, 1.0, 0.0) + rng.normal(0, 0.12, count)
    along = np.linspace(0, rng.uniform(0.3, 1.4), count) + rng.normal(0, 0.03, count)
    return (np.column_stack((across, along)) @ _turned(rng),)


def _coil(rng: np.random.Generator) -> PenPath:
    """Loop after loop, on the spot, outwards, or along a line."""
    turns = rng.uniform(2.5, 6)
    angle = np.linspace(0, turns * 2 * np.pi, int(turns * 14))
    radius = np.linspace(rng.uniform(0.05, 0.35), 1, len(angle)) + rng.normal(0, 0.04)
    ring = np.column_stack((np.cos(angle), np.sin(angle) * rng.uniform(0.4, 1)))
    drift = np.linspace(0, rng.uniform(0, 4), len(angle))[:, None] * (1.0, 0.2)
    return ((ring * radius[:, None] + drift) @ _turned(rng),)


def _turned(rng: np.random.Generator) -> Doubles:
    angle = rng.uniform(0, 2 * np.pi)
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


_KINDS: Final[tuple[Maker, ...]] = (
    _tangle,
    _wandering,
    _crossing,
    _angular,
    _hatching,
    _coil,
)


def noise(rng: np.random.Generator, count: int) -> Image:
    """(count, 784) images whose pixels know nothing of each other, from sparse to full."""
    grey = rng.random((count, 784), dtype=np.float32)
    share = rng.uniform(0.05, 1.5, (count, 1))
    return np.where(rng.random((count, 784)) < share, grey, 0).astype(np.float32)


def uniform_noise(rng: np.random.Generator, count: int) -> Image:
    """(count, 784) images, every pixel anything from 0 to 1."""
    return rng.random((count, 784), dtype=np.float32)


def blank(count: int) -> Image:
    """(count, 784) empty images."""
    return np.zeros((count, 784), np.float32)
