"""What people call a neuron: counted from 1, as rows and columns are. In links it is `1:5`."""

from __future__ import annotations

from core.ink.brush import PAD
from core.nn.network import Network
from core.training.recipes import Recipe
from explorer.texts import text


def neuron_name(layer: int, index: int, layers: int) -> str:
    """The name of neuron `index` of a `layer` (both from 0), in a network of so many `layers`."""
    if layer == 0:
        return text("name.pixel", **_place(index))
    if layer == layers - 1:
        return text("name.output", digit=index)
    return text("name.hidden", layer=layer, number=index + 1)


def neuron_title(layer: int, index: int, layers: int) -> str:
    """The same at the head of what is said of it."""
    name = neuron_name(layer, index, layers)
    return name[0].upper() + name[1:]


def short_name(layer: int, index: int, layers: int) -> str:
    """The same in fewer words, where the layer is known."""
    if layer == 0:
        return text("name.short_pixel", **_place(index))
    if layer < layers - 1:
        return text("name.neuron", number=index + 1)
    return neuron_name(layer, index, layers)


def network_sizes(network: Network | Recipe) -> str:
    """The sizes of a network's layers, such as 784-16-16-10, or of what will be one."""
    return "-".join(map(str, network.sizes))


def _place(index: int) -> dict[str, int]:
    row, column = divmod(index, PAD)
    return {"row": row + 1, "column": column + 1}
