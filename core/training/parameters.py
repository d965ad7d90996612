"""The parameters of a network in one vector, which a training changes in place."""

from collections.abc import Iterator
from math import prod
from typing import Any, NamedTuple, cast

import numpy as np

from core.arrays import Array
from core.nn.feature_maps import FeatureMaps
from core.nn.layer import LARGEST_WEIGHT, Layer
from core.nn.network import Network


class Parameters(NamedTuple):
    """The weights ``(n_out, n_in)`` and biases ``(n_out,)`` of one layer, or their gradients."""

    weights: Array
    biases: Array


class ParameterVector:
    """All weights and biases of a network as one vector: a point that a training moves.

    ``values``, ``(n_parameters,)``, holds those of the first layer first, its weights before its
    biases; ``free[i]`` are views of it. ``layers[i]`` are the same in the shapes of
    ``network.layers[i]``, up to date after `spread`. ``gradient`` and ``gradients[i]`` are those
    for the slopes of a loss, the former after `gather`. They have 32 bits, as networks do, or the
    64 of a ``dtype`` for slopes that are exact.

    Weights that the neurons of a feature map share are one parameter, whose slope is the sum of
    those of its copies; weights outside of their windows are none.
    """

    def __init__(self, network: Network, dtype: type[np.floating[Any]] = np.float32) -> None:
        self.network = network
        """The network that it began as: what is said of it, but for its parameters, still holds."""
        arrays = [
            each for layer in network.layers for each in (layer.free_weights, layer.free_biases)
        ]
        self.values: Array = np.concatenate(arrays, axis=None, dtype=dtype)
        self.gradient: Array = np.zeros_like(self.values)
        self.free = tuple(_views(self.values, network))
        self.layers = tuple(map(_room, network.layers, self.free))
        self._free_gradients = tuple(_views(self.gradient, network))
        self.gradients = tuple(map(_room, network.layers, self._free_gradients))
        self._convolutional = [i for i, layer in enumerate(network.layers) if layer.maps]
        self.spread()

    def spread(self) -> None:
        """Give every copy of a shared parameter its value."""
        for i in self._convolutional:
            maps, own, copies = self._maps(i), self.free[i], self.layers[i]
            maps.write(own.weights, copies.weights)
            copies.biases.reshape(maps.count, -1)[:] = own.biases.reshape(maps.count, -1)

    def gather(self) -> None:
        """Add up the slopes of the copies of each shared parameter."""
        for i in self._convolutional:
            maps, own, copies = self._maps(i), self._free_gradients[i], self.gradients[i]
            slopes, of_biases = maps.gathered(copies.weights), copies.biases
            if self.network.layers[i].shared:
                slopes = slopes.sum(axis=1)
                of_biases = of_biases.reshape(maps.count, -1).sum(axis=1)
            own.weights[:], own.biases[:] = slopes, of_biases

    def _maps(self, i: int) -> FeatureMaps:
        return cast(FeatureMaps, self.network.layers[i].maps)

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
    return Network([layer.with_free(own.weights, own.biases) for layer, own in layers])


def _views(values: Array, network: Network) -> Iterator[Parameters]:
    start = 0
    for layer in network.layers:
        shape = layer.free_weights.shape
        middle = start + prod(shape)
        end = middle + len(layer.free_biases)
        yield Parameters(values[start:middle].reshape(shape), values[middle:end])
        start = end


def _room(layer: Layer, free: Parameters) -> Parameters:
    """Arrays for all weights and biases of a layer; those that are free, if all are."""
    if not layer.maps:
        return free
    dtype = free.weights.dtype
    return Parameters(np.zeros(layer.weights.shape, dtype), np.zeros(layer.n_out, dtype))
