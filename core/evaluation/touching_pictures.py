"""Pictures of two digits that touch, one of the other's, to measure by how many are told apart.

They are no part of `core.evaluation.synthetic_pictures.KINDS`, whose digits stand alone.
"""

from itertools import pairwise
from typing import Final

import numpy as np

from core.arrays import Doubles
from core.data.augmentation.handwriting import PenPath, fitted
from core.evaluation.paper import Picture, Rng
from core.evaluation.synthetic_pictures import Sources, on_paper

NAME: Final = "two that touch"

_SHARE: Final = 0.7
_SMALLEST: Final = 1e-9
_STEPS: Final = 60
_POINTS: Final = 100
_CLOSE: Final = (0.01, 0.04)
"""How close two paths of height 1 are whose lines touch."""


def touching_pictures(sources: Sources, count: int, seed: int) -> list[Picture]:
    """``count`` pictures; the same arguments give the same ones."""
    return [_touching(np.random.default_rng([seed, each]), sources) for each in range(count)]


def _touching(rng: Rng, sources: Sources) -> Picture:
    (left, first), (right, second) = sources.written(rng), sources.written(rng)
    path = _together(_upright(rng, left), _upright(rng, right), rng.uniform(*_CLOSE))
    return on_paper(rng, fitted(path), (first, second))


def _upright(rng: Rng, path: PenPath) -> PenPath:
    """A path about 1 high, from the left edge on, around the height of 0."""
    points = np.concatenate(path)
    low, high = points.min(0), points.max(0)
    height = max(high[1] - low[1], _SHARE * (high[0] - low[0]), _SMALLEST)
    scale = rng.uniform(0.92, 1.08) / height
    return tuple((stroke - (low[0], (low[1] + high[1]) / 2)) * scale for stroke in path)


def _together(left: PenPath, right: PenPath, close: float) -> PenPath:
    """Both paths, the right one moved to the left until it is as close as that somewhere."""
    fixed, moved = _points(left), _points(right)
    for start in np.linspace(fixed[:, 0].max() + close, 0, _STEPS):
        apart = fixed[:, None] - moved - (start, 0)
        if np.hypot(*apart.T).min() < close:
            break
    return (*left, *(stroke + np.array([start, 0]) for stroke in right))


def _points(path: PenPath) -> Doubles:
    """(100, 2) or fewer points all along a path."""
    along = [np.linspace(start, end, 4) for stroke in path for start, end in pairwise(stroke)]
    points = np.concatenate([*along, *path])
    return np.asarray(points[np.linspace(0, len(points) - 1, _POINTS).astype(np.intp)])
