"""The weights of a neuron as a picture to keep, for the browser to paint.

Of a neuron that looks at the pixels, or at feature maps, it is one image. Another deeper one, and a
pixel, has a tile for each weight: the weights of the neuron at the other end, framed in the colour
of the weight between.
"""

from __future__ import annotations

from base64 import b64encode
from math import ceil, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from core.nn.image_network import labels, side
from core.nn.network import Network
from explorer.diagram.palette import shades, weight_colours
from explorer.diagram.scales import steady
from explorer.diagram.tiles import maps_beside, mosaic
from explorer.state.session import Neuron, Session

Floats = npt.NDArray[np.float32]


def neuron_picture(session: Session, neuron: Neuron) -> dict[str, Any]:
    """What to paint: `tiles` of (`side`, `side`) pixels, each a row of the table `colours`.

    Both are in base64. `frames` and `names` belong to the tiles, if there is more than one. `limit`
    is the |weight| of full colour; in a tile that is the largest of its own.
    """
    network = session.network
    weights = _weights(network, neuron)
    limit = steady(session, float(np.abs(_weights(session.original, neuron)).max())) or 1.0
    about = {"limit": limit, "colours": _text(weight_colours())}
    if neuron.layer == 1:
        return about | {"side": side(network), "tiles": [_text(shades(weights, limit))]}
    if maps := maps_beside(network, neuron.layer):
        picture = mosaic(weights, maps)
        return about | {"side": len(picture), "tiles": [_text(shades(picture.ravel(), limit))]}
    other = 1 if neuron.layer == 0 else neuron.layer - 1
    tiles = [_tile(network.layers[other - 1].weights[number]) for number in range(len(weights))]
    return about | {
        "side": _side_of(network.sizes[other - 1]),
        "tiles": tiles,
        "frames": shades(weights, limit).tolist(),
        "names": _names(network, other),
    }


def _weights(network: Network, neuron: Neuron) -> Floats:
    """The weights into a neuron, or those out of a pixel."""
    if neuron.layer == 0:
        return np.asarray(network.layers[0].weights[:, neuron.number])
    return np.asarray(network.layers[neuron.layer - 1].weights[neuron.number])


def _names(network: Network, layer: int) -> list[str]:
    if layer == len(network.layers):
        return list(labels(network))
    return [str(number + 1) for number in range(network.sizes[layer])]


def _tile(weights: Floats) -> str:
    """Weights as a square, against the largest of them; nothing where there are too few for one."""
    square = np.zeros(_side_of(len(weights)) ** 2, np.float32)
    square[: len(weights)] = weights
    return _text(shades(square, float(np.abs(weights).max())))


def _side_of(count: int) -> int:
    return ceil(sqrt(count))


def _text(values: npt.NDArray[np.uint8]) -> str:
    return b64encode(values.tobytes()).decode()
