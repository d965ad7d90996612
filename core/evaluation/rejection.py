"""Rejection: when no output is bright enough, the network has not seen a digit.

Sigmoid outputs need not add up to one, so all ten can say "not mine". The brightest has to reach a
threshold, which is chosen on images that the network has not learned from, and kept on its card.
"""

from dataclasses import replace
from math import log
from typing import Final

import numpy as np

from core.arrays import Array
from core.evaluation.seen import seen_by
from core.nn.activations import sigmoid
from core.nn.layer import NetworkError
from core.nn.network import Network

DEFAULT_THRESHOLD: Final = 0.5
"""The threshold of a network whose card names none."""

_EDGE: Final = 1e-6
"""Sigmoids reach 0 and 1 only by rounding: no bias makes a half of these."""


def threshold(network: Network) -> float:
    """The activation, 0-1, that the brightest output has to reach: the one on the card."""
    return float(network.card.get("threshold", DEFAULT_THRESHOLD))


def choose_threshold(network: Network, digits: Array, reject_rate: float) -> float:
    """The activation, 0-1, that all but the share ``reject_rate`` of ``digits`` (m, 784) reach."""
    return float(np.clip(np.quantile(network(digits).max(axis=1), reject_rate), 0, 1))


def with_threshold_of_half(network: Network, chosen: float) -> Network:
    """The same network, whose outputs reach 0.5 where they reached the threshold ``chosen``, 0-1.

    The biases of all outputs are moved by the same amount: which is the brightest, and what is
    rejected, stays as it was. A network that learned from more negatives than it will be shown
    expects them too often; this is what sets that right. Raises ``NetworkError`` unless the outputs
    are sigmoids.
    """
    last = network.layers[-1]
    if last.activation is not sigmoid:
        raise NetworkError(f"Outputs with a threshold of 0.5 must be sigmoids, not {last}.")
    reached = min(max(chosen, _EDGE), 1 - _EDGE)
    moved = replace(last, biases=last.biases + np.float32(log(1 / reached - 1)))
    return Network((*network.layers[:-1], moved), network.card)


def rejection_rate(network: Network, images: Array) -> float:
    """The share, 0-1, of the images ``(m, n)`` that reach the network's threshold nowhere.

    Images of another size than the network's are resized.
    """
    outputs = network(seen_by(network, images))
    return float((outputs.max(axis=1) < threshold(network)).mean())
