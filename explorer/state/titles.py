"""What networks are called, and what they are in one line."""

from __future__ import annotations

import re

from core.nn.network import Network
from explorer.state.networks import TRAINING, offered_networks
from explorer.texts import text, text_or
from explorer.texts.names import network_sizes


def network_title(name: str, network: Network) -> str:
    """The title of a network: of the project's own by the catalogue, else what its card says."""
    if name == TRAINING:
        return text("network.training")
    own = str(network.card.get("title", text("network.given")))
    return text_or(f"network.{name}", own) if _is_own(name, network) else own


def network_purpose(name: str, network: Network) -> str:
    """What a network is for, in a sentence: from the catalogue or its card, in the same way."""
    if name == TRAINING:
        return text("purpose.training")
    described = network.card.get("description")
    own = described if isinstance(described, str) else text("purpose.given")
    return text_or(f"purpose.{name}", own) if _is_own(name, network) else own


def network_summary(network: Network) -> str:
    """Its sizes, activation functions and number of parameters in one line."""
    names = [text(f"function.{layer.activation.name}") for layer in network.layers]
    return text(
        "network.summary",
        sizes=network_sizes(network),
        functions=names[0] if len(set(names)) == 1 else ", ".join(names),
        count=network.n_parameters,
    )


def file_stem(title: str) -> str:
    """What every system accepts as the name of a file, without a suffix, from a title."""
    return re.sub(r"[^\w-]+", "-", title).strip("-").lower() or "network"


def _is_own(name: str, network: Network) -> bool:
    """Whether this is the network of this name that every page offers, and not another one."""
    return offered_networks().get(name) is network
