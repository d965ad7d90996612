"""Networks that read images: how large these are, and what each output stands for.

The image is square and given row by row, from 0 (paper) to 1 (ink). What the outputs stand for is
said by ``labels`` on the network's card; a network without them reads 0, 1, 2, ….
"""

from math import isqrt
from typing import Final

from core.errors import InputError
from core.nn.model_card import N_LABELS
from core.nn.network import Network

SIDES: Final = range(8, 65)
"""How many pixels the side of an image can have."""

MOST_LAYERS: Final = 6
"""The most layers with weights."""

WIDEST: Final = 512
"""The most neurons of a layer between the image and the outputs."""

WIDEST_MAPS: Final = 1_024
"""The most neurons of a convolutional layer, all of whose feature maps are shown."""

_DIGITS: Final = tuple("0123456789")


class ImageNetworkError(InputError):
    """A network does not read square images, or is too large to be looked into."""


def side(network: Network) -> int:
    """How many pixels each side of the image has. Raises `ImageNetworkError` if it is no square."""
    n_in = network.sizes[0]
    found = isqrt(n_in)
    if found * found != n_in or found not in SIDES:
        raise ImageNetworkError(
            "The network has {inputs} inputs; a square image of {least} × {least} to {most} × "
            "{most} pixels is needed.",
            "limits.no_image",
            inputs=n_in,
            least=SIDES[0],
            most=SIDES[-1],
        )
    return found


def labels(network: Network) -> tuple[str, ...]:
    """What each output stands for."""
    said = network.card.get("labels")
    if said is not None and len(said) == network.sizes[-1]:
        return tuple(said)
    return tuple(map(str, range(network.sizes[-1])))


def framing(network: Network) -> str:
    """How digits lie in the images that it learned from, one of `model_card.FRAMINGS`."""
    return str(network.card.get("framing", "whole"))


def reads_digits(network: Network) -> bool:
    """Whether its outputs stand for the digits from 0 to 9, in this order."""
    return labels(network) == _DIGITS


def check_image_network(network: Network) -> None:
    """Raise `ImageNetworkError` for a network that cannot be looked into."""
    side(network)
    outputs = network.sizes[-1]
    if outputs not in N_LABELS:
        raise ImageNetworkError(
            "Networks with {least} to {most} outputs can be shown; this one has {outputs}.",
            "limits.outputs",
            outputs=outputs,
            least=N_LABELS[0],
            most=N_LABELS[-1],
        )
    if len(network.layers) > MOST_LAYERS:
        raise ImageNetworkError(
            "The network has {layers} layers with weights; up to {most} can be shown.",
            "limits.layers",
            layers=len(network.layers),
            most=MOST_LAYERS,
        )
    for layer in network.layers[:-1]:
        most = WIDEST_MAPS if layer.maps else WIDEST
        if layer.n_out > most:
            raise ImageNetworkError(
                "The network has a layer of {neurons} neurons; up to {most} can be shown.",
                "limits.wide",
                neurons=layer.n_out,
                most=most,
            )
