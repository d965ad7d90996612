"""The network that a command works on, from a file of any program."""

import sys
from pathlib import Path

from core.errors import InputError
from core.formats.words import found_in_words
from core.nn.any_file import content_of
from core.nn.digit_network import load_digit_network
from core.nn.network import Network
from core.nn.network_file import is_own


def load_network(path: Path) -> Network:
    """The network in a file; what a file of another program left open is said.

    Raises ``InputError`` unless it turns 784 pixels into ten outputs.
    """
    network = load_digit_network(path)
    if (said := found_in_words(network)) is not None and not is_own(content_of(path)):
        print(said, file=sys.stderr)
    return network


def check_own(path: Path) -> None:
    """Raise ``InputError`` if something is to be added to the file of another program."""
    if not is_own(content_of(path)):
        raise InputError(
            f"{path} is the file of another program, which stays as it is; save the network as "
            ".npz first: core.Network.load(…).save(…)."
        )
