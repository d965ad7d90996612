"""How a file of a network is loaded: a few lines of Python to paste, for each format."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from core.formats.program import program
from core.nn.network import Network

_MODULES: Final[Mapping[str, str]] = {
    "sigmoid": "Sigmoid()",
    "relu": "ReLU()",
    "tanh": "Tanh()",
    "softmax": "Softmax(dim=-1)",
    "identity": "Identity()",
}
"""The activations of PyTorch, by their names here."""


def usage(suffix: str, network: Network, file: str) -> str:
    """Lines of Python that load this network from a ``file`` with one of the suffixes `USAGES`."""
    return USAGES[suffix](network, file)


def _here(network: Network, file: str) -> str:
    return f"""\
from core import Network

network = Network.load("{file}")
{_image(network)}
outputs = network(image)
"""


def _pytorch(network: Network, file: str) -> str:
    pairs = "".join(
        f"    nn.Linear({layer.n_in}, {layer.n_out}), nn.{_MODULES[layer.activation.name]},\n"
        for layer in network.layers
    )
    return f"""\
from safetensors.torch import load_file
from torch import nn

network = nn.Sequential(
{pairs})
network.load_state_dict(load_file("{file}"))
{_image(network)}
outputs = network(image)
"""


def _onnxruntime(network: Network, file: str) -> str:
    return f"""\
import onnxruntime

session = onnxruntime.InferenceSession("{file}")
{_image(network)}
(outputs,) = session.run(["outputs"], {{"image": [image]}})
"""


def _json(network: Network, file: str) -> str:
    first = network.layers[0]
    return f"""\
import json

with open("{file}", encoding="utf-8") as file:
    network = json.load(file)
weights = network["layers"][0]["weights"]  # {first.n_out} rows of {first.n_in} numbers
"""


def _image(network: Network) -> str:
    return f"# image: {network.sizes[0]} numbers, row by row, 0 paper, 1 ink, float32"


USAGES: Final[Mapping[str, Callable[[Network, str], str]]] = MappingProxyType(
    {
        ".npz": _here,
        ".safetensors": _pytorch,
        ".onnx": _onnxruntime,
        ".json": _json,
        ".zip": lambda network, _: program(network),
    }
)
"""What loads a file, by its suffix: of those that `core.formats.write` makes, and of a program."""
