"""The networks that every page offers: one instance of each for all sessions of a process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from core.edit.sandbox import sandbox
from core.errors import InputError
from core.nn.network import Network
from core.nn.pretrained import pretrained
from explorer.texts import text

SANDBOX: Final = "sandbox"

#: The name of the network that a person trains on the page.
TRAINING: Final = "training"


_INPUTS, _OUTPUTS = 784, 10


@cache
def offered_networks() -> Mapping[str, Network]:
    """By their names: the pretrained ones, the default one first, and then the sandbox."""
    return MappingProxyType({**pretrained(), SANDBOX: sandbox()})


def check_ends(network: Network) -> None:
    """Raise `InputError` for a network that is not from pixels to digits."""
    inputs, *_, outputs = network.sizes
    if (inputs, outputs) != (_INPUTS, _OUTPUTS):
        sizes = {"own_inputs": inputs, "own_outputs": outputs}
        raise InputError(text("notice.sizes", inputs=_INPUTS, outputs=_OUTPUTS, **sizes))
