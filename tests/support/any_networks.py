"""Networks of many shapes, and what they compute, worked out along a way of its own."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

import numpy as np
import numpy.typing as npt

from core import Network
from core.nn.activations import ACTIVATIONS
from core.nn.layer import Layer

Doubles = npt.NDArray[np.float64]

_FUNCTIONS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(),
}


def network_of(
    *sizes: int, hidden: str = "sigmoid", outputs: str = "sigmoid", **card: Any
) -> Network:
    """Random weights of a size at which no neuron is saturated."""
    rng = np.random.default_rng(3)
    functions = [hidden] * (len(sizes) - 2) + [outputs]
    layers = [
        Layer(
            rng.normal(0, 1.5 / np.sqrt(n_in), (n_out, n_in)).astype(np.float32),
            rng.normal(0, 0.1, n_out).astype(np.float32),
            ACTIVATIONS[name],
        )
        for n_in, n_out, name in zip(sizes, sizes[1:], functions, strict=False)
    ]
    return Network(layers, card)


NETWORKS = {
    "small": lambda: network_of(64, 8, 2, labels=["no", "yes"]),
    "flat": lambda: network_of(784, 10),
    "letters": lambda: network_of(
        196, 16, 16, 26, hidden="tanh", outputs="softmax", labels=list(ascii_lowercase)
    ),
    "deep": lambda: network_of(
        1024, 512, 512, 512, 512, 36, hidden="relu", labels=list(ascii_uppercase + digits)
    ),
    "digits": lambda: network_of(256, 20, 10),
}
"""By what is special about them."""


def shrunk(image: npt.NDArray[np.float32], side: int) -> Doubles:
    """The mean of what each new pixel covers: every old one is cut into side × side parts."""
    fine = image.astype(np.float64).repeat(side, axis=0).repeat(side, axis=1)
    before = len(image)
    return fine.reshape(side, before, side, before).mean(axis=(1, 3))


def forward(network: Network, inputs: Doubles) -> list[tuple[Doubles, Doubles]]:
    """z and a of every layer, in 64 bits, written out from the formulas."""
    found, a = [], inputs
    for layer in network.layers:
        z = layer.weights.astype(np.float64) @ a + layer.biases
        a = _FUNCTIONS[layer.activation.name](z)
        found.append((z, a))
    return found
