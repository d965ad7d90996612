"""What if all weights were worse: noisy, fewer, coarser? Or a layer's function another?

Weights that the neurons of a feature map share are changed as one, so that they go on sharing them.
"""

from dataclasses import replace
from reprlib import repr as shortened
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from core.arrays import Array
from core.errors import InputError
from core.nn.activations import Activation
from core.nn.layer import Layer
from core.nn.network import Network

Bits: TypeAlias = Literal[1, 2, 4, 8]

BITS: Final[tuple[Bits, ...]] = (8, 4, 2, 1)
"""The numbers of bits that weights can be rounded to."""

LARGEST_NOISE: Final = 100.0
"""The most noise, as a multiple of the weights' own standard deviation."""


def without_biases(network: Network) -> Network:
    """The network with every bias 0."""
    return network.with_layers(
        [
            replace(layer, biases=np.zeros_like(layer.biases)) if layer.biases.any() else layer
            for layer in network.layers
        ]
    )


def with_noise(network: Network, size: float, seed: int) -> Network:
    """The network with Gaussian noise added to every weight; biases stay.

    ``size``, 0 to 100, is the standard deviation of the noise as a multiple of that of the layer's
    own weights, so that it means the same to layers whose weights differ in size. The same ``seed``
    gives the same noise, whatever its size. Raises ``InputError`` for other sizes and negative
    seeds.
    """
    if not 0 <= size <= LARGEST_NOISE:
        raise InputError(
            "Noise can be from 0 to {most} times as large as the weights vary; {size} is not.",
            "edit.noise",
            most=round(LARGEST_NOISE),
            size=f"{size:g}",
        )
    if seed < 0:
        raise InputError(
            "A seed is a whole number from 0 on, not {seed}.", "edit.seed", seed=shortened(seed)
        )
    rng = np.random.default_rng(seed)
    if size == 0:
        return network
    return network.with_layers([_noisy(layer, size, rng) for layer in network.layers])


def pruned(network: Network, share: float) -> Network:
    """The network without its weakest weights: in each layer those nearest to 0 become 0.

    ``share``, 0-1, is how many of the layer's weights that is, rounded to a whole number of them;
    of equals the first go first. Biases stay. Raises ``InputError`` for other shares.
    """
    if not 0 <= share <= 1:
        raise InputError(
            "From 0 % to 100 % of the weights can be pruned, not {percent} %.",
            "edit.share",
            percent=f"{100 * share:g}",
        )
    return network.with_layers(
        [_with_new(each, _pruned(each.free_weights, share)) for each in network.layers]
    )


def quantized(network: Network, bits: Bits) -> Network:
    """The network with its weights rounded to what so many ``bits`` can tell apart; biases stay.

    Each layer has levels of its own, symmetric around 0 and a step apart: 255 for 8 bits, 15 for 4
    and 3 for 2, the outermost being the largest weight. 1 bit keeps the signs (that of 0 is +), all
    weights being the mean |w| of the layer, as M. Rastegari and others do in "XNOR-Net" (2016).
    Raises ``InputError`` for other numbers of bits.
    """
    if bits not in BITS:
        raise InputError(
            "Weights can be rounded to 8, 4, 2 or 1 bits, not {bits}.",
            "edit.bits",
            bits=shortened(bits),
        )
    rounded = _signs if bits == 1 else _rounded
    return network.with_layers(
        [_with_new(layer, rounded(layer.free_weights, bits)) for layer in network.layers]
    )


def with_activation(network: Network, layer: int, activation: Activation) -> Network:
    """The network with another activation function in hidden layer ``layer``; no weight changes.

    Its scale of brightness is forgotten, for its activations are others. Raises ``InputError`` for
    the output layer, whose function says what the outputs mean, and ``NetworkError`` for a layer
    that does not exist.
    """
    old = network.layer_of(layer, 0)
    if layer == len(network.layers):
        raise InputError(
            "The output layer keeps its activation function; choose a hidden layer.", "edit.outputs"
        )
    if old.activation is activation:
        return network
    return network.with_layer(layer, Layer(old.weights, old.biases, activation, maps=old.maps))


def _noisy(layer: Layer, size: float, rng: np.random.Generator) -> Layer:
    weights = layer.free_weights
    noise = rng.standard_normal(weights.shape)
    std = weights.std(dtype=np.float64)
    noisy: Any = weights + size * std * noise  # in 64 bits; the layer rounds them
    return layer.with_free(noisy, layer.free_biases)


def _pruned(weights: Array, share: float) -> Array:
    kept = weights.ravel().copy()
    count = round(share * kept.size)
    kept[np.argsort(abs(kept), kind="stable")[:count]] = 0
    return kept.reshape(weights.shape)


def _rounded(weights: Array, bits: int) -> Array:
    """To the nearest of the levels -n, …, 0, …, n steps; n steps are the largest weight."""
    n = 2 ** (bits - 1) - 1
    step = float(abs(weights).max()) / n
    levels = np.rint(weights.astype(np.float64) / (step or 1.0))
    return np.asarray(step * levels + 0.0, np.float32)  # 0 and no -0


def _signs(weights: Array, _: int) -> Array:
    mean = abs(weights).mean(dtype=np.float64)
    return np.asarray(np.where(weights < 0, -mean, mean), np.float32)


def _with_new(layer: Layer, weights: Array) -> Layer:
    """The layer with other free weights; itself if they are its own."""
    if np.array_equal(weights, layer.free_weights):
        return layer
    return layer.with_free(weights, layer.free_biases)
