"""Tensors in the safetensors format, named as PyTorch, Keras or Flax name their parameters."""

import json
import struct
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from core.arrays import Floats
from core.formats.array_names import words
from core.formats.batch_norms import folded
from core.formats.found import FoundNetwork
from core.formats.libraries import safetensors
from core.formats.metadata import described
from core.formats.named_arrays import network_of, with_out_first
from core.formats.source import Source

_NUMPY: Final = {
    **{"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2"},
    **{"I8": "i1", "U8": "u1", "U16": "<u2", "U32": "<u4", "U64": "<u8", "BOOL": "?"},
}


def read_safetensors(source: Source) -> FoundNetwork:
    """The dense layers; a batch normalization with statistics is folded into them."""
    library = safetensors()
    try:
        tensors = dict(library.deserialize(source.content))
    except library.SafetensorError as error:
        raise source.damaged() from error
    arrays = {
        name: array
        for name, tensor in tensors.items()
        if (array := _array(source, name, tensor)).size
    }
    if not arrays:
        raise source.no_network(arrays)
    dense, notes = folded(arrays)
    network = with_out_first(network_of(source, dense), _rows_are_neurons(dense))
    return described(replace(network, notes=(*notes, *network.notes)), _metadata(source))


def _array(source: Source, name: str, tensor: Mapping[str, Any]) -> Floats:
    kind, shape, content = tensor["dtype"], tensor["shape"], bytes(tensor["data"])
    if kind == "BF16":  # the upper half of a 32-bit number
        upper = np.frombuffer(content, "<u2").astype(np.uint32) << 16
        return upper.view(np.float32).reshape(shape)
    if kind not in _NUMPY:
        raise source.other_numbers(name, kind)
    array = np.frombuffer(content, _NUMPY[kind]).reshape(shape)
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def _rows_are_neurons(arrays: Mapping[str, Floats]) -> bool | None:
    """Whether each matrix has a row a neuron, as PyTorch's; a kernel has a column a neuron."""
    last = {each for name in arrays for each in words(name)}
    if "kernel" in last:
        return False
    return True if "weight" in last else None


def _metadata(source: Source) -> Mapping[str, Any]:
    """What the file says of itself: texts by names."""
    (length,) = struct.unpack_from("<Q", source.content)
    header = json.loads(source.content[8 : 8 + length])
    said = header.get("__metadata__", {})
    return said if isinstance(said, dict) else {}
