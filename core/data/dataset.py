"""The examples of a training for people: many handwritings, many styles, and negatives.

One round holds a changed copy of every MNIST image, several of people's pen digits and of their
letters that resemble no digit, and synthetic examples: digits, rows of people's digits, signs,
scribbles and noise made for this project. Pen strokes are drawn by the project's own ink and all is
seen through its lens. All but single digits are negatives, with ten zeros for their target.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
from core.data.non_digits import (
    blank,
    blotches,
    dots,
    noise,
    scribble,
    side_by_side,
    uniform_noise,
)
from core.data.pen_digits import PenDigit, PenSign
from core.ink import Stroke, centre, centre_images
from core.ink.brush import DEFAULT_WIDTH, PAD, Image
from core.ink.centring import MIDDLE
from core.progress import Report, unreported

Bytes = NDArray[np.uint8]

NEGATIVE: Final = 10
"""The label of what is no digit."""

_MNIST: Final = "MNIST"
"""Who is said to have written MNIST's images, whose writers nobody knows."""

_COPIES_OF_PEN_DIGITS: Final = 4
_COPIES_OF_PEN_SIGNS: Final = 12
_SHARES: Final = (0.22, 0.12, 0.3, 0.3, 0.06)
"""Of digits, rows of digits, signs, scribbles and noise among the synthetic examples."""

_PARTS: Final = 1 + _COPIES_OF_PEN_DIGITS + _COPIES_OF_PEN_SIGNS + len(_SHARES)
_LONGEST_ROW: Final = 3
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
    """``pixels`` (m, 784) as bytes, ``labels`` (m,) 0-10, and each one's person, MNIST, or ''."""

    pixels: Bytes
    labels: Bytes
    persons: NDArray[np.str_]

    def without(self, held_out: Sequence[str]) -> "Examples":
        """The examples that none of these persons wrote."""
        if not held_out:
            return self
        kept = ~np.isin(self.persons, held_out)
        return Examples(self.pixels[kept], self.labels[kept], self.persons[kept])

    @property
    def inputs(self) -> Pixels:
        """What a training is shown."""
        return Pixels(self.pixels)

    @property
    def targets(self) -> Array:
        """(m, 10): 1 for the right digit and 0 for the others; only zeros for a negative."""
        return np.asarray(_TARGETS[self.labels])

    def weights(self, negative_weight: float, mnist_weight: float = 1) -> Array:
        """(m,) how often each example counts: a negative or an MNIST image so many times."""
        digits = np.where(self.persons == _MNIST, mnist_weight, 1)
        return np.where(self.labels == NEGATIVE, negative_weight, digits).astype(np.float32)


def build_examples(
    mnist: Images,
    pen_digits: Sequence[PenDigit],
    pen_signs: Sequence[PenSign] = (),
    *,
    rounds: int,
    seed: int,
    synthetic: int = 60_000,
    report: Report = unreported,
) -> Examples:
    """That many rounds of examples from centred MNIST images, pen digits and signs of a pen.

    The same arguments give the same bytes. ``synthetic`` is the number of digits, rows of digits,
    signs, scribbles and images of noise in a round that are made up.
    """
    rng = np.random.default_rng(seed)
    parts = []
    for done in range(rounds):
        for number, part in enumerate(_round(rng, mnist, pen_digits, pen_signs, synthetic), 1):
            parts.append(part)
            report("Drawing", (done + number / _PARTS) / rounds)
    return _joined(parts)


def digit_images(pen_digits: Sequence[PenDigit]) -> Images:
    """The digits as they were written, drawn by the usual pen and seen through the lens."""
    labels = np.array([digit.label for digit in pen_digits], np.uint8)
    return Images(sign_images(pen_digits), labels)


def sign_images(pen_signs: Sequence[PenSign]) -> Image:
    """(m, 784) signs as they were written, drawn by the usual pen and seen through the lens."""
    return _stack([seen(fitted(sign.strokes)) for sign in pen_signs])


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
    rng: np.random.Generator,
    mnist: Images,
    pen_digits: Sequence[PenDigit],
    pen_signs: Sequence[PenSign],
    synthetic: int,
) -> Iterator[Examples]:
    yield _part(distorted(rng, mnist.images), mnist.labels, _MNIST)
    for _ in range(_COPIES_OF_PEN_DIGITS):
        chosen = _by_many_people(rng, pen_digits)
        copies = (styled(rng, fitted(each.strokes), each.label) for each in chosen)
        labels, persons = [each.label for each in chosen], [each.person for each in chosen]
        yield _part(_drawn(rng, copies), labels, persons)
    for _ in range(_COPIES_OF_PEN_SIGNS):
        copies = (each.strokes for each in pen_signs)
        yield _part(_drawn(rng, copies), persons=[each.person for each in pen_signs])
    yield from _made_up(rng, pen_digits, synthetic)


def _made_up(
    rng: np.random.Generator, pen_digits: Sequence[PenDigit], synthetic: int
) -> Iterator[Examples]:
    typed, rows, signs, scribbles, noises = (round(share * synthetic) for share in _SHARES)
    labels = [number % 10 for number in range(typed)]
    yield _part(_drawn(rng, (synthetic_digits.any_digit(rng, label) for label in labels)), labels)
    yield _rows(rng, pen_digits, rows)
    yield _part(_drawn(rng, (synthetic_digits.any_non_digit(rng) for _ in range(signs))))
    yield _part(_stack([_by_some_pen(rng, scribble(rng)) for _ in range(scribbles)]))
    yield _part(_noise(rng, noises))


def _by_many_people(rng: np.random.Generator, pen_digits: Sequence[PenDigit]) -> list[PenDigit]:
    """As many of the digits as there are, of people in proportion to the root of their digits.

    Twenty digits of one hand more say more about all hands than those of who wrote hundreds.
    """
    counts = Counter(digit.person for digit in pen_digits)
    weights = np.array([counts[digit.person] ** -0.5 for digit in pen_digits])
    chosen = rng.choice(len(pen_digits), len(pen_digits), p=weights / weights.sum())
    return [pen_digits[number] for number in chosen]


def _rows(rng: np.random.Generator, pen_digits: Sequence[PenDigit], count: int) -> Examples:
    """Two or three digits of one person beside each other: what is no single digit."""
    of_persons = defaultdict(list)
    for each in pen_digits:
        of_persons[each.person].append(each.strokes)
    first = rng.integers(len(pen_digits), size=count) if pen_digits else ()
    persons = [pen_digits[number].person for number in first]
    rows = (_row(rng, of_persons[person]) for person in persons)
    return _part(_drawn(rng, rows), persons=persons)


def _row(rng: np.random.Generator, digits: Sequence[PenPath]) -> PenPath:
    chosen = rng.integers(len(digits), size=rng.integers(2, _LONGEST_ROW + 1))
    return side_by_side(rng, [digits[number] for number in chosen])


def _drawn(rng: np.random.Generator, paths: Iterable[PenPath]) -> Image:
    """(m, 784) each path in another handwriting, with another pen."""
    return _stack([_by_some_pen(rng, varied(rng, fitted(path))) for path in paths])


def _by_some_pen(rng: np.random.Generator, path: PenPath) -> Image:
    width = np.clip(rng.normal(DEFAULT_WIDTH, _PEN), _THINNEST, _THICKEST)
    return seen(path, float(width))


def _noise(rng: np.random.Generator, count: int) -> Image:
    """Noise of all kinds, as it is and centred, dots, and now and then nothing at all."""
    kinds = [make(rng, count // 7) for make in (noise, uniform_noise, blotches)]
    centred = map(centre_images, kinds)
    return np.concatenate([*kinds, *centred, dots(rng, count // 7), blank(count // 100)])


def _stack(images: Sequence[Image]) -> Image:
    return np.array(images, np.float32).reshape(-1, PAD * PAD)


def _part(images: Image, labels: ArrayLike = NEGATIVE, persons: ArrayLike = "") -> Examples:
    return Examples(
        np.round(images * 255).astype(np.uint8),
        np.broadcast_to(np.asarray(labels, np.uint8), len(images)),
        np.broadcast_to(np.asarray(persons, np.str_), len(images)),
    )


def _joined(parts: Sequence[Examples]) -> Examples:
    return Examples(
        np.concatenate([part.pixels for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.persons for part in parts]),
    )
