"""What is no digit: scribbles and rows of digits to be drawn, and images of noise or of nothing.

Networks learn to answer "none of these" to them. Paths are of any size; images are (m, 784), 0–1.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from core.arrays import Doubles
from core.data.augmentation.handwriting import PenPath, fitted
from core.data.synthetic_digits import Maker, smooth
from core.ink import Stroke, centre
from core.ink.brush import PAD, Image
from core.ink.centring import MIDDLE

_SHARE: Final = 0.7
_SMALLEST: Final = 1e-9
_DASH: Final = 0.35
_DOTS: Final = (1.4, 5.0)
_KNOTS: Final = 7


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


def side_by_side(rng: np.random.Generator, digits: Sequence[PenPath]) -> PenPath:
    """Digits one beside the other, as in 12: of about the same height, some way apart."""
    right = 0.0
    row: list[Doubles] = []
    for path in digits:
        low, high = _corners(path)
        scale = rng.uniform(0.85, 1.15) / max(high[1] - low[1], _SHARE * (high[0] - low[0]))
        corner = np.array([low[0], (low[1] + high[1]) / 2])
        row += [(stroke - corner) * scale + (right, rng.normal(0, 0.05)) for stroke in path]
        right += float(high[0] - low[0]) * scale + rng.uniform(0.08, 0.5)
    return fitted(tuple(row))


def _corners(path: PenPath) -> tuple[Doubles, Doubles]:
    points = np.concatenate(path)
    return points.min(0), points.max(0) + _SMALLEST


def dots(rng: np.random.Generator, count: int) -> Image:
    """(count, 784) dots and short dashes as the lens shows them, drawn by pens of many widths."""
    ends = rng.uniform(-_DASH, _DASH, (count, 2, 2)) * rng.random((count, 1, 1)) + MIDDLE
    widths = rng.uniform(*_DOTS, count)
    drawn = [centre([Stroke(*each)]) for each in zip(ends, widths, strict=True)]
    return np.array(drawn, np.float32).reshape(-1, PAD * PAD)


def blotches(rng: np.random.Generator, count: int) -> Image:
    """(count, 784) light and dark patches that run into each other, as in a small photograph."""
    knots = rng.random((count, _KNOTS, _KNOTS))
    grey = np.einsum("ra,nab,cb->nrc", _BETWEEN_KNOTS, knots, _BETWEEN_KNOTS).reshape(count, -1)
    contrast, dark = rng.uniform(1, 12, (count, 1)), rng.uniform(0.3, 0.7, (count, 1))
    return np.asarray(np.clip((grey - dark) * contrast + 0.5, 0, 1), np.float32)


def _between_knots() -> Doubles:
    """(28, 7) how much each knot counts at each pixel of a row: the two beside it, by distance."""
    places = np.linspace(0, _KNOTS - 1, PAD)
    return np.asarray(np.maximum(1 - np.abs(places[:, None] - np.arange(_KNOTS)), 0))


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


_BETWEEN_KNOTS: Final = _between_knots()
