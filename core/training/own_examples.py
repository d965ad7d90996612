"""A person's own examples: learned from beside a dataset, or instead of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.data.images import Images
from core.errors import InputError
from core.nn.digit_network import N_DIGITS, N_PIXELS
from core.training.dataset import Dataset
from core.training.loop import Inputs, one_hot
from core.training.settings import Whole

PERCENTAGES: Final = Whole(100)
"""What the share of one's own examples can be, in percent."""

N_ALONE: Final = 1_000
"""At least so many examples are in an epoch of one's own alone, each as often as any other."""


class OwnExamplesError(InputError):
    """Examples that cannot be learned from; the sentence says why."""


@dataclass(frozen=True)
class OwnExamples:
    """Labelled images, and their share of what is learned from in each epoch.

    ``pixels`` has the 784 greys of each image, row by row, from 0 (paper) to 255 (ink); ``digits``
    has one byte for each, 0-9. ``percent`` is from 1 to 100: with 100, nothing else is learned
    from. It is a value: two of them are equal if all of their bytes are. Raises
    ``OwnExamplesError`` for anything else, and if there is no example.
    """

    pixels: bytes
    digits: bytes
    percent: int

    def __post_init__(self) -> None:
        if not self.digits or len(self.pixels) != N_PIXELS * len(self.digits):
            raise OwnExamplesError("One's own examples need 784 pixels for each digit.")
        if max(self.digits) >= N_DIGITS:
            raise OwnExamplesError(f"One's own examples show digits up to {N_DIGITS - 1}.")
        if not PERCENTAGES.holds(self.percent):
            raise OwnExamplesError(f"The share of one's own examples must be {PERCENTAGES}.")

    def __len__(self) -> int:
        return len(self.digits)

    def __iter__(self) -> Iterator[tuple[bytes, int]]:
        """The pixels of each with its digit."""
        starts = range(0, len(self.pixels), N_PIXELS)
        return zip((self.pixels[i : i + N_PIXELS] for i in starts), self.digits, strict=True)

    def __reduce__(self) -> tuple[type["OwnExamples"], tuple[bytes, bytes, int]]:
        # Without the images, which take four times as much.
        return OwnExamples, (self.pixels, self.digits, self.percent)

    @cached_property
    def images(self) -> Images:
        """The examples as floats, 0-1."""
        return Images.from_bytes(self.pixels, self.digits)

    @property
    def counts(self) -> dict[int, int]:
        """How many there are of each digit that there is any of, in rising order."""
        return {digit: self.digits.count(digit) for digit in sorted(set(self.digits))}

    def n_within(self, n_examples: int) -> int:
        """How many of all examples of an epoch, in which others are as well, are one's own."""
        return max(len(self), round(n_examples * self.percent / 100))

    def n_in_epoch(self, n_others: int) -> int:
        """How many examples of an epoch are one's own, beside so many others: at least each once.

        They are repeated, rather than weighted, so that no step is larger than the others.
        """
        if self.percent == PERCENTAGES.most:
            return len(self) * ceil(N_ALONE / len(self))
        return max(len(self), round(n_others * self.percent / (100 - self.percent)))


def with_own(dataset: Dataset, own: OwnExamples) -> Dataset:
    """What is learned from when one's own examples are mixed in; the validation images stay.

    The others come first, all of them or none; then one's own, in their order, again and again.
    """
    others = dataset if own.percent < PERCENTAGES.most else _without_examples(dataset)
    n_own = own.n_in_epoch(len(others.inputs))
    images = own.images
    targets = one_hot(images.labels)[np.arange(n_own) % len(images)]
    weights = others.weights
    if weights is not None:
        weights = np.concatenate([weights, np.ones(n_own, np.float32)])
    return replace(
        dataset,
        inputs=_Mixed(others.inputs, images.images, n_own),
        targets=np.concatenate([others.targets, targets]),
        weights=weights,
    )


def _without_examples(dataset: Dataset) -> Dataset:
    weights = None if dataset.weights is None else dataset.weights[:0]
    return replace(
        dataset,
        inputs=np.empty((0, N_PIXELS), np.float32),
        targets=dataset.targets[:0],
        weights=weights,
    )


@dataclass(frozen=True, eq=False)
class _Mixed:
    """``others`` (m, 784), and then the images of ``own`` (k, 784), as often as it takes."""

    others: Inputs
    own: Array
    n_own: int

    def __len__(self) -> int:
        return len(self.others) + self.n_own

    def __getitem__(self, chosen: NDArray[np.intp]) -> Array:
        images = np.empty((len(chosen), N_PIXELS), np.float32)
        is_own = chosen >= len(self.others)
        images[~is_own] = self.others[chosen[~is_own]]
        images[is_own] = self.own[(chosen[is_own] - len(self.others)) % len(self.own)]
        return images
