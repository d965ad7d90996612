"""Styles: what some people add to a digit, added to a digit that was written without.

Every function takes one generator and a path of size 1 around (0, 0), y down, and returns a path.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from core.arrays import Doubles
from core.data.augmentation.handwriting import PenPath

Style: TypeAlias = Callable[[np.random.Generator, PenPath], PenPath]


def styled(rng: np.random.Generator, path: PenPath, label: int) -> PenPath:
    """The path in one of the styles of its digit, or, more often than not, as it is."""
    draw = rng.random()
    for chance, style in STYLES.get(label, ()):
        if draw < chance:
            return style(rng, path)
        draw -= chance
    return path


def slash(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 0 with a line through it, from above on the right to below on the left."""
    low, high = _box(path)
    reach = (high - low) / 2 * rng.uniform(0.6, 1.35, 2)
    tilt = np.array([1.0, -1.0]) * reach
    middle = (low + high) / 2 + rng.normal(0, 0.03, 2)
    return (*path, np.array([middle + tilt, middle - tilt * rng.uniform(0.85, 1.15)]))


def slash_in_one(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 0 whose end runs straight on through it to the opposite side."""
    low, high = _box(path)
    end = low + (high - low) * (rng.uniform(-0.1, 0.35), rng.uniform(0.75, 1.1))
    return (*path[:-1], np.concatenate((path[-1], end[None])))


def gap(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 0 that is not quite closed."""
    stroke = path[-1]
    kept = int(len(stroke) * rng.uniform(0.8, 0.97))
    return (*path[:-1], stroke[: max(kept, 2)])


def overshoot(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 0 whose end runs on along its start, a little further inside or outside."""
    stroke = path[-1]
    further = stroke[1 : 1 + int(len(stroke) * rng.uniform(0.08, 0.25))]
    middle = sum(_box(path)) / 2
    scale = np.linspace(1, rng.uniform(0.45, 1.15), len(further))[:, None]
    return (*path[:-1], np.concatenate((stroke, middle + (further - middle) * scale)))


def hook(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 1 with an upstroke before it."""
    top = _end(path, top=True)
    angle = rng.uniform(0.35, 1.35)
    length = rng.uniform(0.15, 0.95) * (1.15 - 0.45 * angle)  # long and flat, it is a 7
    start = top + length * np.array([-np.sin(angle), np.cos(angle)])
    return (np.array([start, (start + top) / 2, top]), *path)


def foot(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 1 on a short bar."""
    bottom = _end(path, top=False)
    left, right = rng.uniform(0.12, 0.55, 2)
    rise, below = rng.normal(0, 0.04), rng.normal(0, 0.015)
    return (*path, bottom + np.array([[-left, below + rise], [right, below - rise]]))


def hook_and_foot(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 1 as it is printed."""
    return foot(rng, hook(rng, path))


def bar(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 7 with a bar through its stem."""
    low, high = _box(path)
    height = low[1] + (high - low)[1] * rng.uniform(0.38, 0.78)
    points = np.concatenate(path)
    stem = points[np.abs(points[:, 1] - height).argmin()]
    left, right = rng.uniform(0.12, 0.45, 2)
    rise = rng.normal(0.02, 0.05)
    return (*path, np.array([[stem[0] - left, height + rise], [stem[0] + right, height - rise]]))


def drop(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 7 whose roof begins with a short stroke upwards."""
    start = path[0][0] + (rng.normal(0, 0.03), rng.uniform(0.08, 0.25))
    return (np.concatenate((start[None], path[0])), *path[1:])


def drop_and_bar(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 7 with both."""
    return bar(rng, drop(rng, path))


def tail(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 9 whose stem curls to the left at its end, like a g."""
    end = path[-1][-1]
    if end[1] < 0:
        return path
    wide, high = rng.uniform(0.15, 0.65), rng.uniform(0.06, 0.28)
    angle = np.linspace(0, rng.uniform(1.6, 3.9), 10)[1:, None]
    curl = np.hstack((wide / 2 * (np.cos(angle) - 1), high * np.sin(angle)))
    return (*path[:-1], np.concatenate((path[-1], end + curl)))


def loop(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 2 with a small loop where it turns, below on the left."""
    stroke = path[-1]
    corner = int((stroke[:, 1] - stroke[:, 0]).argmax())
    radius = rng.uniform(0.05, 0.13, 2)
    angle = np.linspace(0.6, 0.6 + 2 * np.pi, 12)[:, None]
    ring = np.hstack((np.cos(angle), np.sin(angle))) * radius
    ring += stroke[corner] - ring[0]
    return (*path[:-1], np.concatenate((stroke[:corner], ring, stroke[corner:])))


def detached_roof(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 5 whose roof is a stroke of its own, some way above the rest."""
    low, high = _box(path)
    roof = np.array([low, (high[0], low[1])]) * (rng.uniform(0.6, 1.1), 1)
    cut = tuple(stroke[stroke[:, 1] > low[1] + rng.uniform(0.05, 0.2)] for stroke in path)
    kept = tuple(stroke for stroke in cut if len(stroke))
    return (*kept, roof + rng.normal(0, 0.03, (2, 2)))


def narrow(rng: np.random.Generator, path: PenPath) -> PenPath:
    """A 4 or an 8 that is much higher than wide."""
    thin = np.array([rng.uniform(0.4, 0.75), 1.0])
    return tuple(stroke * thin for stroke in path)


def uneven(rng: np.random.Generator, path: PenPath) -> PenPath:
    """An 8 or a 6 of which one loop is small: everything is moved up, or down, in the middle."""
    moved = rng.choice((-1, 1)) * rng.uniform(0.1, 0.22)
    return tuple(
        np.column_stack((stroke[:, 0], stroke[:, 1] + moved * np.cos(np.pi * stroke[:, 1])))
        for stroke in path
    )


def _box(path: PenPath) -> tuple[Doubles, Doubles]:
    points = np.concatenate(path)
    return points.min(0), points.max(0)


def _end(path: PenPath, top: bool) -> Doubles:
    points = np.concatenate(path)
    height = points[:, 1]
    return np.asarray(points[height.argmin() if top else height.argmax()])


STYLES: Final[dict[int, tuple[tuple[float, Style], ...]]] = {
    0: ((0.18, slash), (0.05, slash_in_one), (0.12, gap), (0.12, overshoot)),
    1: ((0.3, hook), (0.1, foot), (0.18, hook_and_foot)),
    2: ((0.15, loop),),
    4: ((0.15, narrow),),
    5: ((0.15, detached_roof),),
    6: ((0.2, uneven),),
    7: ((0.25, bar), (0.08, drop), (0.1, drop_and_bar)),
    8: ((0.15, narrow), (0.2, uneven)),
    9: ((0.35, tail),),
}
"""For each digit, which share of the copies gets which style."""
