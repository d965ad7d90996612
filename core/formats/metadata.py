"""What a file says of its network in words: labels, title, activation functions."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.formats.found import FoundNetwork, said_framing, says_ink
from core.formats.stack import FUNCTIONS


def described(network: FoundNetwork, metadata: Mapping[str, Any]) -> FoundNetwork:
    """The network with what the metadata, texts or JSON by names, say of it and it does not."""
    said = {name: _value(text) for name, text in metadata.items()}
    inside = said.get("network")
    said = inside if isinstance(inside, dict) else said
    network = replace(
        network, reads_ink=says_ink(said.get("input")), framing=said_framing(said.get("card"))
    )
    labels, title, functions = (said.get(each) for each in ("labels", "title", "activations"))
    if isinstance(labels, list):
        network = replace(network, labels=tuple(str(each)[:60] for each in labels))
    if isinstance(title, str):
        network = replace(network, title=title[:200])
    if isinstance(functions, list) and len(functions) == len(network.layers):
        layers = (
            replace(layer, activation=layer.activation or FUNCTIONS.get(str(function).lower()))
            for layer, function in zip(network.layers, functions, strict=True)
        )
        network = replace(network, layers=tuple(layers))
    return network


def _value(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return text
