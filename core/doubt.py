"""Honest doubt: when no output is bright enough, the network has not seen a digit.

Sigmoid outputs need not add up to one, so all ten can say "not mine". The brightest has to reach a
threshold, which is chosen on images that the network has not learned from, and kept on its card
as ``"sure"``.
"""

from dataclasses import replace
from math import log
from typing import Final

import numpy as np

from core.arrays import Array
from core.nn.activations import sigmoid
from core.nn.layer import NetworkError
from core.nn.network import Network

DEFAULT: Final = 0.5
"""The threshold of a network whose card names none."""

_EDGE: Final = 1e-6
"""Sigmoids reach 0 and 1 only by rounding: no bias makes a half of these."""


def threshold(network: Network, digits: Array, doubted: float) -> float:
    """The activation, 0-1, that all but the share ``doubted`` of the digits ``(m, 784)`` reach."""
    return float(np.clip(np.quantile(network(digits).max(axis=1), doubted), 0, 1))


def counting_from_half(network: Network, least: float) -> Network:
    """The same network, whose outputs reach 0.5 where they reached ``least``, 0-1.

    The biases of all outputs are moved by the same amount: which is the brightest, and what is
    turned away, stays as it was. Who learned from more that is no digit than they will be shown
    expects it too often; this is what sets that right. Raises ``NetworkError`` unless the outputs
    are sigmoids.
    """
    last = network.layers[-1]
    if last.activation is not sigmoid:
        raise NetworkError(f"Outputs that are to count from 0.5 must be sigmoids, not {last}.")
    least = min(max(least, _EDGE), 1 - _EDGE)
    moved = replace(last, biases=last.biases + np.float32(log(1 / least - 1)))
    return Network((*network.layers[:-1], moved), network.card)


def sure(network: Network) -> float:
    """The threshold on the network's card, 0-1."""
    return float(network.card.get("sure", DEFAULT))


def rejected(network: Network, images: Array) -> float:
    """The share, 0-1, of the images ``(m, 784)`` that reach the network's threshold nowhere."""
    return float((network(images).max(axis=1) < sure(network)).mean())
