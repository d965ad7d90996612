"""A network as a program: some ten lines of NumPy that load it and compute its answer."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from core.nn.image_network import labels
from core.nn.network import Network

NETWORK, DRAWING, PROGRAM = "network.npz", "drawing.npy", "network.py"
"""The files beside each other: what is loaded, what is read, and what does it."""

_FUNCTIONS: Final[Mapping[str, str]] = {
    "sigmoid": "np.exp(-np.logaddexp(0, -z))  # 1 / (1 + exp(-z))",
    "relu": "np.maximum(z, 0)",
    "tanh": "np.tanh(z)",
    "softmax": "np.exp(z - z.max()) / np.exp(z - z.max()).sum()",
    "identity": "z",
}

_FUNCTION: Final = """
def {}(z):
    return {}
"""

_PROGRAM: Final = """\
import numpy as np
{functions}
network = np.load("{network}")
a = np.load("{drawing}")  # {pixels} pixels: 0 paper, 1 ink
for n, activation in enumerate([{names}], 1):
    z = network[f"weights_{{n}}"] @ a + network[f"biases_{{n}}"]
    a = activation(z)
for label, output in zip({labels}, a):
    print(label, f"{{output:.6f}}")
"""

_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The first that a zip file can have: equal contents give equal bytes."""


def program(network: Network) -> str:
    """Python that needs NumPy alone, and the files `NETWORK` and `DRAWING` in its folder.

    It prints a line for each output: its label and its activation.
    """
    names = [layer.activation.name for layer in network.layers]
    functions = [_FUNCTION.format(name, _FUNCTIONS[name]) for name in dict.fromkeys(names)]
    return _PROGRAM.format(
        functions="".join(functions),
        names=", ".join(names),
        network=NETWORK,
        drawing=DRAWING,
        pixels=network.sizes[0],
        labels=_written(labels(network)),
    )


def packed_program(network: Network, image: ArrayLike) -> bytes:
    """A zip file with the program, its network, and the image (n_in,) that it reads, 0-1.

    Raises ``ImageError`` for what is no image of the network's.
    """
    drawing, content = BytesIO(), BytesIO()
    np.save(drawing, network.checked(image))
    files = {PROGRAM: program(network).encode(), NETWORK: network.to_bytes()}
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in (files | {DRAWING: drawing.getvalue()}).items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), held, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _written(labels: tuple[str, ...]) -> str:
    """As one text, if each label is one letter; else as a list."""
    return ascii("".join(labels) if all(len(each) == 1 for each in labels) else list(labels))
