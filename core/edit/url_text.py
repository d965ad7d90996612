"""What was changed of a network as a short text that can stand in an address.

The text is packed (`core.packed_text`). Whole numbers come first: a version, 1; the CRC-32 of the
network that was changed, by which it is known again; and of each layer how many numbers are other
than they were, and where. Of a layer's table, (n_out, n_in + 1), in which the bias of a neuron
stands behind its weights, that is how many cells are passed over before each. The numbers
themselves follow as float32: first the lowest bytes of all, at last the highest, because these are
much alike.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, islice
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import Array, read_only
from core.errors import InputError
from core.nn.layer import Layer, NetworkError
from core.nn.network import Network
from core.packed_text import PackedTextError, in_bytes, numbers_in, packed, unpacked

_VERSION: Final = 1
_BYTES: Final = 4  # of a number
_HEAD: Final = 1_000  # bytes, more than there are beside cells and numbers


class ChangesError(InputError):
    """A text that says nothing of this network."""


def to_url_text(original: Network, network: Network) -> str | None:
    """What ``network`` has otherwise than ``original``, for `from_url_text`; "" if it is the same.

    Numbers count as other if any bit is. None if more than numbers is other: the sizes, or the
    activation function of a layer.
    """
    if any(_kind(a) != _kind(b) for a, b in zip(original.layers, network.layers, strict=False)):
        return None
    if network.sizes != original.sizes:
        return None
    pairs = [(_table(a), _table(b)) for a, b in zip(original.layers, network.layers, strict=True)]
    cells = [np.flatnonzero(old.view(np.uint32) != new.view(np.uint32)) for old, new in pairs]
    if not any(map(len, cells)):
        return ""
    others = np.concatenate(
        [new.ravel()[some] for (_, new), some in zip(pairs, cells, strict=True)]
    )
    return packed(_places(original, cells) + _in_planes(others))


def from_url_text(original: Network, text: str) -> Network:
    """The network of which `to_url_text` has written the text, bit for bit.

    Raises:
        ChangesError: it is no such text, or was written of another network.
    """
    if text == "":
        return original
    try:
        return _read(original, unpacked(text, _most_bytes(original)))
    except (PackedTextError, NetworkError, StopIteration, IndexError):
        raise ChangesError("Not changes of a network.", "edit.no_changes") from None


def _read(original: Network, content: bytes) -> Network:
    numbers = numbers_in(content)
    if next(numbers) != _VERSION:
        raise PackedTextError
    if next(numbers) != _checksum(original):
        raise ChangesError(
            "These changes are of another network than the one that is here now.", "edit.another"
        )
    cells = [_cells_read(numbers, layer) for layer in original.layers]
    n_places = len(_places(original, cells))
    if len(content) != n_places + _BYTES * sum(map(len, cells)):
        raise PackedTextError
    others = _from_planes(content[n_places:])
    parts = np.split(others, np.cumsum([len(some) for some in cells])[:-1])
    changed = zip(original.layers, cells, parts, strict=True)
    return original.with_layers([_with_cells(*each) for each in changed])


def _most_bytes(network: Network) -> int:
    return _HEAD + (_BYTES + 1) * network.n_stored


def _kind(layer: Layer) -> tuple[str, float]:
    return layer.activation.name, layer.scale


def _table(layer: Layer) -> Array:
    """(n_out, n_in + 1)."""
    return np.column_stack((layer.weights, layer.biases))


def _places(original: Network, cells: Iterable[npt.NDArray[np.intp]]) -> bytes:
    """All that stands before the numbers."""
    return in_bytes([_VERSION, _checksum(original), *_written(cells)])


def _written(cells: Iterable[npt.NDArray[np.intp]]) -> Iterator[int]:
    for some in cells:
        yield len(some)
        yield from (np.diff(some, prepend=-1) - 1).tolist()


def _cells_read(numbers: Iterator[int], layer: Layer) -> npt.NDArray[np.intp]:
    """Raises `PackedTextError` for cells that the table of this layer does not have."""
    count, size = next(numbers), layer.weights.size + layer.biases.size
    passed = list(islice(numbers, min(count, size)))
    cells = list(accumulate(passed, lambda cell, more: cell + 1 + more))
    if len(cells) != count or (cells and cells[-1] >= size):
        raise PackedTextError
    return np.array(cells, dtype=np.intp)


def _with_cells(layer: Layer, cells: npt.NDArray[np.intp], others: Array) -> Layer:
    if not len(cells):
        return layer
    table = _table(layer)
    table.ravel()[cells] = others
    weights, biases = table[:, :-1].copy(), table[:, -1].copy()
    return replace(layer, weights=read_only(weights), biases=read_only(biases))


def _in_planes(numbers: Array) -> bytes:
    return numbers.astype("<f4").view(np.uint8).reshape(-1, _BYTES).T.tobytes()


def _from_planes(content: bytes) -> Array:
    planes = np.frombuffer(content, np.uint8).reshape(_BYTES, -1)
    return planes.T.copy().view("<f4").ravel().astype(np.float32)


def _checksum(network: Network) -> int:
    found = 0
    for layer in network.layers:
        found = zlib.crc32(f"{_kind(layer)} {layer.weights.shape}".encode(), found)
        found = zlib.crc32(_table(layer).tobytes(), found)
    return found
