"""The network of a page in its own format, as a file that opens here again."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from core.errors import InputError
from core.nn.network import Network
from explorer.state.session import Session
from explorer.texts import number, text

LARGEST: Final = 10_000_000
"""The most bytes of a file that a page hands over, a little more for what is not its numbers."""

_BYTES_PER_NUMBER: Final = 4


class TooLargeNetworkError(InputError):
    """A network would be too large a file."""


def file_of(session: Session) -> tuple[str, Network]:
    """The network as it is now, and what its file is called.

    Raises:
        TooLargeNetworkError: the file would be too large.
    """
    network, name = session.present_edits.network, session.network_name
    if _BYTES_PER_NUMBER * network.n_stored > LARGEST:
        raise TooLargeNetworkError(text("network_file.too_many", most=number(LARGEST / 1e6)))
    return f"{name}-edited.npz" if session.is_edited else f"{name}.npz", network


def in_base64(network: Network) -> str:
    """The content of a network's file."""
    return b64encode(network.to_bytes()).decode()
