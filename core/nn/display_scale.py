"""What counts as full brightness: of each layer's activations, on a scale that never changes."""

from dataclasses import replace

import numpy as np

from core.arrays import Array
from core.nn.layer import Layer
from core.nn.network import Network


def with_scales(network: Network, images: Array) -> Network:
    """Give every unbounded layer as its scale its largest activation on ``(m, n_in)`` images."""
    layers = [
        _scaled(layer, a) for layer, a in zip(network.layers, network.trace(images).a, strict=True)
    ]
    return Network(layers, network.card)


def full_brightness(network: Network, images: Array) -> tuple[float, ...]:
    """The activation of each layer, from 1 on, that is shown as full brightness.

    It is the largest there can be, or the layer's scale. Where a network came without one, it is
    the largest that occurs on ``(m, n_in)`` images; what exceeds it is shown as bright as that.
    """
    if all(_full(layer) is not None for layer in network.layers):
        return tuple(_full(layer) or 1.0 for layer in network.layers)
    measured = with_scales(network, images).layers
    return tuple(
        _full(layer) or scaled.scale for layer, scaled in zip(network.layers, measured, strict=True)
    )


def brightness(activations: Array, full: Array | float) -> Array:
    """How bright activations are shown, 0-1, where `full` is the one of full brightness."""
    bright: Array = np.clip(np.abs(activations) / full, 0, 1, dtype=np.float32)
    return bright


def _full(layer: Layer) -> float | None:
    """A layer's scale as far as it is known; an unbounded one does not end at 1 by itself."""
    if layer.activation.bounded:
        return max(abs(layer.activation.lowest), abs(layer.activation.highest))
    return None if layer.scale == 1 else layer.scale


def _scaled(layer: Layer, a: Array) -> Layer:
    largest = float(abs(a).max())
    return layer if layer.activation.bounded or not largest else replace(layer, scale=largest)
