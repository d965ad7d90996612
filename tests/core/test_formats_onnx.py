"""ONNX: what the file's own reference evaluator computes, the network that is read computes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from core.formats.read import read_found
from support.other_programs import dense_layers, found_outputs, images, outputs, refusal

LAYERS = dense_layers((64, 7, 10), ("relu", "softmax"))
(W1, B1), (W2, B2) = ((layer.weights, layer.biases) for layer in LAYERS)


def vector(size: int, seed: int) -> np.ndarray:
    return (np.random.default_rng(seed).random(size) + 0.5).astype(np.float32)


CONSTANTS = {
    **{"W1": W1, "b1": B1, "W2": W2, "b2": B2, "W1T": W1.T.copy(), "W2T": W2.T.copy()},
    **{"half": np.float32(0.5), "mean": np.float32(0.1307), "std": np.float32(0.3081)},
    **{"flat": np.array([0, -1]), "square": np.array([-1, 8, 8]), "one": np.float32(1)},
    **{"b1c": B1[:, None], "b2c": B2[:, None], "line": np.array([-1, 64])},
    **{f"{name}7": vector(7, seed) for seed, name in enumerate(("gamma", "beta", "mu", "var"))},
    **{f"{name}64": vector(64, seed) for seed, name in enumerate(("gamma", "beta", "mu", "var"))},
}


def node(kind: str, *inputs: str, **attributes: Any) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    return kind, inputs, attributes


def model(
    *nodes: tuple[str, tuple[str, ...], dict[str, Any]],
    shape: Sequence[int | str] = ("n", 64),
    opset: int = 17,
    domain: str = "",
) -> onnx.ModelProto:
    """A chain of operations: ``*`` is the output of the one before, and each is called by its kind.

    Only constants that are used are in the model.
    """
    made, current = [], "image"
    for number, (kind, inputs, attributes) in enumerate(nodes):
        names = [current if each == "*" else each for each in inputs] or [current]
        current = f"v{number}"
        made.append(
            helper.make_node(
                kind, names, [current], f"{kind}_{number}", domain=domain, **attributes
            )
        )
    used = {each for _, inputs, _ in nodes for each in inputs} & set(CONSTANTS)
    graph = helper.make_graph(
        made,
        "net",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(current, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.asarray(CONSTANTS[each]), each) for each in sorted(used)],
    )
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


FIRST = node("Gemm", "*", "W1", "b1", transB=1)
SECOND = node("Gemm", "*", "W2", "b2", transB=1)
BATCH_NORM = ("gamma7", "beta7", "mu7", "var7")

HEALTHY = {
    "rows of weights": [FIRST, node("Relu"), SECOND, node("Softmax", axis=1)],
    "columns of weights": [
        *(node("Gemm", "*", "W1T", "b1", alpha=0.5, beta=2.0), node("Tanh")),
        *(node("MatMul", "*", "W2T"), node("Add", "b2", "*"), node("Sigmoid")),
    ],
    "no biases": [node("MatMul", "*", "W1T"), node("Relu"), node("MatMul", "*", "W2T")],
    "normalized inputs": [
        *(node("Sub", "*", "mean"), node("Div", "*", "std")),
        *(FIRST, node("Sigmoid"), SECOND),
    ],
    "inverted inputs": [node("Sub", "one", "*"), node("Mul", "half", "*"), FIRST, SECOND],
    "negative inputs": [node("Neg"), node("Add", "*", "half"), FIRST, node("Tanh"), SECOND],
    "batch normalization before the activation": [
        *(FIRST, node("BatchNormalization", "*", *BATCH_NORM, epsilon=0.01)),
        *(node("Relu"), node("Dropout"), SECOND),
    ],
    "batch normalization after the activation": [
        *(FIRST, node("Relu"), node("BatchNormalization", "*", *BATCH_NORM), SECOND),
    ],
    "batch normalization of the image": [
        node("BatchNormalization", "*", "gamma64", "beta64", "mu64", "var64"),
        *(FIRST, node("Identity"), SECOND),
    ],
    "passed layers": [
        *(node("Cast", to=TensorProto.DOUBLE), node("Cast", to=TensorProto.FLOAT)),
        *(node("Flatten"), node("Reshape", "*", "flat"), node("Identity"), FIRST, SECOND),
    ],
    "a transposed image": [
        *(node("Reshape", "*", "square"), node("Transpose", "*", perm=[0, 2, 1])),
        *(node("Reshape", "*", "line"), FIRST, SECOND),
    ],
    "two functions in a row": [FIRST, node("Relu"), SECOND, node("Relu"), node("Softmax")],
    "a scaled output": [FIRST, node("Relu"), SECOND, node("Sigmoid"), node("Mul", "*", "half")],
}


@pytest.mark.parametrize("name", HEALTHY)
def test_a_dense_stack_computes_what_its_own_evaluator_does(name: str) -> None:
    made = model(*HEALTHY[name])
    network = read_found(made.SerializeToString(), "net.onnx")
    shown = images().astype(np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = ReferenceEvaluator(made).run(None, {"image": shown})[0]
    np.testing.assert_allclose(found_outputs(network, shown), expected, atol=1e-5)
    assert all(each.activation and each.out_first for each in network.layers)


def test_one_image_may_stand_in_a_column() -> None:
    made = model(
        *(node("MatMul", "W1", "*"), node("Add", "*", "b1c"), node("Relu")),
        *(node("MatMul", "W2", "*"), node("Add", "*", "b2c"), node("Softmax", axis=0)),
        shape=(64, 1),
    )
    network = read_found(made.SerializeToString(), "net.onnx")
    found = found_outputs(network, images())
    np.testing.assert_allclose(found, outputs(LAYERS, images()), atol=1e-5)


def test_what_has_been_folded_or_left_out_is_said() -> None:
    stack = HEALTHY["batch normalization before the activation"]
    network = read_found(model(*stack).SerializeToString(), "net.onnx")
    assert [str(note) for note in network.notes] == [
        "Folded into the weights: BatchNormalization_1.",
        "Left out, because it only matters in training: Dropout_3.",
    ]
    logarithm = read_found(model(FIRST, node("LogSoftmax")).SerializeToString(), "net.onnx")
    assert logarithm.layers[-1].activation == "softmax"
    assert "without the logarithm" in str(logarithm.notes[0])


def test_labels_come_from_what_decides_between_the_outputs() -> None:
    made = model(FIRST, node("Relu"), SECOND, node("Softmax"))
    decided = helper.make_node("ArgMax", ["v3"], ["digit"], axis=1)
    named = helper.make_node(
        "ZipMap", ["v3"], ["map"], domain="ai.onnx.ml", classlabels_strings=list("qwertzuiop")
    )
    made.graph.node.extend([decided, named])
    network = read_found(made.SerializeToString(), "net.onnx")
    assert network.labels == tuple("qwertzuiop")
    assert len(network.layers) == 2


def test_labels_and_title_in_the_metadata_are_kept() -> None:
    made = model(FIRST, SECOND)
    helper.set_model_props(made, {"title": "Letters", "labels": '["a", "b"]'})
    network = read_found(made.SerializeToString(), "net.onnx")
    assert (network.title, network.labels) == ("Letters", ("a", "b"))


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ([node("Conv", "*", "W1", kernel_shape=[3, 3])], "Conv_0 is a convolution (Conv)"),
        ([node("MaxPool", "*", kernel_shape=[2, 2]), FIRST], "MaxPool_0 is a pooling layer"),
        ([node("LSTM", "*", "W1", "W1"), FIRST], "LSTM_0 is a recurrent layer (LSTM)"),
        ([node("Attention", "*", "W1", "W1"), FIRST], "Attention_0 is attention"),
        ([node("Gather", "W1", "*"), FIRST], "Gather_0 is an embedding"),
        ([FIRST, node("LayerNormalization", "*", "b1"), SECOND], "LayerNormalization_1 normalizes"),
        ([FIRST, node("LeakyRelu"), SECOND], "activation function LeakyRelu"),
        ([FIRST, node("Softmax", axis=0)], "activation function Softmax"),
        ([FIRST, node("Add", "*", "*"), SECOND], "At Add_1 the network branches"),
        ([FIRST, node("Add", "*", "image"), SECOND], "At Add_1 the network branches"),
        ([node("Add", "b1", "b1"), node("Conv", "b1", "b1"), FIRST], "is a convolution"),
        ([SECOND, FIRST], "64 numbers, but Gemm_0 before it gives 10"),
        ([node("Relu")], "activation function Relu"),
        ([node("Flatten")], "holds no weights"),
        ([node("Cast", to=TensorProto.INT64), FIRST], "Cast_0 is a layer of another kind"),
        ([FIRST, node("Transpose", perm=[1, 0])], "Transpose_1 is a layer of another kind"),
        ([node("Gemm", "*", "W1", "b1", transA=1, transB=1)], "transposed input"),
    ],
)
def test_what_is_no_dense_stack_is_refused_by_name(nodes: list[Any], words: str) -> None:
    assert words in str(refusal(model(*nodes).SerializeToString(), "net.onnx"))


def test_several_inputs_are_refused_by_their_names() -> None:
    made = model(FIRST, SECOND)
    made.graph.input.append(helper.make_tensor_value_info("context", TensorProto.FLOAT, (1, 8)))
    assert "2 inputs (image, context)" in str(refusal(made.SerializeToString(), "net.onnx"))


def beside(made: onnx.ModelProto, location: str, length: int) -> bytes:
    """The model with its first matrix in another file."""
    (weights,) = (each for each in made.graph.initializer if each.name == "W1")
    weights.ClearField("raw_data")
    weights.data_location = TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", "4"), ("length", f"{length}")):
        weights.external_data.add(key=key, value=value)
    return bytes(made.SerializeToString())


def test_weights_beside_the_file_come_from_what_was_chosen_with_it_and_from_nowhere_else() -> None:
    content = beside(model(FIRST, SECOND), "net.onnx.data", W1.nbytes)
    assert "net.onnx.data; choose both" in str(refusal(content, "net.onnx"))
    companions = {"net.onnx.data": b"1234" + W1.tobytes()}
    network = read_found(content, "net.onnx", companions)
    np.testing.assert_array_equal(network.layers[0].weights, W1)
    assert refusal(content, "net.onnx", **{"net.onnx.data": b"12"}).code == "formats.damaged"
    outside = beside(model(FIRST, SECOND), "../../etc/passwd", 4)
    assert "passwd; choose both" in str(refusal(outside, "net.onnx"))


def test_a_tensor_that_claims_a_gigabyte_is_damaged() -> None:
    made = model(FIRST, SECOND)
    (weights,) = (each for each in made.graph.initializer if each.name == "W1")
    weights.dims[:] = [2**20, 2**10]
    assert refusal(made.SerializeToString(), "net.onnx").code == "formats.damaged"
    huge = model(FIRST, SECOND, shape=(2**20, 2**20))
    assert refusal(huge.SerializeToString(), "net.onnx").code == "formats.too_large"


def test_a_thousand_operations_are_too_many() -> None:
    made = model(*[node("Identity")] * 1_000, FIRST)
    assert "1001 operations" in str(refusal(made.SerializeToString(), "net.onnx"))
