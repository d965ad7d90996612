"""How well a network reads."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Doubles
from core.data.images import Images
from core.evaluation.seen import seen_by
from core.nn.network import Network

Counts = NDArray[np.int64]


class DigitScores(NamedTuple):
    """By digit, (n,), 0-1 and NaN where there is nothing to divide by.

    ``recall`` is the share of the images of a digit that were read as it, ``precision`` the share
    of the images read as a digit that are it.
    """

    recall: Doubles
    precision: Doubles


def accuracy(network: Network, images: Images) -> float:
    """The share of the images, 0-1, whose largest output is the right digit.

    Images of another size than the network's are resized.
    """
    outputs = network(seen_by(network, images.images))
    return float((outputs.argmax(axis=1) == images.labels).mean())


def confusion_matrix(network: Network, images: Images) -> Counts:
    """How often digit ``i`` was read as ``j``, at ``[i, j]``; shape ``(n_out, n_out)``."""
    read = network(images.images).argmax(axis=1).astype(np.uint8)
    return confusion_counts(images.labels, read, network.sizes[-1])


def confusion_counts(
    labels: NDArray[np.uint8], digits: NDArray[np.uint8], n_out: int = 10
) -> Counts:
    """The same from what was right, ``labels`` (m,), and what was read, ``digits`` (m,)."""
    counts = np.bincount(labels.astype(np.int64) * n_out + digits, minlength=n_out**2)
    return counts.reshape(n_out, n_out)


def digit_scores(counts: Counts) -> DigitScores:
    """Recall and precision of each digit, from a confusion matrix (n, n)."""
    right = counts.diagonal()
    return DigitScores(_shares(right, counts.sum(axis=1)), _shares(right, counts.sum(axis=0)))


def _shares(parts: Counts, wholes: Counts) -> Doubles:
    shares = np.full(len(parts), np.nan)
    return np.asarray(np.divide(parts, wholes, out=shares, where=wholes > 0))
