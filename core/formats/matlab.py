"""Matlab's ``.mat`` files: those up to version 7 by SciPy, those of version 7.3 are HDF5."""

import struct
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.formats.found import FoundNetwork
from core.formats.hdf5 import Hdf5
from core.formats.libraries import scipy_io
from core.formats.named_arrays import network_of, real_numbers
from core.formats.source import MOST_BYTES, Source

_HEADER: Final = 128
_COMPRESSED: Final = 15
_NUMERIC: Final = {"double", "single", "logical"} | {
    f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)
}


def read_matlab(source: Source) -> FoundNetwork:
    """The matrices by the names of their variables, or all numbers in one line."""
    reader = _of_hdf5 if source.content.startswith(b"MATLAB 7.3") else _of_scipy
    arrays = reader(source)
    return network_of(source, real_numbers(source, arrays))


def _of_hdf5(source: Source) -> dict[str, NDArray[Any]]:
    """Matlab keeps its columns there as rows."""
    found = Hdf5(source).arrays.items()
    return {name: each.T for name, each in found if not name.startswith("#")}


def _of_scipy(source: Source) -> dict[str, NDArray[Any]]:
    reader = scipy_io()
    content = _unpacked(source) if source.content.startswith(b"MATLAB 5") else source.content
    found = {name: kind for name, _, kind in reader.whosmat(BytesIO(content))}
    names = [name for name, kind in found.items() if kind in _NUMERIC]
    if not names:
        raise source.no_network(f"{name} ({kind})" for name, kind in found.items())
    variables: Mapping[str, Any] = reader.loadmat(BytesIO(content), variable_names=names)
    return {name: np.asarray(variables[name]) for name in names if name in variables}


def _unpacked(source: Source) -> bytes:
    """The same file with its variables unpacked, so that none can grow beyond all measure."""
    order = "<" if source.content[126:128] == b"IM" else ">"
    left = MOST_BYTES
    parts = [source.content[:_HEADER]]
    for kind, content in _elements(source, order):
        if kind != _COMPRESSED:
            parts.append(struct.pack(f"{order}II", kind, len(content)) + content)
            continue
        plain = zlib.decompressobj().decompress(content, left)
        left -= len(plain)
        if left <= 0:
            source.too_large()
        parts.append(plain)
    return b"".join(parts)


def _elements(source: Source, order: str) -> Iterator[tuple[int, bytes]]:
    place = _HEADER
    while place < len(source.content):
        kind, size = struct.unpack_from(f"{order}II", source.content, place)
        content = source.content[place + 8 : place + 8 + size]
        if len(content) < size:
            raise source.damaged()
        yield kind, content
        place += 8 + size
