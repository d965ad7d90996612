"""What the neurons of any image network are called on paper and in tables."""

from __future__ import annotations

from core.nn.image_network import labels, side
from core.nn.network import Network
from explorer.state.session import Neuron
from explorer.texts import text


def title_of(network: Network, neuron: Neuron) -> str:
    """The name of a neuron at the head of what is said of it."""
    layer, number = neuron
    if 0 < layer < len(network.layers):
        return text("name.hidden", layer=layer, number=number + 1)
    name = name_of(network, neuron)
    return name[0].upper() + name[1:]


def name_of(network: Network, neuron: Neuron) -> str:
    """The same in fewer words, where the layer is known."""
    layer, number = neuron
    if layer == 0:
        row, column = divmod(number, side(network))
        return text("name.pixel", row=row + 1, column=column + 1)
    if layer == len(network.layers):
        return text("name.output", digit=labels(network)[number])
    return text("name.neuron", number=number + 1)


def layer_title(network: Network, layer: int) -> str:
    """What a layer is called; the image is layer 0."""
    if layer == 0:
        return text("worksheet.image")
    if layer == len(network.layers):
        return text("worksheet.outputs")
    return text("worksheet.hidden", layer=layer)
