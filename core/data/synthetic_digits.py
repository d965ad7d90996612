"""Digits and other signs made up for this project, in several styles each.

A sign is written down as the way of the pen on a sheet 100 wide and 100 high, y down: points
``x,y``, strokes divided by ``/``. A stroke that begins with ``~`` runs through its points in a
smooth curve (Catmull and Rom 1974), any other in straight lines. Every copy moves every point a
little, so no two are alike; `core.data.augmentation.handwriting` bends them further.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from core.arrays import Doubles
from core.data.augmentation.handwriting import PenPath
from core.data.rare_digits import RARE_DIGITS
from core.data.synthetic_signs import DOODLES, LETTERS, SIGNS

Maker: TypeAlias = Callable[[np.random.Generator], PenPath]

DIGITS: Final[tuple[tuple[str, ...], ...]] = (
    (
        "~60,0 25,10 0,50 15,90 50,100 85,85 100,50 80,10 50,2",
        "~60,0 25,10 0,50 15,90 50,100 85,85 100,50 80,10 50,2 / 90,8 10,92",
        "~55,0 22,12 5,50 20,92 50,100 78,88 95,50 75,10 50,1 / 118,-8 -15,108",
        "~95,-5 60,2 25,10 2,50 15,90 50,100 85,85 98,50 75,12 40,6 / 85,20 15,80",
        "~15,8 70,0 100,45 65,98 15,85 0,40",
        "~70,0 20,8 0,50 18,92 55,100 88,80 98,45 82,15",
    ),
    (
        "50,0 48,100",
        "18,32 52,0 52,100",
        "0,55 55,0 55,100",
        "0,55 55,0 55,100",
        "0,85 48,0 52,100",
        "~0,50 30,28 50,0 / 50,0 45,100",
        "25,22 50,0 50,100 / 15,100 88,100",
        "50,0 50,100 / 15,100 85,100",
        "22,25 50,0 50,100 10,100 90,100",
        "22,8 50,0 50,100 / 20,100 80,100",
    ),
    (
        "~5,25 30,2 75,6 85,35 50,70 5,98 / 5,98 95,98",
        "~5,25 30,0 80,8 80,40 40,82 8,100 0,85 18,76 45,92 75,100 100,88",
        "~8,20 40,0 80,15 75,45 30,85 5,98 / ~5,98 30,88 65,100 98,90",
        "5,5 85,3 5,97 95,97",
        "~5,12 40,2 68,18 50,45 5,78 0,68 30,68 60,85 100,80",
        "~0,15 35,0 68,10 62,35 20,62 18,70 55,90 100,86",
        "~10,28 40,0 72,22 60,60 15,98 / 15,98 85,98",
    ),
    (
        "~5,15 40,0 85,15 75,40 35,48 / ~35,48 85,55 95,80 50,100 5,88",
        "5,3 85,3 40,40 / ~40,40 85,50 95,78 55,100 5,88",
        "~5,15 45,0 82,18 60,42 35,48 38,40 60,48 92,70 70,98 30,100 0,85",
    ),
    (
        "15,0 5,60 98,60 / 65,25 65,100",
        "~20,0 5,55 / 5,58 98,55 / 85,0 72,100",
        "70,100 70,0 0,65 105,65",
        "70,0 0,65 105,65 / 70,0 70,100",
        "~12,0 8,40 35,55 85,40 / 90,0 78,100",
        "48,0 0,62 100,55 / 68,38 52,100",
        "~55,0 30,35 5,62 100,58 / 72,35 58,100",
        "30,0 5,55 60,55 / 50,20 42,100",
    ),
    (
        "20,5 15,45 / ~15,45 55,35 95,60 80,92 40,100 0,90 / 20,5 92,2",
        "92,2 20,5 15,42 / ~15,42 55,35 95,60 80,92 40,100 0,90",
        "~90,0 30,8 15,40 60,42 90,65 65,98 5,92",
        "~15,20 12,52 60,45 92,70 60,100 5,92 / 12,-4 88,-6",
        "~20,22 30,50 70,45 90,72 50,100 0,88 / 25,0 80,-2",
    ),
    (
        "~75,0 30,25 5,65 25,98 70,98 85,70 50,52 12,70",
        "70,0 15,65 / ~15,65 20,98 70,100 85,75 55,58 18,68",
        "~90,8 60,0 25,25 5,65 25,100 75,95 82,65 45,55 10,75",
    ),
    (
        "5,3 90,3 40,100",
        "5,3 90,3 45,100 / 28,52 88,46",
        "5,20 5,3 90,3 42,100",
        "5,20 8,3 90,3 42,100 / 25,52 85,50",
        "~0,12 25,2 90,4 60,50 42,100",
        "~0,12 25,4 90,2 60,50 42,100 / 30,55 90,45",
        "0,3 100,0 / 62,5 42,100 / 15,55 90,52",
        "5,3 90,3 50,100 / 10,60 95,60",
        "~0,15 25,3 92,4 55,55 45,100 / 10,55 95,52",
        "5,25 5,3 92,3 38,100",
    ),
    (
        "~80,12 50,0 20,12 30,38 70,60 85,85 50,100 15,85 30,60 70,38 80,12",
        "~50,0 22,12 28,40 50,47 75,38 78,12 50,0 / ~50,47 15,65 20,92 50,100 82,92 85,65 50,47",
        "~90,2 45,0 18,18 50,45 85,72 60,100 15,90 25,62 60,40 95,8",
        "~85,10 40,0 15,20 55,50 82,80 45,100 15,78 45,48 70,30 72,5",
        "~20,5 25,35 60,52 82,80 45,100 15,80 40,52 75,32 80,2",
        "~75,8 30,2 25,35 70,58 80,90 30,98 22,70 60,42 70,20",
    ),
    (
        "~85,20 50,0 12,20 25,50 65,48 85,15 / 85,15 80,100",
        "~85,15 50,0 10,22 30,52 70,45 85,12 88,60 80,95 45,105 10,90",
        "~85,15 50,0 10,22 30,48 70,42 85,12 84,60 60,98 15,100",
        "~85,12 45,0 8,22 35,48 80,25 / ~86,5 90,70 70,108 25,105 12,88",
        "~88,15 50,0 10,25 35,50 85,20 / ~85,20 65,70 45,100",
        "~85,15 50,0 10,22 30,50 70,45 85,12 / ~86,14 92,60 70,98 / 70,98 5,98",
        "~85,15 50,0 10,22 30,50 70,45 85,12 / 85,14 88,75 30,105 10,98",
        "~85,12 40,0 5,20 30,42 80,20 85,55 60,95 0,105",
    ),
)
"""The styles of each digit: slashed 0s, 1s with hook and foot, looped 2s, g-shaped 9s, …"""

NON_DIGITS: Final[tuple[str, ...]] = (
    "0,100 48,0 100,100 / 20,62 82,62",
    "~0,100 15,30 50,0 85,30 100,100 / 10,60 90,60",
    "5,0 5,100 / 5,0 90,0 / 5,50 75,50 / 5,100 95,100",
    "90,0 5,0 5,100 95,100 / 5,50 80,50",
    "5,0 5,100 / 5,0 90,0 / 5,48 70,48",
    "90,0 8,0 5,100 / 5,50 75,48",
    "0,0 0,100 / 90,0 90,100 / 0,50 90,50",
    "0,0 0,100 0,50 90,50 90,0 90,100",
    "5,0 5,100 / 90,0 8,55 95,100",
    "5,0 5,100 / 90,0 8,52 / 30,42 95,100",
    "0,100 5,0 50,65 95,0 100,100",
    "0,0 0,100 / 0,0 50,60 100,0 100,100",
    "~0,100 15,5 30,20 48,80 70,10 88,5 100,100",
    "0,100 0,0 90,100 90,0",
    "0,0 0,100 / 0,0 90,100 / 90,100 90,0",
    "5,0 5,100 / ~5,0 75,5 80,40 8,50 / 8,50 90,100",
    "~5,100 5,0 75,5 80,35 10,52 / 20,50 92,100",
    "50,0 50,100 / 0,0 100,0",
    "0,0 100,0 / 52,0 48,100",
    "0,0 25,100 50,30 75,100 100,0",
    "~0,0 20,95 45,90 50,30 60,95 85,95 100,0",
    "0,0 90,100 / 90,0 0,100",
    "~0,0 40,50 90,100 / ~90,0 45,50 0,100",
    "0,0 50,50 / 100,0 40,100",
    "0,0 45,100 90,0",
    "50,0 50,100 / 0,50 100,50",
    "30,0 25,100 / 70,0 65,100 / 0,32 100,30 / 0,68 100,66",
    "50,0 0,90 100,90 50,0",
    "50,0 20,100 100,35 0,35 80,100 50,0",
    "0,50 100,50 / 65,20 100,50 65,80",
    "0,30 100,30 / 0,70 100,70",
)
"""Letters (A E F H K M N R T W X Y V) and signs (+ # △ ☆ → =) that look like no digit."""

_ALL_NON_DIGITS: Final = (*NON_DIGITS, *LETTERS, *SIGNS, *DOODLES)

_JITTER: Final = 4.0
_WIDTHS: Final = (0.5, 1.05)
_PER_CURVE: Final = 8


def digit(rng: np.random.Generator, label: int) -> PenPath:
    """One copy of a digit, in one of its styles."""
    return _written(rng, _one_of(rng, DIGITS[label]))


def any_digit(rng: np.random.Generator, label: int) -> PenPath:
    """One copy of a digit, in one of its styles or of those that few people write."""
    return _written(rng, _one_of(rng, (*DIGITS[label], *RARE_DIGITS.get(label, ()))))


def non_digit(rng: np.random.Generator) -> PenPath:
    """One copy of a letter or sign that is no digit."""
    return _written(rng, _one_of(rng, NON_DIGITS))


def any_non_digit(rng: np.random.Generator) -> PenPath:
    """One copy of a letter, sign or doodle, of all that there are."""
    return _written(rng, _one_of(rng, _ALL_NON_DIGITS))


def smooth(points: Doubles, per_curve: int = _PER_CURVE) -> Doubles:
    """(m, 2) points of the curve of Catmull and Rom through `points` (n, 2)."""
    padded = np.concatenate((points[:1], points, points[-1:]))
    before, here, there, after = (padded[first : len(points) - 1 + first] for first in range(4))
    share = (np.arange(per_curve) / per_curve)[None, :, None]
    bend = 2 * before - 5 * here + 4 * there - after
    twist = 3 * here - before - 3 * there + after
    powers = (2 * here, there - before, bend, twist)
    curve = sum(power[:, None] * share**order for order, power in enumerate(powers)) / 2
    return np.concatenate((np.reshape(curve, (-1, 2)), points[-1:]))


def _one_of(rng: np.random.Generator, choices: tuple[str, ...]) -> str:
    return choices[rng.integers(len(choices))]


def _written(rng: np.random.Generator, sign: str) -> PenPath:
    """The strokes of a sign, of some width, each point a little off.

    Places that are written alike stay together, so that strokes that meet go on meeting.
    """
    wide = np.array([rng.uniform(*_WIDTHS), 1])
    moved: dict[str, Doubles] = {}
    for word in sign.replace("~", "").replace("/", "").split():
        place = np.array(word.split(","), float) * wide
        moved.setdefault(word, place + rng.normal(0, _JITTER, 2))
    return tuple(_stroke(text.split(), moved) for text in sign.split("/"))


def _stroke(words: list[str], moved: dict[str, Doubles]) -> Doubles:
    points = np.array([moved[word.removeprefix("~")] for word in words])
    return smooth(points) if words[0].startswith("~") else points
