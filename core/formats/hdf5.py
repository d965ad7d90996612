"""What is in an HDF5 file. Nothing outside of the file is read, whatever it refers to.

The library can crash on a damaged file: call it through `core.formats.own_process` only.
"""

import math
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.formats.contents import Contents
from core.formats.libraries import h5py
from core.formats.source import MOST_BYTES, Source

_MOST_OBJECTS: Final = 2_000
_DEEPEST: Final = 12


def hdf5_contents(source: Source) -> Contents:
    """The arrays of numbers by their paths, and the attributes of groups that are texts."""
    with h5py().File(BytesIO(source.content), "r") as file:
        return _Walk(source).contents(file)


class _Walk:
    """A walk through all groups of a file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._library = h5py()
        self._objects_left = _MOST_OBJECTS
        self._bytes_left = MOST_BYTES
        self._found = Contents()

    def contents(self, file: Any) -> Contents:
        """What the walk comes by."""
        self._add_group(file, "", _DEEPEST)
        return self._found

    def _add_group(self, group: Any, path: str, depth: int) -> None:
        self._found.texts.update((path + name, text) for name, text in _texts(group))
        for name in list(group):
            self._objects_left -= 1
            if self._objects_left < 0 or depth == 0:
                self._source.too_large()
            # A link may lead to another file, or back to a group around it.
            if isinstance(group.get(name, getlink=True), self._library.HardLink):
                self._add(group[name], path + name, depth)

    def _add(self, each: Any, path: str, depth: int) -> None:
        if isinstance(each, self._library.Group):
            self._add_group(each, f"{path}/", depth - 1)
        elif isinstance(each, self._library.Dataset):
            if each.shape is None or each.dtype.kind not in "fiub":
                self._found.others.append(f"{path} ({each.dtype})")
            elif not (each.is_virtual or each.external):
                self._found.arrays[path] = self._numbers(each)

    def _numbers(self, dataset: Any) -> NDArray[Any]:
        self._bytes_left -= math.prod(dataset.shape) * dataset.dtype.itemsize
        if self._bytes_left < 0:
            self._source.too_large()
        return np.asarray(dataset[()])


def _texts(group: Any) -> Iterator[tuple[str, str]]:
    """The attributes that are texts, by their names."""
    for name in list(group.attrs):
        value = group.attrs[name] if group.attrs.get_id(name).shape == () else None
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, str):
            yield name, value
