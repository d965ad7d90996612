"""What if one neuron were different: silent, stuck at a value, inverted, in another's place?

Or what if all neurons of a feature map were like one of them?
"""

from collections.abc import Callable
from dataclasses import replace
from math import atanh, log, log1p
from typing import Final

import numpy as np

from core.errors import InputError
from core.nn.layer import LARGEST_WEIGHT, Layer
from core.nn.network import Network

_SATURATED: Final = 120.0
"""A weighted sum whose sigmoid is exactly 1 in 32 bits, and 0 with the other sign."""


def silenced(network: Network, layer: int, neuron: int) -> Network:
    """A neuron whose activation is exactly 0 for every image: weights 0, and a bias that gives 0.

    One of a softmax layer gets the lowest bias there can be, which leaves nothing for it beside any
    neuron that has another. Raises ``NetworkError`` for a neuron that does not exist.
    """
    old = network.layer_of(layer, neuron)
    return _with_constant_sum(network, layer, neuron, _SILENT.get(old.activation.name, 0.0))


def clamped(network: Network, layer: int, neuron: int, value: float) -> Network:
    """A neuron whose activation is ``value`` for every image, within 1e-6 of its size or of 1.

    Its weights are 0 and its bias is where the activation function has this value. Raises
    ``InputError`` for a value that the function does not have, and for softmax layers;
    ``NetworkError`` for a neuron that does not exist.
    """
    old = network.layer_of(layer, neuron)
    _check_independent(old)
    lowest = max(old.activation.lowest, -LARGEST_WEIGHT)
    highest = min(old.activation.highest, LARGEST_WEIGHT)
    if not lowest <= value <= highest:
        raise InputError(
            "An activation of this neuron can be from {lowest:,.0f} to {highest:,.0f}; {value} is "
            "not.",
            "edit.activation",
            lowest=lowest,
            highest=highest,
            value=f"{value:g}",
        )
    inverse = _INVERSES.get(old.activation.name, float)
    return _with_constant_sum(network, layer, neuron, inverse(value))


def inverted(network: Network, layer: int, neuron: int) -> Network:
    """A neuron whose weighted sum has the other sign: its weights and its bias times -1.

    A sigmoid's activation a becomes 1 - a; one of tanh or of the identity becomes -a. A ReLU, which
    has no opposite, is active where it was silent, by as much as its sum was below 0. Raises
    ``InputError`` for softmax layers and ``NetworkError`` for a neuron that does not exist.
    """
    old = network.layer_of(layer, neuron)
    _check_independent(old)
    weights, biases = old.weights.copy(), old.biases.copy()
    weights[neuron] *= -1
    biases[neuron] *= -1
    return network.with_layer(layer, replace(old, weights=weights, biases=biases))


def swapped(network: Network, layer: int, one: int, other: int) -> Network:
    """Two neurons of one layer in each other's place, with all their connections.

    The outputs stay as they were (but for the last bits, for sums add up in another order). Of the
    output layer, it is the two outputs that change places. Raises ``NetworkError`` for neurons that
    do not exist.
    """
    old = network.layer_of(layer, one)
    network.layer_of(layer, other)
    if one == other:
        return network
    order = np.arange(old.n_out)
    order[[one, other]] = other, one
    layers = list(network.layers)
    layers[layer - 1] = replace(old, weights=old.weights[order], biases=old.biases[order])
    if layer < len(layers):
        layers[layer] = replace(layers[layer], weights=layers[layer].weights[:, order])
    return network.with_layers(layers)


def shared_by_map(network: Network, layer: int, neuron: int) -> Network:
    """A neuron whose weights and bias all neurons of its feature map take over, each in its window.

    Raises ``InputError`` for a layer without feature maps and ``NetworkError`` for a neuron that
    does not exist.
    """
    old = network.layer_of(layer, neuron)
    if old.maps is None:
        raise InputError("This neuron is in no feature map.", "edit.no_map")
    number = old.maps.place(neuron)[0]
    windows = old.maps.gathered(old.weights)
    windows[number] = old.weights[neuron, old.maps.seen_by(neuron)]
    biases = old.biases.copy()
    biases.reshape(old.maps.count, -1)[number] = biases[neuron]
    weights = old.maps.dense(windows)
    return network.with_layer(layer, replace(old, weights=weights, biases=biases))


def _with_constant_sum(network: Network, layer: int, neuron: int, z: float) -> Network:
    """A neuron that looks at nothing: its weighted sum is always its bias."""
    old = network.layer_of(layer, neuron)
    weights, biases = old.weights.copy(), old.biases.copy()
    weights[neuron] = 0
    biases[neuron] = z
    return network.with_layer(layer, replace(old, weights=weights, biases=biases))


def _check_independent(layer: Layer) -> None:
    if layer.activation.jacobian_product is not None:
        raise InputError(
            "The outputs of a softmax layer share a sum of 1, so that none of them can be clamped "
            "or inverted alone.",
            "edit.softmax",
        )


def _logit(a: float) -> float:
    """Where the sigmoid is `a`, from 0 to 1."""
    if a in (0, 1):
        return _SATURATED if a else -_SATURATED
    return log(a) - log1p(-a)


def _artanh(a: float) -> float:
    """Where tanh is `a`, from -1 to 1."""
    return _SATURATED * a if abs(a) == 1 else atanh(a)


_SILENT: Final = {"sigmoid": -_SATURATED, "softmax": -LARGEST_WEIGHT}
"""The weighted sum at which an activation function gives 0; of the others, it is 0."""

_INVERSES: Final[dict[str, Callable[[float], float]]] = {"sigmoid": _logit, "tanh": _artanh}
"""The sum at which an activation function has a value; the others have their own sum as value."""
