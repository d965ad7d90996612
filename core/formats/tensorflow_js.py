"""TensorFlow.js: ``model.json``, and the weights in files beside it that it names."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.formats.found import FormatError, FoundNetwork
from core.formats.keras_files import NamedWeights
from core.formats.keras_layers import stacked
from core.formats.keras_plan import planned_layers
from core.formats.source import Source

_NUMPY: Final = {"float32": "<f4", "float16": "<f2", "int32": "<i4", "bool": "?", "uint8": "u1"}
_QUANTIZED: Final = {"uint8": "u1", "uint16": "<u2", "float16": "<f2"}


def read_tensorflow_js(source: Source) -> FoundNetwork:
    """A layers model. Its weights are looked for in the companions."""
    said = source.json(source.content)
    topology = said.get("modelTopology") if isinstance(said, dict) else None
    if not isinstance(topology, dict):
        raise source.no_network(said if isinstance(said, dict) else [])
    if "node" in topology or said.get("format") == "graph-model":
        raise FormatError(
            "{file} is a graph model of TensorFlow.js, without layers; convert the Keras model "
            "to a layers model, or save it as .keras.",
            "formats.graph_model",
            file=source.name,
        )
    arrays = dict(_arrays(source, said.get("weightsManifest") or []))
    layers = planned_layers(source, topology.get("model_config", topology))
    stack = stacked(layers, NamedWeights(arrays).variables)
    if stack.empty:
        raise source.no_network(layer.name for layer in layers)
    return stack.network(source.format)


def _arrays(source: Source, manifest: Any) -> Iterator[tuple[str, NDArray[Any]]]:
    for group in manifest:
        content = b"".join(source.companion(str(path)) for path in group["paths"])
        begin = 0
        for weight in group["weights"]:
            array, size = _array(source, weight, memoryview(content)[begin:])
            begin += size
            yield str(weight["name"]), array


def _array(
    source: Source, weight: Mapping[str, Any], content: memoryview
) -> tuple[NDArray[Any], int]:
    """The array that stands at the beginning of ``content``, and how many bytes it takes there."""
    quantization = weight.get("quantization")
    said = quantization or weight
    kind = (_QUANTIZED if quantization else _NUMPY).get(str(said["dtype"]))
    if kind is None:
        raise source.other_numbers(str(weight["name"]), str(said["dtype"]))
    count = math.prod(int(each) for each in weight["shape"])
    size = count * np.dtype(kind).itemsize
    if not 0 <= size <= len(content):
        raise source.damaged()
    numbers = np.frombuffer(content, kind, count).reshape(weight["shape"])
    if quantization and "scale" in quantization:
        numbers = numbers * float(quantization["scale"]) + float(quantization["min"])
    return numbers, size
