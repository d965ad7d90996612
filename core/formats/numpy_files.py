"""Arrays of NumPy, ``.npy`` and ``.npz``. Arrays of objects are pickles, and never opened."""

import math
import re
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.formats.found import FormatError, FoundNetwork
from core.formats.named_arrays import network_of, real_numbers
from core.formats.source import Source, unzipped

# NumPy's own reader would evaluate the header, and allocate what it claims before reading.
_HEAD: Final = re.compile(rb"\x93NUMPY(?:\x01.(..)|[\x02\x03].(....))", re.DOTALL)
_DTYPE: Final = re.compile(rb"'descr': *'([<>|=][a-zA-Z]\d{0,9}(?:\[\w+\])?)'")
_ORDER: Final = re.compile(rb"'fortran_order': *(False|True)")
_SHAPE: Final = re.compile(rb"'shape': *\(((?:\d{1,12}L?,? *)*)\)")
_LONGEST_HEADER: Final = 10_000


def read_npy(source: Source) -> FoundNetwork:
    """One array: a layer without biases, or all numbers in one line."""
    return network_of(source, real_numbers(source, {"weights": array(source, source.content)}))


def read_npz(source: Source) -> FoundNetwork:
    """Arrays by their names."""
    arrays = {
        name.removesuffix(".npy"): array(source, content)
        for name, content in unzipped(source).items()
        if name.endswith(".npy")
    }
    return network_of(source, real_numbers(source, arrays))


def array(source: Source, content: bytes) -> NDArray[Any]:
    """The array in an ``.npy`` file of this ``content``, as it is there."""
    head = _HEAD.match(content)
    if head is None:
        raise source.damaged()
    length = int.from_bytes(head[1] or head[2], "little")
    header = content[head.end() : head.end() + min(length, _LONGEST_HEADER)]
    dtype, order, shape = (each.search(header) for each in (_DTYPE, _ORDER, _SHAPE))
    if dtype is None or order is None or shape is None:
        raise _refusal(source, header)
    if dtype[1][1:2] == b"O":
        raise objects(source)
    sizes = [int(each) for each in re.findall(rb"\d+", shape[1])]
    return _filled(source, dtype[1].decode(), sizes, content[head.end() + length :], order[1])


def objects(source: Source) -> FormatError:
    """The error for arrays that are pickles."""
    return FormatError(
        "{file} holds Python objects, that is, pickles, which could run a program on this computer "
        "and are never opened; save each array under a name of its own: "
        'np.savez("network.npz", W1=W1, b1=b1, W2=W2, b2=b2).',
        "formats.objects",
        file=source.name,
    )


def _refusal(source: Source, header: bytes) -> FormatError:
    structured = b"'descr': [" in header
    return source.no_network(["dtype=[…]"]) if structured else source.damaged()


def _filled(
    source: Source, dtype: str, sizes: list[int], content: bytes, order: bytes
) -> NDArray[Any]:
    kind = np.dtype(dtype)
    count = math.prod(sizes)
    if kind.itemsize == 0 or count * kind.itemsize > len(content):
        raise source.damaged()
    line = np.frombuffer(content, kind, count)
    return line.reshape(sizes, order="F" if order == b"True" else "C")
