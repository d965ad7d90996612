"""What is in a Matlab file of a version up to 7.

The library can crash on a damaged file: call it through `core.formats.own_process` only.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import numpy as np

from core.formats.contents import Contents
from core.formats.libraries import scipy_io
from core.formats.source import MOST_BYTES, Source

_HEADER: Final = 128
_COMPRESSED: Final = 15
_MOST_ENTRIES: Final = 500
_DEEPEST: Final = 4


def matlab_contents(source: Source) -> Contents:
    """The matrices by the names of their variables; those in cells and structures as well."""
    content = _unpacked(source) if source.content.startswith(b"MATLAB 5") else source.content
    found = Contents()
    for name, value in scipy_io().loadmat(BytesIO(content)).items():
        if not name.startswith("__"):
            _add(found, name, value, _DEEPEST)
    return found


def _add(found: Contents, name: str, value: Any, depth: int) -> None:
    array = np.asarray(value)
    if array.dtype.kind in "fiub":
        found.arrays[name] = array
    elif depth == 0 or array.size > _MOST_ENTRIES or array.dtype.kind not in "OV":
        found.others.append(f"{name} ({type(value).__name__})")
    else:
        for inside, each in _inside(array):
            _add(found, f"{name}.{inside}", each, depth - 1)


def _inside(array: Any) -> Iterator[tuple[str, Any]]:
    """What is in the cells of an array, by their numbers, or in a structure, by its fields."""
    for number, each in enumerate(array.ravel(order="F"), start=1):
        if array.dtype.names is None:
            yield str(number), each
        else:
            yield from ((field, each[field]) for field in array.dtype.names)


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
