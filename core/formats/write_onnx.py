"""Networks as ONNX: a ``Gemm`` for each layer, and its activation."""

import json
from collections.abc import Mapping
from itertools import chain
from typing import Any, Final

from core.formats import libraries
from core.nn.layer import Layer
from core.nn.network import Network

_OPSET, _IR_VERSION = 13, 7
"""Read by all versions of onnxruntime since 2020, and by whatever else reads ONNX today."""

_OPERATORS: Final[Mapping[str, str]] = {
    "sigmoid": "Sigmoid",
    "relu": "Relu",
    "tanh": "Tanh",
    "softmax": "Softmax",
    "identity": "Identity",
}


def onnx_file(network: Network, words: Mapping[str, Any]) -> bytes:
    """A model from ``image`` (any number of images, n_in) to ``outputs`` (as many, n_out), float32.

    ``words`` become its metadata, texts as they are, everything else as JSON. Raises
    ``FormatError`` where the package ``onnx`` is not installed.
    """
    onnx = libraries.onnx()
    helper = onnx.helper
    layers = list(enumerate(network.layers, start=1))
    values = {"image": network.sizes[0], "outputs": network.sizes[-1]}
    ends = [_end(helper, onnx.TensorProto.FLOAT, *value) for value in values.items()]
    graph = helper.make_graph(
        list(chain.from_iterable(_nodes(helper, *each, len(layers)) for each in layers)),
        "network",
        ends[:1],
        ends[1:],
        list(chain.from_iterable(_numbers(*each) for each in layers)),
    )
    opset = [helper.make_opsetid("", _OPSET)]
    model = helper.make_model(
        graph, producer_name="neuron-explorer", ir_version=_IR_VERSION, opset_imports=opset
    )
    helper.set_model_props(model, {name: _text(value) for name, value in words.items()})
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def _end(helper: Any, kind: int, name: str, size: int) -> Any:
    return helper.make_tensor_value_info(name, kind, ["images", size])


def _nodes(helper: Any, number: int, layer: Layer, last: int) -> tuple[Any, Any]:
    """The weighted sums a · Wᵀ + b of a layer, and its activations."""
    before = "image" if number == 1 else f"a_{number - 1}"
    after = "outputs" if number == last else f"a_{number}"
    inputs = [before, f"weights_{number}", f"biases_{number}"]
    operator = _OPERATORS[layer.activation.name]
    return (
        helper.make_node("Gemm", inputs, [f"z_{number}"], f"layer_{number}", transB=1),
        helper.make_node(operator, [f"z_{number}"], [after], f"activation_{number}"),
    )


def _numbers(number: int, layer: Layer) -> tuple[Any, Any]:
    from_array = libraries.onnx().numpy_helper.from_array
    return (
        from_array(layer.weights, f"weights_{number}"),
        from_array(layer.biases, f"biases_{number}"),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
