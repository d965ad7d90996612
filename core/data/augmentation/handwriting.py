"""Other handwritings: the same strokes, as somebody else would write them, or oneself next time.

A path is a tuple of strokes, each (n, 2) points (x, y), y down, in any unit.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeAlias

import numpy as np

from core.arrays import Doubles
from core.ink import Stroke
from core.ink.centring import MIDDLE

PenPath: TypeAlias = tuple[Doubles, ...]

_TURN: Final = 0.14
_STRETCH: Final = 0.17
_LEAN: Final = 0.25
_WAVES: Final = 6
_FREQUENCY: Final = 3.5
_WOBBLE: Final = 0.028
_APART: Final = 0.02
_PEN: Final = 0.2
_GENTLY: Final = 0.7
_SMALLEST: Final = 1e-9


def fitted(path: PenPath, side: float = 1.0, middle: float = 0.0) -> PenPath:
    """The path with its longest side `side` long and its box around (`middle`, `middle`)."""
    points = np.concatenate(path)
    low, high = points.min(0), points.max(0)
    scale = side / max(float((high - low).max()), _SMALLEST)
    return tuple((stroke - (low + high) / 2) * scale + middle for stroke in path)


def varied(rng: np.random.Generator, path: PenPath, strength: float = 1.0) -> PenPath:
    """A path of size 1 around (0, 0) in another handwriting.

    It is turned and leant (by a standard deviation of 8° and 0.25), stretched one way by 17 %,
    bent by a few long waves, and its strokes are moved against each other, all times `strength`.
    """
    turn = _affine(rng, strength)
    frequency = rng.normal(0, _FREQUENCY, (2, _WAVES))
    phase = rng.uniform(0, 2 * np.pi, _WAVES)
    bend = rng.normal(0, strength * _WOBBLE, (_WAVES, 2))
    apart = rng.normal(0, strength * _APART, (len(path), 2))
    return tuple(
        stroke @ turn + np.sin(stroke @ frequency + phase) @ bend + offset
        for stroke, offset in zip(path, apart, strict=True)
    )


def varied_strokes(rng: np.random.Generator, strokes: Sequence[Stroke]) -> tuple[Stroke, ...]:
    """Strokes in a handwriting a little different, and with a pen 20 % thicker or thinner.

    They come out about as large as they were, in the middle of the pad.
    """
    path = tuple(stroke.points for stroke in strokes)
    side = float(np.ptp(np.concatenate(path), axis=0).max())
    copy = varied(rng, fitted(path), _GENTLY)
    pen = np.exp(rng.normal(0, _PEN))
    return tuple(
        replace(stroke, points=points * side + MIDDLE, width=stroke.width * pen)
        for stroke, points in zip(strokes, copy, strict=True)
    )


def _affine(rng: np.random.Generator, strength: float) -> Doubles:
    """(2, 2) a small turn, stretch and lean, for points in rows."""
    angle, stretch, lean = rng.normal(0, strength, 3) * (_TURN, _STRETCH, _LEAN)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    shape = np.array([[np.exp(stretch / 2), 0], [lean, np.exp(-stretch / 2)]])
    return np.asarray(turn @ shape)
