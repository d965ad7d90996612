"""The examples of a training for people: many handwritings, many styles, and negatives.

One round holds a changed copy of every MNIST image, several of every pen digit, and synthetic
examples: digits, signs, scribbles and noise made for this project. Pen strokes are drawn by the
project's own ink and all is seen through its lens. Signs, scribbles and noise are negatives: no
digit, with ten zeros for their target.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arrays import Array
from core.data import synthetic_digits
from core.data.augmentation.distortion import distorted
from core.data.augmentation.handwriting import PenPath, fitted, varied
from core.data.augmentation.styles import styled
from core.data.images import Images
from core.data.non_digits import blank, noise, scribble, uniform_noise
from core.data.pen_digits import PenDigit
from core.ink import Stroke, centre, centre_images
from core.ink.brush import DEFAULT_WIDTH, PAD, Image
from core.ink.centring import MIDDLE
from core.progress import Report, unreported

Bytes = NDArray[np.uint8]

NEGATIVE: Final = 10
"""The label of what is no digit."""

_COPIES_OF_PEN_DIGITS: Final = 4
_SHARES: Final = (0.22, 0.18, 0.54, 0.06)
"""Of digits, signs, scribbles and noise among the synthetic examples."""

_PARTS: Final = 4 + _COPIES_OF_PEN_DIGITS + 1
_SIDE: Final = 20.0
_PEN: Final = 0.35
_THINNEST, _THICKEST = 1.4, 3.6

_TARGETS: Final = np.vstack((np.eye(10), np.zeros(10))).astype(np.float32)


class Pixels:
    """Images (m, 784) kept as one byte per pixel, and handed out as float32 from 0 to 1."""

    def __init__(self, pixels: Bytes) -> None:
        self._pixels = pixels

    def __len__(self) -> int:
        return len(self._pixels)

    def __getitem__(self, chosen: Any) -> Array:
        images: Array = np.divide(self._pixels[chosen], np.float32(255), dtype=np.float32)
        return images


@dataclass(frozen=True, eq=False)
class Examples:
    """``pixels`` (m, 784) as bytes, ``labels`` (m,) 0-10, and the contributor of each, or ''."""

    pixels: Bytes
    labels: Bytes
    contributors: NDArray[np.str_]

    def without(self, held_out: Sequence[str]) -> "Examples":
        """The examples that none of these contributors wrote."""
        if not held_out:
            return self
        kept = ~np.isin(self.contributors, held_out)
        return Examples(self.pixels[kept], self.labels[kept], self.contributors[kept])

    @property
    def inputs(self) -> Pixels:
        """What a training is shown."""
        return Pixels(self.pixels)

    @property
    def targets(self) -> Array:
        """(m, 10): 1 for the right digit and 0 for the others; only zeros for a negative."""
        return np.asarray(_TARGETS[self.labels])

    def weights(self, negative_weight: float) -> Array:
        """(m,) how often each example counts: ``negative_weight`` times, a digit once."""
        return np.where(self.labels == NEGATIVE, negative_weight, 1).astype(np.float32)


def build_examples(
    mnist: Images,
    pen_digits: Sequence[PenDigit],
    *,
    rounds: int,
    seed: int,
    synthetic: int = 60_000,
    report: Report = unreported,
) -> Examples:
    """That many rounds of examples from centred MNIST images and pen digits.

    The same arguments give the same bytes. ``synthetic`` is the number of digits, signs, scribbles
    and images of noise in a round that are made up.
    """
    rng = np.random.default_rng(seed)
    parts = []
    for done in range(rounds):
        for number, part in enumerate(_round(rng, mnist, pen_digits, synthetic), start=1):
            parts.append(part)
            report("Drawing", (done + number / _PARTS) / rounds)
    return _joined(parts)


def digit_images(pen_digits: Sequence[PenDigit]) -> Images:
    """The digits as they were written, drawn by the usual pen and seen through the lens."""
    drawn = _stack([seen(fitted(digit.strokes)) for digit in pen_digits])
    return Images(drawn, np.array([digit.label for digit in pen_digits], np.uint8))


def non_digit_images(rng: np.random.Generator, count: int) -> dict[str, Image]:
    """``count`` images (count, 784) of each kind of what is no digit, by the name of the kind."""
    signs = (fitted(synthetic_digits.non_digit(rng)) for _ in range(count))
    return {
        "uniform noise": uniform_noise(rng, count),
        "uniform noise, centred": centre_images(uniform_noise(rng, count)),
        "scribbles": _stack([seen(scribble(rng)) for _ in range(count)]),
        "letters and signs": _stack([seen(varied(rng, sign)) for sign in signs]),
        "blank": blank(1),
    }


def seen(path: PenPath, width: float = DEFAULT_WIDTH) -> Image:
    """(784,) a path of any size as the lens shows it, drawn with a pen of this width."""
    return centre([Stroke(stroke, width) for stroke in fitted(path, _SIDE, MIDDLE)]).reshape(-1)


def _round(
    rng: np.random.Generator, mnist: Images, pen_digits: Sequence[PenDigit], synthetic: int
) -> Iterator[Examples]:
    yield _part(distorted(rng, mnist.images), mnist.labels)
    contributors = [digit.contributor for digit in pen_digits]
    labels = [digit.label for digit in pen_digits]
    for _ in range(_COPIES_OF_PEN_DIGITS):
        copies = (styled(rng, fitted(each.strokes), each.label) for each in pen_digits)
        yield _part(_drawn(rng, copies), labels, contributors)
    typed, signs, scribbles, noises = (round(share * synthetic) for share in _SHARES)
    labels = [number % 10 for number in range(typed)]
    yield _part(_drawn(rng, (synthetic_digits.digit(rng, label) for label in labels)), labels)
    yield _part(_drawn(rng, (synthetic_digits.non_digit(rng) for _ in range(signs))))
    yield _part(_stack([_by_some_pen(rng, scribble(rng)) for _ in range(scribbles)]))
    yield _part(_noise(rng, noises))


def _drawn(rng: np.random.Generator, paths: Iterator[PenPath]) -> Image:
    """(m, 784) each path in another handwriting, with another pen."""
    return _stack([_by_some_pen(rng, varied(rng, fitted(path))) for path in paths])


def _by_some_pen(rng: np.random.Generator, path: PenPath) -> Image:
    width = np.clip(rng.normal(DEFAULT_WIDTH, _PEN), _THINNEST, _THICKEST)
    return seen(path, float(width))


def _noise(rng: np.random.Generator, count: int) -> Image:
    """Noise of all kinds, as it is and centred, and now and then nothing at all."""
    kinds = [noise(rng, count // 4), uniform_noise(rng, count // 4)]
    return np.concatenate([*kinds, *map(centre_images, kinds), blank(count // 100)])


def _stack(images: Sequence[Image]) -> Image:
    return np.array(images, np.float32).reshape(-1, PAD * PAD)


def _part(images: Image, labels: ArrayLike = NEGATIVE, contributors: ArrayLike = "") -> Examples:
    return Examples(
        np.round(images * 255).astype(np.uint8),
        np.broadcast_to(np.asarray(labels, np.uint8), len(images)),
        np.broadcast_to(np.asarray(contributors, np.str_), len(images)),
    )


def _joined(parts: Sequence[Examples]) -> Examples:
    return Examples(
        np.concatenate([part.pixels for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.contributors for part in parts]),
    )
