"""What networks are called, and what they are in one line."""

from __future__ import annotations

from core.nn.network import Network
from core.nn.pretrained import pretrained
from explorer.texts import text, text_or


def network_title(name: str, network: Network) -> str:
    """The title of a network: of the project's own by the catalogue, else what its card says."""
    own = str(network.card.get("title", text("network.given")))
    return text_or(f"network.{name}", own) if pretrained().get(name) is network else own


def network_summary(network: Network) -> str:
    """Its sizes, activation functions and number of parameters in one line."""
    names = [text(f"function.{layer.activation.name}") for layer in network.layers]
    return text(
        "network.summary",
        sizes="-".join(map(str, network.sizes)),
        functions=names[0] if len(set(names)) == 1 else ", ".join(names),
        count=network.n_parameters,
    )
