"""Networks as ``.npz`` files.

A file holds one JSON text, ``header`` (format version, activation and scale of every layer, the
network's card), and the arrays ``weights_1``, ``biases_1``, ``weights_2``, … as float32. It is
stored uncompressed, with no date in it, so that equal networks give equal bytes everywhere.
"""

import json
import math
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from core.activations import ACTIVATIONS
from core.errors import InputError
from core.layer import Layer, NetworkError, check_chain
from core.whole_file import write_whole

FORMAT = "neuron-explorer network"
VERSION = 1
LARGEST = 64 * 2**20
"""The most bytes a file may hold when unpacked: some sixteen million parameters."""

# What the zip, zlib, NumPy and JSON readers raise for bytes that are not theirs.
_MALFORMED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    TypeError,
    ValueError,
    RuntimeError,
    MemoryError,
)


class NetworkFileError(InputError):
    """A network file cannot be read or written; the sentence names it."""


def read(path: str | PathLike[str]) -> tuple[tuple[Layer, ...], dict[str, Any]]:
    """The layers and the card in the file at ``path``. Nothing in it is ever executed."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_size(archive)
            return _parse(archive)
    except NetworkError as error:
        raise NetworkFileError(f"The network in {path} cannot be used: {error}") from error
    except OSError as error:
        raise NetworkFileError(f"Cannot read {path}: {error.strerror or error}.") from error
    except _MALFORMED as error:
        raise NetworkFileError(
            f"{path} is not a network file, or it is damaged; save it again with Network.save, "
            "or choose another file."
        ) from error


def write(path: str | PathLike[str], layers: Sequence[Layer], card: Mapping[str, Any]) -> None:
    """Write ``layers`` and ``card`` to ``path``, whole or not at all."""
    header = {
        "format": FORMAT,
        "version": VERSION,
        "activations": [layer.activation.name for layer in layers],
        "scales": [layer.scale for layer in layers],
        "card": dict(card),
    }
    entries: dict[str, NDArray[Any]] = {"header": np.array(json.dumps(header, ensure_ascii=False))}
    for number, layer in enumerate(layers, start=1):
        entries[f"weights_{number}"] = layer.weights
        entries[f"biases_{number}"] = layer.biases
    try:
        with write_whole(Path(path)) as file:
            np.savez(file, allow_pickle=False, **entries)
    except OSError as error:
        raise NetworkFileError(f"Cannot write {path}: {error.strerror or error}.") from error


def _check_size(archive: zipfile.ZipFile) -> None:
    size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST:
        raise NetworkError(
            f"it unpacks to {size:,} bytes, and no more than {LARGEST:,} are allowed."
        )


def _parse(archive: zipfile.ZipFile) -> tuple[tuple[Layer, ...], dict[str, Any]]:
    header = json.loads(str(_array(archive, "header", "U")))
    if header["format"] != FORMAT:
        raise ValueError("another kind of file")
    if header["version"] != VERSION:
        raise NetworkError(
            f"it has the format version {header['version']!r}, and this program reads {VERSION}; "
            "update the program."
        )
    names, scales = header["activations"], header["scales"]
    layers = tuple(
        _layer(archive, number, name, scale)
        for number, (name, scale) in enumerate(zip(names, scales, strict=True), start=1)
    )
    check_chain(layers)
    return layers, dict(header["card"])


def _layer(archive: zipfile.ZipFile, number: int, name: str, scale: float) -> Layer:
    if name not in ACTIVATIONS:
        raise NetworkError(
            f"the activation {name!r} of layer {number} is not one of {', '.join(ACTIVATIONS)}."
        )
    weights = _array(archive, f"weights_{number}", "f")
    biases = _array(archive, f"biases_{number}", "f")
    return Layer(weights, biases, ACTIVATIONS[name], scale)


def _array(archive: zipfile.ZipFile, name: str, kind: str) -> NDArray[Any]:
    entry = archive.getinfo(f"{name}.npy")
    with archive.open(entry) as stream:
        _check_header(stream, entry.file_size, kind)
    with archive.open(entry) as stream:
        return npy.read_array(stream, allow_pickle=False)


def _check_header(stream: Any, size: int, kind: str) -> None:
    # NumPy allocates what a header claims before it reads what is there.
    if npy.read_magic(stream) != (1, 0):
        raise ValueError("not written by Network.save")
    shape, _, dtype = npy.read_array_header_1_0(stream)
    if dtype.kind != kind or min(shape, default=1) < 0:
        raise ValueError("another kind of array")
    if math.prod(shape) * dtype.itemsize > size:
        raise ValueError("more numbers announced than there are")
