"""A small network to build an edge detector in, and four images to try it with.

The detector is the one of the lesson: a bar of weights 1 with a surround of weights -1 above and
below. It answers to an edge, ink where the bar is and none beside it, and not to ink in general:
the quiz images have the weighted sums 24, 8, 0 and -16. With the bias -10, only the bar is enough.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from core.arrays import Array, read_only
from core.ink.brush import PAD, Image
from core.nn.digit_network import N_DIGITS, N_PIXELS
from core.nn.layer import Layer
from core.nn.network import Network

LAYER: Final = 1
SPARE: Final = 2
"""Where the spare neuron is, whose weights and bias are all 0."""

BIAS: Final = -10.0
"""The detector's bias: it is active only where the weighted sum is bigger than 10."""

_BAR: Final = (slice(13, 16), slice(10, 18))
_SURROUND: Final = ([12, 16], slice(10, 18))
_ALL: Final = (slice(12, 17), slice(10, 18))
"""Rows and columns: three rows of eight weights, two beside them, and all five."""

_UNCONNECTED: Final = -4.0
"""A bias of outputs that answer to nothing: none reaches a threshold."""


def sandbox() -> Network:
    """A 784-3-10 network of sigmoids with a spare neuron, `LAYER` and `SPARE`.

    The other two are examples: an upright bar with its surround, and the bar and its surround
    together, which answers to any ink. No output is connected.
    """
    upright = edge_detector().reshape(PAD, PAD).T.ravel()
    rows = np.array((upright, abs(edge_detector()), np.zeros(N_PIXELS)), np.float32)
    hidden = Layer(rows, np.array((BIAS, BIAS, 0), np.float32))
    unconnected = np.zeros((N_DIGITS, len(rows)), np.float32)
    outputs = Layer(unconnected, np.full(N_DIGITS, _UNCONNECTED, np.float32))
    return Network((hidden, outputs), {"title": "Sandbox", "data": "None.", "lens": "off"})


def edge_detector() -> Array:
    """(784,) the weights of the detector: 24 times 1, 16 times -1, and 0 everywhere else."""
    weights = np.zeros((PAD, PAD), np.float32)
    weights[_BAR] = 1
    weights[_SURROUND] = -1
    return weights.ravel()


def _quiz() -> Mapping[str, Image]:
    bar, blob, blank = (np.zeros((PAD, PAD), np.float32) for _ in range(3))
    bar[_BAR] = 1
    blob[_ALL] = 1
    images = {"bar": bar, "blob": blob, "blank": blank, "inverse": blob - bar}
    return MappingProxyType({name: read_only(image) for name, image in images.items()})


QUIZ: Final = _quiz()
"""The four images, (28, 28), 0–1, read-only: "bar", "blob" (the bar and its surround), "blank" and
"inverse" (the surround alone)."""
