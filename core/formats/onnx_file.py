"""ONNX: a graph of operations, of which those of a dense stack are followed to its output."""

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.formats.found import FormatError, FoundNetwork
from core.formats.libraries import onnx
from core.formats.metadata import described
from core.formats.onnx_graph import Graph, Operation
from core.formats.onnx_layers import FollowedStack
from core.formats.source import Source, listed

_MOST_NODES: Final = 500


def read_onnx(source: Source) -> FoundNetwork:
    """The dense layers from the graph's one input to its output. No other file is opened."""
    library = onnx()
    model = library.ModelProto()
    try:
        model.ParseFromString(source.content)
    except Exception as error:  # whatever protobuf raises: it has several kinds of itself
        raise source.damaged() from error
    graph = _graph(source, library, model)
    _check(source, graph)
    network = FollowedStack(source, graph).network()
    return described(network, {each.key: each.value for each in model.metadata_props})


def _graph(source: Source, library: Any, model: Any) -> Graph:
    graph = model.graph
    if len(graph.node) > _MOST_NODES:
        raise FormatError(
            "{file} is a graph of {count} operations; only networks of dense layers that follow "
            "one another can be shown.",
            "formats.onnx_size",
            file=source.name,
            count=len(graph.node),
        )
    tensors = _Tensors(source, library)
    constants = {each.name: tensors.array(each) for each in graph.initializer}
    inputs = {each.name: _shape(each) for each in graph.input if each.name not in constants}
    operations = tuple(_operation(library, tensors, node) for node in graph.node)
    return Graph(operations, constants, inputs)


def _check(source: Source, graph: Graph) -> None:
    if not graph.operations:
        raise source.no_network(graph.constants)
    if len(graph.inputs) != 1:
        raise FormatError(
            "{file} has {count} inputs ({names}); only networks that read one image can be shown.",
            "formats.inputs",
            file=source.name,
            count=len(graph.inputs),
            names=listed(graph.inputs) or "–",
        )


def _shape(value: Any) -> tuple[int, ...]:
    """How an input is laid out; a dimension without a size, such as the batch's, counts as 1."""
    return tuple(max(1, each.dim_value) for each in value.type.tensor_type.shape.dim)


def _operation(library: Any, tensors: "_Tensors", node: Any) -> Operation:
    attributes: dict[str, Any] = {}
    for each in node.attribute:
        if each.type == library.AttributeProto.TENSOR:
            attributes[each.name] = tensors.array(each.t)
        elif each.type in (library.AttributeProto.GRAPH, library.AttributeProto.GRAPHS):
            attributes[each.name] = None
        else:
            attributes[each.name] = library.helper.get_attribute_value(each)
    name = node.name or (node.output[0] if node.output else node.op_type)
    return Operation(node.op_type, name, tuple(node.input), tuple(node.output), attributes)


class _Tensors:
    """The constants of a model, as arrays."""

    def __init__(self, source: Source, library: Any) -> None:
        self._source = source
        self._library = library
        kinds = library.TensorProto
        self._numpy: Mapping[int, str] = {
            **{kinds.FLOAT: "<f4", kinds.DOUBLE: "<f8", kinds.FLOAT16: "<f2", kinds.BOOL: "?"},
            **{kinds.INT8: "i1", kinds.UINT8: "u1", kinds.INT32: "<i4", kinds.INT64: "<i8"},
        }

    def array(self, tensor: Any) -> NDArray[Any]:
        """The numbers of a tensor; texts are left out."""
        kinds = self._library.TensorProto
        if tensor.data_type == kinds.STRING:
            return np.empty(0)
        if tensor.data_location == kinds.EXTERNAL:
            return self._beside(tensor)
        if tensor.data_type != kinds.BFLOAT16 and tensor.data_type not in self._numpy:
            raise self._other_numbers(tensor)
        found: NDArray[Any] = self._library.numpy_helper.to_array(tensor)
        return found.astype(np.float32) if tensor.data_type == kinds.BFLOAT16 else found

    def _beside(self, tensor: Any) -> NDArray[Any]:
        """The numbers of a tensor that lie in another file: read from what came with this one."""
        said = {each.key: each.value for each in tensor.external_data}
        content = self._source.companion(said.get("location", ""))
        if tensor.data_type not in self._numpy:
            raise self._other_numbers(tensor)
        kind, begin = np.dtype(self._numpy[tensor.data_type]), int(said.get("offset", 0))
        count = math.prod(tensor.dims)
        if not 0 <= begin <= begin + count * kind.itemsize <= len(content):
            raise self._source.damaged()
        return np.frombuffer(content, kind, count, begin).reshape(tuple(tensor.dims))

    def _other_numbers(self, tensor: Any) -> FormatError:
        known = self._library.TensorProto.DataType
        kind = known.Name(tensor.data_type) if tensor.data_type in known.values() else "?"
        return self._source.other_numbers(tensor.name, kind)
