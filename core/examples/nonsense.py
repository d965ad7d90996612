"""What is no digit: scribbles to be drawn, and images of noise or of nothing.

Networks learn to answer "none of these" to them. Paths are of any size; images are (m, 784), 0–1.
"""

from typing import Final

import numpy as np

from core.arrays import Doubles
from core.examples.glyphs import Maker, smooth
from core.examples.hand import Path
from core.ink.brush import Image


def scribble(numbers: np.random.Generator) -> Path:
    """A scribble of one of many kinds."""
    return _KINDS[numbers.integers(len(_KINDS))](numbers)


def _tangle(numbers: np.random.Generator) -> Path:
    """A curve through a few places chosen without any plan."""
    return (smooth(numbers.random((numbers.integers(7, 20), 2)), 6),)


def _wandering(numbers: np.random.Generator) -> Path:
    """A pen that walks on and turns as it likes."""
    turns = numbers.normal(0, numbers.uniform(0.5, 1.4), numbers.integers(60, 160))
    angles = numbers.uniform(0, 2 * np.pi) + np.cumsum(turns)
    return (smooth(np.cumsum(np.column_stack((np.cos(angles), np.sin(angles))), axis=0), 3),)


def _crossing(numbers: np.random.Generator) -> Path:
    """Several straight lines across each other."""
    return tuple(numbers.random((numbers.integers(4, 10), 2, 2)))


def _angular(numbers: np.random.Generator) -> Path:
    """A broken line through places without any plan."""
    return (numbers.random((numbers.integers(7, 15), 2)),)


def _hatching(numbers: np.random.Generator) -> Path:
    """To and fro, as one fills an area."""
    count = numbers.integers(6, 16)
    across = np.where(np.arange(count) % 2, 1.0, 0.0) + numbers.normal(0, 0.12, count)
    along = np.linspace(0, numbers.uniform(0.3, 1.4), count) + numbers.normal(0, 0.03, count)
    return (np.column_stack((across, along)) @ _turned(numbers),)


def _coil(numbers: np.random.Generator) -> Path:
    """Loop after loop, on the spot, outwards, or along a line."""
    turns = numbers.uniform(2.5, 6)
    angle = np.linspace(0, turns * 2 * np.pi, int(turns * 14))
    radius = np.linspace(numbers.uniform(0.05, 0.35), 1, len(angle)) + numbers.normal(0, 0.04)
    ring = np.column_stack((np.cos(angle), np.sin(angle) * numbers.uniform(0.4, 1)))
    drift = np.linspace(0, numbers.uniform(0, 4), len(angle))[:, None] * (1.0, 0.2)
    return ((ring * radius[:, None] + drift) @ _turned(numbers),)


def _turned(numbers: np.random.Generator) -> Doubles:
    angle = numbers.uniform(0, 2 * np.pi)
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


_KINDS: Final[tuple[Maker, ...]] = (
    _tangle,
    _wandering,
    _crossing,
    _angular,
    _hatching,
    _coil,
)


def noise(numbers: np.random.Generator, count: int) -> Image:
    """(count, 784) images whose pixels know nothing of each other, from sparse to full."""
    grey = numbers.random((count, 784), dtype=np.float32)
    share = numbers.uniform(0.05, 1.5, (count, 1))
    return np.where(numbers.random((count, 784)) < share, grey, 0).astype(np.float32)


def uniform_noise(numbers: np.random.Generator, count: int) -> Image:
    """(count, 784) images, every pixel anything from 0 to 1."""
    return numbers.random((count, 784), dtype=np.float32)


def blank(count: int) -> Image:
    """(count, 784) empty images."""
    return np.zeros((count, 784), np.float32)
