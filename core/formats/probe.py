"""How a network reads digits under one assumption after the other, each at little cost.

Ranges and inversions of the input act on the first layer's sums alone, so that the large product
of images and weights is computed once for all of them; the order of the outputs is a matter of
counting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Floats
from core.formats.image_reading import affine, pixels
from core.formats.shapes import Stack
from core.ink.brush import PAD
from core.ink.framing import framed
from core.ink.resize import resized
from core.nn.activations import ACTIVATIONS

_LARGEST_LOSS: Final = 10.0

ORDERS: Final = ("0123456789", "1234567890", "9012345678", "9876543210")
"""Usual orders of ten outputs: the digit that each of them stands for."""


Meant: TypeAlias = Mapping[int, tuple[int, ...]]
"""By digit, the outputs that stand for it or for what looks like it."""


class Assumption(NamedTuple):
    """What a file leaves open of how a network reads images."""

    range: str = "0_1"
    ink: str = "bright"
    pixels: str = "rows"
    hidden: str = "sigmoid"


@dataclass(frozen=True)
class Digits:
    """Images (m, 784) of ink, row by row, and the digits (m,) that they show."""

    images: Array
    labels: NDArray[np.uint8]

    def sized(self, side: int, framing: str) -> Array:
        """(m, side²) as a network of this side sees them, in one of the framings of `framed`."""
        whole = self.images.reshape(-1, PAD, PAD)
        return resized(framed(whole, framing), side).reshape(len(whole), -1)

    def first(self, count: int) -> "Digits":
        """The first of them."""
        return Digits(self.images[:count], self.labels[:count])

    def of(self, meant: "Meant") -> "Digits":
        """Those that some output stands for."""
        chosen = np.isin(self.labels, list(meant))
        return Digits(self.images[chosen], self.labels[chosen])


@dataclass(frozen=True)
class Sums:
    """What comes before the last activation, z (m, n_out), and the digits (m,) that were shown."""

    z: Floats
    labels: NDArray[np.uint8]

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """(10, n_out) how often each output was the largest for each digit."""
        n_out = self.z.shape[1]
        pairs = self.labels.astype(np.int64) * n_out + self.z.argmax(axis=1)
        return np.bincount(pairs, minlength=10 * n_out).reshape(10, n_out)

    def accuracy(self, meant: "Meant") -> float:
        """The share that is read, 0-1."""
        right = sum(self.counts[digit, list(places)].sum() for digit, places in meant.items())
        return float(right) / max(1, len(self.labels))

    def loss(self, meant: "Meant", output: str | None) -> float:
        """How far the outputs are from what they should be; of an unknown activation, at best."""
        kinds = (output,) if output in _LOSSES else ("softmax", "sigmoid", "identity")
        chosen = np.empty(len(self.z), self.z.dtype)
        for digit, places in meant.items():
            rows = self.labels == digit
            chosen[rows] = self.z[np.ix_(rows, places)].max(axis=1)
        with np.errstate(over="ignore"):
            return min(_LARGEST_LOSS, *(_LOSSES[kind](self.z, chosen) for kind in kinds))


def _cross_entropy(z: Floats, chosen: Floats) -> float:
    largest = z.max(axis=1)
    of_all = np.log(np.exp(z - largest[:, None]).sum(axis=1)) + largest
    return float((of_all - chosen).mean())


def _binary_cross_entropy(z: Floats, chosen: Floats) -> float:
    return float((np.logaddexp(0, z).sum(axis=1) - chosen).mean())


def _squared_error(z: Floats, chosen: Floats) -> float:
    return 2 * float(((z**2).sum(axis=1) - 2 * chosen + 1).mean())


def _tanh_error(z: Floats, chosen: Floats) -> float:
    a, right = np.tanh(z), np.tanh(chosen)
    return float((((a + 1) ** 2).sum(axis=1) - 4 * right).mean()) / 2


_LOSSES: Final = {
    "softmax": _cross_entropy,
    "sigmoid": _binary_cross_entropy,
    "identity": _squared_error,
    "tanh": _tanh_error,
}


class Probe:
    """One stack of layers that is shown digits, under any assumption."""

    def __init__(self, stack: Stack, digits: Digits, framing: str) -> None:
        self.stack, self._labels = stack, digits.labels
        first = stack.layers[0].weights
        self._side = round(first.shape[1] ** 0.5)
        self._images = digits.sized(self._side, framing)
        self._weights = [np.asarray(each.weights, np.float32) for each in stack.layers]
        self._row_sums = self._weights[0].sum(axis=1)
        self._products: dict[str, Array] = {}

    def sums(self, assumed: Assumption) -> Sums:
        """What the network computes under an assumption."""
        given = affine(assumed.range, assumed.ink == "dark")
        z: Floats = np.float32(given.slope) * self._product(assumed.pixels)
        z += np.float32(given.start) * self._row_sums
        for number, layer in enumerate(self.stack.layers):
            if number:
                name = self.stack.layers[number - 1].activation or assumed.hidden
                z = ACTIVATIONS[name].function(z) @ self._weights[number].T
            if layer.biases is not None:
                z = z + layer.biases.astype(np.float32)
        return Sums(z, self._labels)

    def _product(self, order: str) -> Array:
        """(m, n) the images times the first layer's weights."""
        if order not in self._products:
            images = self._images[:, pixels(order, self._side)]
            self._products[order] = images @ self._weights[0].T
        return self._products[order]


def best_order(counts: NDArray[np.int64]) -> str:
    """The digit that each of ten outputs is most often largest for; counts are (10, 10)."""
    left, order = counts.astype(np.float64), [""] * 10
    for _ in range(10):
        digit, place = np.unravel_index(left.argmax(), left.shape)
        order[int(place)] = str(digit)
        left[digit, :] = left[:, place] = -1
    return "".join(order)
