"""What counts as full brightness for activations that have no upper bound."""

from dataclasses import replace

from core.arrays import Array
from core.nn.layer import Layer
from core.nn.network import Network


def with_scales(network: Network, images: Array) -> Network:
    """Give every unbounded layer as its scale its largest activation on ``(m, n_in)`` images."""
    layers = [
        _scaled(layer, a) for layer, a in zip(network.layers, network.trace(images).a, strict=True)
    ]
    return Network(layers, network.card)


def _scaled(layer: Layer, a: Array) -> Layer:
    largest = float(abs(a).max())
    return layer if layer.activation.bounded or not largest else replace(layer, scale=largest)
