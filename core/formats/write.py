"""Networks in the formats of other programs.

Every file holds the numbers as they are, float32, and says in words what they leave open: which
activation follows each layer, what each output stands for, where the network comes from. Equal
networks give equal bytes. Only ``.npz``, which `Network.to_bytes` makes, holds the statistics too.
"""

import json
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from core.arrays import Array
from core.errors import InputError
from core.files import write_content
from core.formats import libraries
from core.formats.found import READS_INK
from core.formats.write_onnx import onnx_file
from core.nn.image_network import labels
from core.nn.layer import Layer
from core.nn.network import Network


class SuffixError(InputError):
    """The name of a file tells none of the formats in which networks are written."""


def content_in(suffix: str, network: Network) -> bytes:
    """The content of a file of this network, in a format by its ``suffix``, one of `WRITERS`.

    Raises ``FormatError`` where the format's package is not installed, and
    ``SuffixError`` for other suffixes.
    """
    if suffix not in WRITERS:
        raise SuffixError(
            f"Networks are written as {', '.join(WRITERS)}, and not as {suffix or 'no format'}; "
            "give the file another name."
        )
    return WRITERS[suffix](network)


def save(network: Network, path: str | PathLike[str]) -> None:
    """Write a network to ``path``, in the format of its suffix, whole or not at all.

    Raises ``InputError``: the suffix is none of `WRITERS`, a package is missing, or the file cannot
    be written.
    """
    write_content(Path(path), content_in(Path(path).suffix.lower(), network))


def described(network: Network) -> dict[str, Any]:
    """What the numbers alone do not say, as JSON can hold it."""
    return {
        "title": network.card.get("title", ""),
        "input": f"{network.sizes[0]} {READS_INK}",
        "labels": labels(network),
        "activations": [layer.activation.name for layer in network.layers],
        "card": dict(network.card),
    }


def json_file(network: Network) -> bytes:
    """Lists of lists: ``layers``, each with ``weights`` (a row per neuron), ``biases``, activation.

    Each number has the fewest digits that read back as the same float32.
    """
    said = described(network)
    del said["activations"]  # each layer says its own
    words = json.dumps(said, ensure_ascii=False).removesuffix("}")
    layers = ",\n".join(map(_json_layer, network.layers))
    return f'{words},\n"layers": [\n{layers}]}}\n'.encode()


def safetensors_file(network: Network) -> bytes:
    """With the names that PyTorch gives the layers of a ``Sequential``, as their activations count.

    ``0.weight``, ``0.bias``, ``2.weight``, … Metadata has no order there, hence a single entry.
    """
    tensors: dict[str, Array] = {}
    for number, layer in enumerate(network.layers):
        tensors[f"{2 * number}.weight"] = layer.weights
        tensors[f"{2 * number}.bias"] = layer.biases
    words = {"network": json.dumps(described(network), ensure_ascii=False)}
    content: bytes = libraries.safetensors().numpy.save(tensors, metadata=words)
    return content


def _json_layer(layer: Layer) -> str:
    rows = ",\n".join(map(_json_row, layer.weights))
    head = f'"activation": "{layer.activation.name}",\n"biases": {_json_row(layer.biases)}'
    return f'{{{head},\n"weights": [\n{rows}]}}'


def _json_row(numbers: Array) -> str:
    # A row at a time: one call for all would hold up every other thread.
    return f"[{', '.join(numbers.astype('U').tolist())}]"


WRITERS: Final[Mapping[str, Callable[[Network], bytes]]] = MappingProxyType(
    {
        ".npz": Network.to_bytes,
        ".safetensors": safetensors_file,
        ".onnx": lambda network: onnx_file(network, described(network)),
        ".json": json_file,
    }
)
"""What makes a file of a network, by its suffix."""
