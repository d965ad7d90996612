"""Arrays in an HDF5 file. Nothing outside of the file is read, whatever it refers to."""

import math
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.formats.libraries import h5py
from core.formats.source import MOST_BYTES, Source

_MOST_OBJECTS: Final = 2_000
_DEEPEST: Final = 12


class Hdf5:
    """A file that is open: its ``arrays`` by their paths, and the ``attributes`` of its root."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._library = h5py()
        self._left = _MOST_OBJECTS
        self._bytes_left = MOST_BYTES
        self.arrays: dict[str, NDArray[Any]] = {}
        self.names: dict[str, str] = {}
        with self._library.File(BytesIO(source.content), "r") as file:
            self.attributes: Mapping[str, Any] = self._texts(file)
            for path, dataset in self._datasets(file, "", _DEEPEST):
                self.arrays[path] = self._read(dataset)

    def _texts(self, owner: Any) -> dict[str, str]:
        """The attributes that are texts."""
        found = {}
        for name in list(owner.attrs):
            if owner.attrs.get_id(name).shape != ():
                continue
            value = owner.attrs[name]
            if isinstance(value, bytes):
                value = value.decode("utf-8", "replace")
            if isinstance(value, str):
                found[name] = value
        return found

    def _datasets(self, group: Any, before: str, depth: int) -> Iterator[tuple[str, Any]]:
        # A link may lead to another file, or back to a group around it.
        for name in list(group):
            self._left -= 1
            if self._left < 0 or depth == 0:
                self._source.too_large()
            if not isinstance(group.get(name, getlink=True), self._library.HardLink):
                continue
            each = group[name]
            if isinstance(each, self._library.Group):
                said = self._texts(each).get("name")
                if said is not None:
                    self.names[before + name] = said
                yield from self._datasets(each, f"{before}{name}/", depth - 1)
            elif isinstance(each, self._library.Dataset):
                yield before + name, each

    def _read(self, dataset: Any) -> NDArray[Any]:
        """The numbers of a dataset; none for one that is no array of numbers in this file."""
        if dataset.shape is None or dataset.dtype.kind not in "fiub":
            return np.empty(0)
        if dataset.is_virtual or dataset.external:
            return np.empty(0)
        self._bytes_left -= math.prod(dataset.shape) * dataset.dtype.itemsize
        if self._bytes_left < 0:
            self._source.too_large()
        numbers: NDArray[Any] = dataset[()]
        return np.asarray(numbers)
