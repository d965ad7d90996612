"""One session's page, made from a network."""

from __future__ import annotations

from functools import cache

from core.assets import asset
from core.errors import InputError
from core.network import Network
from explorer.page import Page
from explorer.session import Session

_INPUTS, _OUTPUTS = 784, 10


@cache
def default_network() -> Network:
    """The network that is shown when none is asked for; all sessions share it."""
    return Network.load(asset("networks/default.npz"))


def create_app(network: Network | None = None) -> Page:
    """Build the page of one session, displayable in a notebook too.

    Raises:
        InputError: the network does not take the 784 pixels of the pad to ten digits.
    """
    chosen = default_network() if network is None else network
    inputs, *_, outputs = chosen.sizes
    if (inputs, outputs) != (_INPUTS, _OUTPUTS):
        raise InputError(
            f"The explorer shows networks from {_INPUTS} pixels to {_OUTPUTS} digits, "
            f"but this one goes from {inputs} numbers to {outputs}."
        )
    return Page(Session(chosen))
