"""What people call a neuron: counted from 1, as rows and columns are. In links it is `1:5`."""

from __future__ import annotations

from core.ink.brush import PAD
from explorer.texts import text


def neuron_name(layer: int, index: int, layers: int) -> str:
    """The name of neuron `index` of a `layer` (both from 0), in a network of so many `layers`."""
    if layer == 0:
        return text("name.pixel", **_place(index))
    if layer == layers - 1:
        return text("name.output", digit=index)
    return text("name.hidden", layer=layer, number=index + 1)


def short_name(layer: int, index: int, layers: int) -> str:
    """The same in fewer words, where the layer is known."""
    if layer == 0:
        return text("name.short_pixel", **_place(index))
    if layer < layers - 1:
        return text("name.neuron", number=index + 1)
    return neuron_name(layer, index, layers)


def _place(index: int) -> dict[str, int]:
    row, column = divmod(index, PAD)
    return {"row": row + 1, "column": column + 1}
