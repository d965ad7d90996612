"""Honest doubt: when no output is bright enough, the network has not seen a digit.

Sigmoid outputs need not add up to one, so all ten can say "not mine". The brightest has to reach a
threshold, which is chosen on images that the network has not learned from, and kept on its card
as ``"sure"``.
"""

from typing import Final

import numpy as np

from core.layer import Array
from core.network import Network

DEFAULT: Final = 0.5
"""The threshold of a network whose card names none."""


def threshold(network: Network, digits: Array, doubted: float) -> float:
    """The activation, 0-1, that all but the share ``doubted`` of the digits ``(m, 784)`` reach."""
    return float(np.quantile(network(digits).max(axis=1), doubted))


def sure(network: Network) -> float:
    """The threshold on the network's card, 0-1."""
    named = network.card.get("sure", DEFAULT)
    usable = isinstance(named, int | float) and 0 <= named <= 1
    return float(named) if usable else DEFAULT


def rejected(network: Network, images: Array) -> float:
    """The share, 0-1, of the images ``(m, 784)`` that reach the network's threshold nowhere."""
    return float((network(images).max(axis=1) < sure(network)).mean())
