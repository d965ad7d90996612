"""Networks as other programs keep them, and what they compute, without the explorer's own code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from core.formats.found import FormatError, FoundNetwork
from core.formats.read import read_found

FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.where(z > 0, z, 0),
    "tanh": lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)),
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True),
    "identity": lambda z: z,
}


@dataclass(frozen=True)
class Dense:
    """A layer as PyTorch has it: a row of weights for each neuron."""

    weights: np.ndarray
    biases: np.ndarray
    function: str = "sigmoid"

    def __call__(self, inputs: np.ndarray) -> np.ndarray:
        return FUNCTIONS[self.function](inputs @ self.weights.T + self.biases)


def dense_layers(
    sizes: Sequence[int] = (64, 7, 5, 10), functions: Sequence[str] = ("relu", "tanh", "softmax")
) -> list[Dense]:
    """A network of these sizes; all its numbers are different, and float32."""
    rng = np.random.default_rng(sum(sizes))
    return [
        Dense(
            (rng.normal(size=(n_out, n_in)) / np.sqrt(n_in)).astype(np.float32),
            rng.normal(size=n_out).astype(np.float32),
            function,
        )
        for n_in, n_out, function in zip(sizes, sizes[1:], functions, strict=False)
    ]


def images(size: int = 64, count: int = 20) -> np.ndarray:
    """Some images, from 0 to 1."""
    return np.random.default_rng(1).random((count, size))


def outputs(steps: Sequence[Callable[[np.ndarray], np.ndarray]], shown: np.ndarray) -> np.ndarray:
    """What the images become, one step after the other."""
    for step in steps:
        shown = step(shown)
    return shown


def found_outputs(
    network: FoundNetwork, shown: np.ndarray, functions: Sequence[str] = ()
) -> np.ndarray:
    """What the network that was found makes of images; ``functions`` where the file says none."""
    for number, layer in enumerate(network.layers):
        weights = layer.weights if layer.out_first is not False else layer.weights.T
        biases = 0 if layer.biases is None else layer.biases
        function = layer.activation or functions[number]
        shown = FUNCTIONS[function](shown @ weights.T + biases)
    return shown


def refusal(content: bytes, name: str, **companions: bytes) -> FormatError:
    """The error of a file that is refused: one sentence, with a code for the page."""
    with pytest.raises(FormatError) as caught:
        read_found(content, name, companions)
    sentence = str(caught.value)
    assert caught.value.code.startswith("formats."), sentence
    assert "\n" not in sentence
    assert len(sentence) < 450
    return caught.value


def npz(**arrays: Any) -> bytes:
    """A NumPy archive."""
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def npy(array: np.ndarray) -> bytes:
    """A NumPy array in a file."""
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def zipped(compression: int = zipfile.ZIP_STORED, **entries: bytes) -> bytes:
    """A zip archive; ``__`` in a name stands for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "."), content)
    return file.getvalue()
