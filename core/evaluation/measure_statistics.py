"""Measure what activates the neurons of a network."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.data.augmentation.handwriting import varied_strokes
from core.data.images import Images
from core.ink import centre
from core.ink.example_drawings import Example
from core.nn.activation_statistics import ActivationStatistics
from core.nn.network import Network

FEW: Final = 3
"""How many drawings are kept that activate a neuron most, and as many that activate it least."""

_DIGITS: Final = 10
_SEED: Final = 1
_DECIMALS: Final = 4


class Pool(NamedTuple):
    """Drawings to choose from: (k, 784) from 0 (paper) to 255 (ink), and their digits, (k,)."""

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]


def pool_of(examples: Sequence[Example], copies: int) -> Pool:
    """The examples that are digits made of strokes, and `copies` variations of each.

    All are as the centring lens shows them. The same examples always give the same pool.
    """
    rng = np.random.default_rng(_SEED)
    images, labels = [], []
    for example in examples:
        strokes = example.drawing.strokes
        if example.digit is not None and strokes:
            written = [strokes, *(varied_strokes(rng, strokes) for _ in range(copies))]
            images += [np.rint(255 * centre(each)).ravel() for each in written]
            labels += [example.digit] * len(written)
    return Pool(np.array(images, np.uint8), np.array(labels, np.uint8))


def measure_statistics(
    network: Network, digits: Images, digits_of: str, pool: Pool, pool_of: str
) -> ActivationStatistics:
    """The mean activations of all neurons for `digits`, and their extremes among the `pool`.

    `digits_of` and `pool_of` say in words what they are. Only drawings that are an extreme of some
    neuron are kept. Means are rounded to four decimals, so that the last bits of a machine's
    arithmetic do not change the file.
    """
    means = [_means(a, digits.labels) for a in network.trace(digits.images).a]
    ranks = [_ranked(z, a) for z, a in network.trace(pool.images / np.float32(255))]
    maximizing = [rank[:, ::-1][:, :FEW] for rank in ranks]
    minimizing = [rank[:, :FEW] for rank in ranks]
    kept = np.unique(np.concatenate([each.ravel() for each in (*maximizing, *minimizing)]))
    return ActivationStatistics(
        means=tuple(means),
        images=pool.images[kept],
        labels=pool.labels[kept],
        maximizing=tuple(_among(kept, each) for each in maximizing),
        minimizing=tuple(_among(kept, each) for each in minimizing),
        means_of=digits_of,
        images_of=pool_of,
    )


def _among(kept: NDArray[np.intp], chosen: NDArray[np.intp]) -> NDArray[np.uint16]:
    return np.searchsorted(kept, chosen).astype(np.uint16)


def _means(a: Array, labels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(n, 10) the mean activation of each neuron for each digit; 0 for a digit without images."""
    chosen = labels == np.arange(_DIGITS)[:, None]
    counts = np.maximum(chosen.sum(axis=1), 1)
    sums = a.T.astype(np.float64) @ chosen.T
    return np.asarray(np.round(sums / counts, _DECIMALS), np.float32)


def _ranked(z: Array, a: Array) -> NDArray[np.intp]:
    """(n, k) the numbers of the images, for each neuron from what activates it least on.

    Where activations are equal, as they are at 0 and 1, the weighted sums decide.
    """
    return np.lexsort((z, a), axis=0).T
