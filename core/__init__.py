"""Small neural networks that read images, every number of which can be looked at and changed.

    from core import Network, pretrained
    from core.ink import centre

    network = pretrained()["default"]        # or Network.load("x.safetensors")
    image = centre([[(7, 7), (20, 7), (12, 24)]]).ravel()
    trace = network.trace(image)             # every weighted sum and activation
    print(trace.outputs.argmax())            # 7

Networks, layers and drawings are values: nothing in them changes, and an edit gives a new one. Only
NumPy is needed. What is wrong with a file or a number is an `InputError` with one sentence.

What there is beyond the names below:

- `core.ink`: from strokes to the pixels that a network receives; `core.pictures`: from photos;
- `core.explain`: why a neuron has its number; `core.edit`: what another network would say;
- `core.training`, `core.data`, `core.evaluation`: training on MNIST and pen strokes, and measuring;
- `core.formats`: networks in the files of other programs;
- ``python -m core --help``: the same at the command line.

GUIDE.md, in the folder of this package, shows all of it by examples.
"""

from pathlib import Path

from core.errors import InputError
from core.formats.write import WRITERS
from core.nn.activations import ACTIVATIONS, Activation, identity, relu, sigmoid, softmax, tanh
from core.nn.any_file import read_others_with, write_others_with
from core.nn.layer import Layer
from core.nn.network import Network
from core.nn.network_file import Contents
from core.nn.pretrained import pretrained
from core.nn.trace import LayerTrace, Trace
from core.version import __version__

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "InputError",
    "Layer",
    "LayerTrace",
    "Network",
    "Trace",
    "__version__",
    "identity",
    "pretrained",
    "relu",
    "sigmoid",
    "softmax",
    "tanh",
]


def _of_another_program(content: bytes, path: Path) -> Contents:
    from core.formats.opening import contents  # noqa: PLC0415 - only who needs it waits for it

    return contents(content, path)


read_others_with(_of_another_program)
write_others_with(WRITERS)
