"""The parameters of a network in one vector, which a training changes in place."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array
from core.nn.layer import LARGEST_WEIGHT
from core.nn.network import Network


class Parameters(NamedTuple):
    """The weights ``(n_out, n_in)`` and biases ``(n_out,)`` of one layer, or their gradients."""

    weights: Array
    biases: Array


class ParameterVector:
    """All weights and biases of a network as one vector: a point that a training moves.

    ``values``, ``(n_parameters,)``, holds those of the first layer first, its weights before its
    biases; ``layers[i]`` are views of it, in the shapes of ``network.layers[i]``. ``gradient`` and
    ``gradients[i]`` are the same for the slopes of a loss. They have 32 bits, as networks do, or
    the 64 of a ``dtype`` for slopes that are exact.
    """

    def __init__(self, network: Network, dtype: type[np.floating[Any]] = np.float32) -> None:
        self.network = network
        """The network that it began as: what is said of it, but for its parameters, still holds."""
        arrays = [array for layer in network.layers for array in (layer.weights, layer.biases)]
        self.values: Array = np.concatenate(arrays, axis=None, dtype=dtype)
        self.gradient: Array = np.zeros_like(self.values)
        self.layers = tuple(_views(self.values, network))
        self.gradients = tuple(_views(self.gradient, network))

    @property
    def bounded(self) -> bool:
        """Whether all are numbers that a network can have."""
        # Their sum of squares takes one pass, and with a NaN among them it is NaN.
        with np.errstate(over="ignore", invalid="ignore"):
            return bool(self.values.dot(self.values) <= LARGEST_WEIGHT**2)


def with_parameters(network: Network, values: Array) -> Network:
    """The same layers with other ``values``, in the order of a `ParameterVector`; without a card.

    Raises ``NetworkError`` for values that no network can have.
    """
    layers = zip(network.layers, _views(values, network), strict=True)
    return Network(
        [replace(layer, weights=own.weights, biases=own.biases) for layer, own in layers]
    )


def _views(values: Array, network: Network) -> Iterator[Parameters]:
    start = 0
    for layer in network.layers:
        middle = start + layer.weights.size
        end = middle + layer.biases.size
        yield Parameters(values[start:middle].reshape(layer.weights.shape), values[middle:end])
        start = end
