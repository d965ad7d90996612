"""Networks that read digits: from the 784 pixels of an image to ten outputs."""

from os import PathLike
from typing import Final

from core.errors import InputError
from core.nn.network import Network

N_PIXELS: Final = 784
N_DIGITS: Final = 10


def load_digit_network(path: str | PathLike[str]) -> Network:
    """The network in a file. Raises ``InputError`` unless it turns 784 pixels into ten outputs."""
    network = Network.load(path)
    if (network.sizes[0], network.sizes[-1]) != (N_PIXELS, N_DIGITS):
        raise InputError(
            f"The network in {path} has {network.sizes[0]} inputs and {network.sizes[-1]} outputs; "
            f"reading digits takes {N_PIXELS} and {N_DIGITS}."
        )
    return network
