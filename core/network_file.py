"""Networks as ``.npz`` files.

A file holds one JSON text, ``header`` (format version, activation and scale of every layer, the
network's card), and the arrays ``weights_1``, ``biases_1``, ``weights_2``, … as float32. It is
stored uncompressed, with no date in it, so that equal networks give equal bytes everywhere.

A profile of the neurons is optional: ``profile`` in the header says in words what it was measured
on, ``profile_images`` and ``profile_labels`` are the drawings, and ``profile_means_1``,
``profile_most_1``, ``profile_least_1``, … the statistics of each layer. A program that knows no
profiles reads the rest, so the format version stays the same.
"""

import json
import math
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from core.activations import ACTIVATIONS
from core.errors import InputError
from core.layer import Layer, NetworkError, check_chain
from core.profile import Profile
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


Contents: TypeAlias = tuple[tuple[Layer, ...], dict[str, Any], Profile | None]


def read(path: str | PathLike[str]) -> Contents:
    """The layers, the card and the profile, if any, in the file at ``path``.

    Nothing in it is ever executed.
    """
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


def write(
    path: str | PathLike[str],
    layers: Sequence[Layer],
    card: Mapping[str, Any],
    profile: Profile | None = None,
) -> None:
    """Write ``layers``, ``card`` and ``profile`` to ``path``, whole or not at all."""
    header: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "activations": [layer.activation.name for layer in layers],
        "scales": [layer.scale for layer in layers],
        "card": dict(card),
    }
    if profile:
        header["profile"] = {"means_of": profile.means_of, "images_of": profile.images_of}
    entries: dict[str, NDArray[Any]] = {"header": np.array(json.dumps(header, ensure_ascii=False))}
    for number, layer in enumerate(layers, start=1):
        entries[f"weights_{number}"] = layer.weights
        entries[f"biases_{number}"] = layer.biases
    if profile:
        entries |= _statistics(profile)
    try:
        with write_whole(Path(path)) as file:
            np.savez(file, allow_pickle=False, **entries)
    except OSError as error:
        raise NetworkFileError(f"Cannot write {path}: {error.strerror or error}.") from error


def _statistics(profile: Profile) -> dict[str, NDArray[Any]]:
    entries: dict[str, NDArray[Any]] = {
        "profile_images": profile.images,
        "profile_labels": profile.labels,
    }
    tables = zip(profile.means, profile.most, profile.least, strict=True)
    for number, (means, most, least) in enumerate(tables, start=1):
        entries[f"profile_means_{number}"] = means
        entries[f"profile_most_{number}"] = most
        entries[f"profile_least_{number}"] = least
    return entries


def _check_size(archive: zipfile.ZipFile) -> None:
    size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST:
        raise NetworkError(
            f"it unpacks to {size:,} bytes, and no more than {LARGEST:,} are allowed."
        )


def _parse(archive: zipfile.ZipFile) -> Contents:
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
    profile = _profile(archive, header["profile"], layers) if "profile" in header else None
    return layers, dict(header["card"]), profile


def _profile(
    archive: zipfile.ZipFile, words: Mapping[str, Any], layers: Sequence[Layer]
) -> Profile:
    numbers = range(1, len(layers) + 1)
    return Profile(
        means=tuple(_array(archive, f"profile_means_{number}", "f") for number in numbers),
        images=_array(archive, "profile_images", "u"),
        labels=_array(archive, "profile_labels", "u"),
        most=tuple(_array(archive, f"profile_most_{number}", "u") for number in numbers),
        least=tuple(_array(archive, f"profile_least_{number}", "u") for number in numbers),
        means_of=words["means_of"],
        images_of=words["images_of"],
    ).fitting(layers)


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
