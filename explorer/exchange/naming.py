"""What the layers of a network are called on paper and in tables."""

from __future__ import annotations

from core.nn.network import Network
from explorer.texts import text


def layer_title(network: Network, layer: int) -> str:
    """What a layer is called; the image is layer 0."""
    if layer == 0:
        return text("worksheet.image")
    if layer == len(network.layers):
        return text("worksheet.outputs")
    return text("worksheet.hidden", layer=layer)
