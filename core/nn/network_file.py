"""Networks as ``.npz`` files.

A file holds one JSON text, ``header`` (format version, activation and scale of every layer, the
feature maps of convolutional ones under ``maps``, the network's card), and the arrays
``weights_1``, ``biases_1``, ``weights_2``, … as float32. It is stored uncompressed, with no date in
it, so that equal networks give equal bytes everywhere. A program that knows no feature maps reads
the same network, for all weights are there, those that are 0 or equal as well.

Activation statistics are optional: ``profile`` in the header says in words what they were measured
on, ``profile_images`` and ``profile_labels`` are the drawings, and ``profile_means_1``,
``profile_most_1``, ``profile_least_1``, … the statistics of each layer. A program that knows none
reads the rest, so the format version stays the same.
"""

import json
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from os import PathLike
from pathlib import Path
from reprlib import repr as shortened
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.file_format import HEAD, NETWORKS, FileFormat, file_format
from core.files import write_content
from core.nn.activation_statistics import ActivationStatistics
from core.nn.activations import ACTIVATIONS
from core.nn.feature_maps import FeatureMaps, FeatureMapsError
from core.nn.layer import LARGEST, Layer, NetworkError, check_chain
from core.nn.model_card import CardError, checked_card

FORMAT = "neuron-explorer network"
VERSION = 1

LARGEST_FILE: Final = 4 * LARGEST + 2**20
"""The most bytes of a file, packed or unpacked: the largest network, its statistics and card."""

_LONGEST_HEADER: Final = 100_000

_NAME_OF_ENTRY: Final = 30
"""Where the name of a zip file's first entry begins."""

# What the zip, zlib and JSON readers raise for bytes that are not theirs, and what is raised here.
_MALFORMED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
    RuntimeError,  # a zip that is encrypted or packed in an unknown way, JSON that is too deep
)

# An array as `numpy.savez` writes it. NumPy's own reader would evaluate the header, and allocate
# what it claims before it has read what is there.
_ARRAY: Final = re.compile(
    rb"\x93NUMPY\x01\x00.."
    rb"\{'descr': '[<|]([fuU])([1-9]\d{0,8})', 'fortran_order': (False|True), "
    rb"'shape': \(((?:\d{1,9},? ?)*)\), \} *\n",
    re.DOTALL,
)


class NetworkFileError(InputError):
    """A network file cannot be read or written; the sentence names it."""


Contents: TypeAlias = tuple[tuple[Layer, ...], dict[str, Any], ActivationStatistics | None]


def is_own(content: bytes) -> bool:
    """Whether a file of this content begins as `packed` begins it, damaged or not."""
    return content.startswith(b"PK\x03\x04") and content[_NAME_OF_ENTRY:].startswith(b"header.npy")


def unpacked(content: bytes, path: str | PathLike[str]) -> Contents:
    """The layers, the card and the statistics, if any, in a file of this ``content``.

    Nothing in it is ever executed. Raises ``NetworkFileError``, which calls it ``path`` and says
    what it is instead.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_size(archive)
            return _parse(archive)
    except (NetworkError, FeatureMapsError, CardError) as error:
        raise NetworkFileError(f"The network in {path} cannot be used: {error}") from error
    except _MALFORMED as error:
        raise NetworkFileError(f"{path} {_fault(content, Path(path).name)}") from error


def write(
    path: str | PathLike[str],
    layers: Sequence[Layer],
    card: Mapping[str, Any],
    statistics: ActivationStatistics | None = None,
) -> None:
    """Write ``layers``, ``card`` and ``statistics`` to ``path``, whole or not at all."""
    write_content(Path(path), packed(layers, card, statistics), NetworkFileError)


def packed(
    layers: Sequence[Layer],
    card: Mapping[str, Any],
    statistics: ActivationStatistics | None = None,
) -> bytes:
    """The content of a file with ``layers``, ``card`` and ``statistics``."""
    header: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "activations": [layer.activation.name for layer in layers],
        "scales": [layer.scale for layer in layers],
        "card": dict(card),
    }
    if any(layer.maps for layer in layers):
        header["maps"] = [layer.maps and layer.maps.table for layer in layers]
    if statistics:
        header["profile"] = {"means_of": statistics.means_of, "images_of": statistics.images_of}
    entries: dict[str, NDArray[Any]] = {"header": np.array(json.dumps(header, ensure_ascii=False))}
    for number, layer in enumerate(layers, start=1):
        entries[f"weights_{number}"] = layer.weights
        entries[f"biases_{number}"] = layer.biases
    if statistics:
        entries |= _tables(statistics)
    content = BytesIO()
    np.savez(content, allow_pickle=False, **entries)
    return content.getvalue()


def _tables(statistics: ActivationStatistics) -> dict[str, NDArray[Any]]:
    entries: dict[str, NDArray[Any]] = {
        "profile_images": statistics.images,
        "profile_labels": statistics.labels,
    }
    of_layers = zip(statistics.means, statistics.maximizing, statistics.minimizing, strict=True)
    for number, (means, maximizing, minimizing) in enumerate(of_layers, start=1):
        entries[f"profile_means_{number}"] = means
        entries[f"profile_most_{number}"] = maximizing
        entries[f"profile_least_{number}"] = minimizing
    return entries


def _fault(content: bytes, name: str) -> str:
    """What a file of this content is that holds no network, and what to do about it."""
    found = file_format(content[:HEAD], name)
    arrays = _names_of_arrays(content) if found is FileFormat.NUMPY_ARCHIVE else []
    if found is FileFormat.EMPTY:
        return "is empty; choose a file that Network.save has written."
    if arrays and "header" not in arrays:
        return (
            f"is a NumPy file with the arrays {shortened(arrays)}, and not one that Network.save "
            "has written; load it with Network.load, or open it among the networks of the page."
        )
    if found in (FileFormat.NUMPY_ARCHIVE, FileFormat.UNKNOWN):
        return (
            "is not a network file, or it is damaged; save it again with Network.save, or choose "
            "another file."
        )
    if found in NETWORKS:
        return (
            f"has the format of another program ({found.value}); load it with Network.load, or "
            "open it among the networks of the page."
        )
    return (
        f"is no network, but has another format ({found.value}); choose a file that Network.save "
        "has written."
    )


def _names_of_arrays(content: bytes) -> list[str]:
    """The arrays of a NumPy archive; none if it is damaged."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return [name.removesuffix(".npy") for name in archive.namelist()]
    except _MALFORMED:
        return []


def _check_size(archive: zipfile.ZipFile) -> None:
    size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST_FILE:
        raise NetworkError(
            f"it unpacks to {size:,} bytes, and no more than {LARGEST_FILE:,} are allowed."
        )


def _header(archive: zipfile.ZipFile) -> dict[str, Any]:
    # NumPy would make a string of numbers that are no characters.
    text = _array(archive, "header", "U").tobytes().decode("utf-32-le").rstrip("\0")
    if len(text) > _LONGEST_HEADER:
        raise NetworkError(
            f"its header has {len(text):,} characters; {_LONGEST_HEADER:,} are read."
        )
    header = json.loads(text)
    if not isinstance(header, dict):
        raise TypeError("not a header")
    return header


def _parse(archive: zipfile.ZipFile) -> Contents:
    header = _header(archive)
    if header["format"] != FORMAT:
        raise ValueError("another kind of file")
    if header["version"] != VERSION:
        raise NetworkError(
            f"it has the format version {shortened(header['version'])}, and this program reads "
            f"{VERSION}; update the program."
        )
    names, scales = header["activations"], header["scales"]
    maps = header.get("maps", [None] * len(names))
    layers = tuple(
        _layer(archive, number, *each)
        for number, each in enumerate(zip(names, scales, maps, strict=True), start=1)
    )
    check_chain(layers)
    statistics = _statistics(archive, header["profile"], layers) if "profile" in header else None
    return layers, dict(checked_card(header["card"])), statistics


def _statistics(
    archive: zipfile.ZipFile, words: Mapping[str, Any], layers: Sequence[Layer]
) -> ActivationStatistics:
    numbers = range(1, len(layers) + 1)
    return ActivationStatistics(
        means=tuple(_array(archive, f"profile_means_{number}", "f") for number in numbers),
        images=_array(archive, "profile_images", "u"),
        labels=_array(archive, "profile_labels", "u"),
        maximizing=tuple(_array(archive, f"profile_most_{number}", "u") for number in numbers),
        minimizing=tuple(_array(archive, f"profile_least_{number}", "u") for number in numbers),
        means_of=words["means_of"],
        images_of=words["images_of"],
    ).fitting(layers)


def _layer(archive: zipfile.ZipFile, number: int, name: str, scale: float, maps: object) -> Layer:
    if name not in ACTIVATIONS:
        raise NetworkError(
            f"the activation {shortened(name)} of layer {number} is not one of "
            f"{', '.join(ACTIVATIONS)}."
        )
    weights = _array(archive, f"weights_{number}", "f")
    biases = _array(archive, f"biases_{number}", "f")
    found = None if maps is None else FeatureMaps.from_table(maps)
    return Layer(weights, biases, ACTIVATIONS[name], scale, found)


def _array(archive: zipfile.ZipFile, name: str, kind: str) -> NDArray[Any]:
    content = archive.read(f"{name}.npy")
    header = _ARRAY.match(content)
    if header is None or header[1] != kind.encode():
        raise ValueError("not written by Network.save")
    _, size, by_columns, shape = header.groups()
    array = np.frombuffer(content, f"<{kind}{size.decode()}", offset=header.end())
    sizes = [int(each) for each in re.findall(rb"\d+", shape)]
    return array.reshape(sizes, order="F" if by_columns == b"True" else "C")
