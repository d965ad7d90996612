"""What people call a neuron: counted from 1, as rows and columns are. In links it is `1:5`."""

from __future__ import annotations

from collections.abc import Sequence

from core.ink.brush import PAD
from core.nn.feature_maps import FeatureMaps
from core.nn.image_network import labels, side
from core.nn.network import Network
from core.training.recipes import Recipe
from explorer.texts import text


def name_in(network: Network, layer: int, index: int) -> str:
    """The name of neuron `index` of a `layer`, both from 0; an output by what it stands for."""
    maps = network.layers[layer - 1].maps if layer else None
    return neuron_name(
        layer, index, len(network.sizes), side=side(network), labels=labels(network), maps=maps
    )


def title_in(network: Network, layer: int, index: int) -> str:
    """The same at the head of what is said of it."""
    name = name_in(network, layer, index)
    return name[0].upper() + name[1:]


def short_name_in(network: Network, layer: int, index: int) -> str:
    """The same in fewer words, where the layer is known."""
    if layer == 0:
        return text("name.short_pixel", **_place(index, side(network)))
    if layer < len(network.sizes) - 1:
        if maps := network.layers[layer - 1].maps:
            return text("name.short_map", **_place_in(maps, index))
        return text("name.neuron", number=index + 1)
    return name_in(network, layer, index)


def neuron_name(
    layer: int,
    index: int,
    layers: int,
    *,
    side: int = PAD,
    labels: Sequence[str] = (),
    maps: FeatureMaps | None = None,
) -> str:
    """The name in a network of so many `layers`, with images of this `side` and these `labels`.

    Without labels, the outputs are counted from 0. ``maps`` are the feature maps of the layer.
    """
    if layer == 0:
        return text("name.pixel", **_place(index, side))
    if layer == layers - 1:
        return text("name.output", digit=labels[index] if labels else index)
    if maps:
        return text("name.map", layer=layer, **_place_in(maps, index))
    return text("name.hidden", layer=layer, number=index + 1)


def network_sizes(network: Network | Recipe) -> str:
    """The sizes of a network's layers, such as 784-16-16-10, or of what will be one."""
    return "-".join(map(str, network.sizes))


def _place_in(maps: FeatureMaps, index: int) -> dict[str, int]:
    number, row, column = maps.place(index)
    return {"map": number + 1, "row": row + 1, "column": column + 1}


def _place(index: int, side: int) -> dict[str, int]:
    row, column = divmod(index, side)
    return {"row": row + 1, "column": column + 1}
