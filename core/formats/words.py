"""What was found in a file, in a line of English for a command line."""

from collections.abc import Mapping
from typing import Any, Final

from core.nn.image_network import framing
from core.nn.network import Network

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "weights": {
        "columns": "a column for each neuron",
        "mixed": "matrices in either direction",
        "by_rows": "matrices unrolled row by row",
        "by_columns": "matrices unrolled column by column",
    },
    "biases": {
        "none": "no biases",
        "first": "a neuron's bias before its weights",
        "last": "a neuron's bias after its weights",
        "before": "biases before the weights of each layer",
        "after": "biases after the weights of each layer",
        "end": "biases after all weights",
    },
    "range": {
        "0_255": "inputs from 0 to 255",
        "minus_1_1": "inputs from -1 to 1",
        "normalized": "inputs normalised (mean 0.1307, deviation 0.3081)",
        "minus_half_half": "inputs from -0.5 to 0.5",
        "mean": "inputs less their mean of 0.1307",
        "0_16": "inputs from 0 to 16",
    },
    "ink": {"dark": "dark ink on bright paper"},
    "pixels": {
        "transposed": "pixels column by column (transposed)",
        "mirrored": "images mirrored left to right",
        "upside_down": "images mirrored top to bottom",
        "half_turn": "images turned by 180°",
        "quarter_left": "images turned to the left",
        "quarter_right": "images turned to the right",
        "transposed_half_turn": "images transposed and turned by 180°",
    },
}
"""What is not as in the networks of this project."""


def found_in_words(network: Network) -> str | None:
    """What was found in the file that the network is from; None for one of the project's own."""
    imported = network.card.get("imported")
    if not isinstance(imported, Mapping):
        return None
    said = [words[imported[name]] for name, words in _WORDS.items() if imported.get(name) in words]
    said += _functions(imported)
    if (order := imported.get("order")) not in (None, "0123456789"):
        said.append(f"outputs for {', '.join(str(order))}")
    if framing(network) != "whole":
        said.append("digits that fill their images")
    head = f"{imported.get('file')} ({imported.get('format')}): {imported.get('sizes')}"
    return f"{head}; {', '.join(said)}.{_accuracy(imported)}"


def _functions(imported: Mapping[str, Any]) -> list[str]:
    names = {"hidden": "hidden layers", "output": "outputs"}
    return [f"{imported[name]} {what}" for name, what in names.items() if name in imported]


def _accuracy(imported: Mapping[str, Any]) -> str:
    shares = imported.get("accuracy")
    if not isinstance(shares, Mapping):
        return " Its outputs stand for no digits, so none of this could be tried."
    read = ", ".join(f"{share:.1%} of 1,000 digits ({name})" for name, share in shares.items())
    return f" So it reads {read}."
