"""Keras and TensorFlow.js: plan and weights together compute what Keras computes."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from core.file_format import FileFormat
from core.formats.read import read_found
from support.keras_files import (
    KerasLayer,
    dense,
    functional,
    keras_archive,
    numbered_weights,
    older_h5,
    other,
    sequential,
    tensor,
    tensorflow_js,
)
from support.other_programs import dense_layers, found_outputs, images, outputs, refusal, zipped

LAYERS = dense_layers((64, 7, 5, 10), ("relu", "tanh", "softmax"))
#: The second is called as the third one's weights are, and so on: their order decides.
NAMES = ("dense_1", "dense_2", "dense")
DENSE = [
    dense(name, layer.weights, layer.biases, layer.function)
    for name, layer in zip(NAMES, LAYERS, strict=True)
]
SHOWN = images()
(FIRST, SECOND, THIRD), (HIDDEN, INNER, ANSWER) = DENSE, LAYERS


def of_kind(kind: str, layers: list[KerasLayer], plan: dict[str, Any] | None = None) -> Any:
    """What is found in a file of this kind with these layers."""
    plan = plan or sequential(layers)
    if kind == "tfjs":
        model, weights = tensorflow_js(plan, layers)
        return read_found(model, "model.json", {"group1-shard1of1.bin": weights})
    if kind == "h5":
        return read_found(older_h5(plan, layers), "model.h5")
    return read_found(keras_archive(plan, layers, named=kind == "keras"), "model.keras")


@pytest.mark.parametrize("kind", ["keras", "keras without names", "h5", "tfjs"])
def test_a_model_computes_what_keras_computes(kind: str) -> None:
    network = of_kind(kind, [other("InputLayer"), other("Flatten"), *DENSE])
    np.testing.assert_allclose(found_outputs(network, SHOWN), outputs(LAYERS, SHOWN), atol=1e-6)
    assert [each.name for each in network.layers] == list(NAMES)
    assert network.notes == ()
    assert network.format is (FileFormat.TENSORFLOW_JS if kind == "tfjs" else FileFormat.KERAS)


def batch_norm(name: str, size: int, **config: Any) -> KerasLayer:
    rng = np.random.default_rng(size)
    names = ["gamma"] * config.get("scale", True) + ["beta"] * config.get("center", True)
    variables = {
        each: rng.random(size) + 0.5 for each in (*names, "moving_mean", "moving_variance")
    }
    return KerasLayer("BatchNormalization", {"name": name, **config}, variables)


def normalized(norm: KerasLayer, a: np.ndarray, epsilon: float = 1e-3) -> np.ndarray:
    v = norm.variables
    scaled = (a - v["moving_mean"]) / np.sqrt(v["moving_variance"] + epsilon) * v.get("gamma", 1)
    return np.asarray(scaled + v.get("beta", 0))


def test_batch_normalization_before_and_after_the_activation_is_folded() -> None:
    before, after = batch_norm("bn", 7, epsilon=0.01), batch_norm("bn_1", 5, scale=False)
    plain = replace(FIRST, config=FIRST.config | {"activation": "linear"})
    relu = other("Activation", activation={"class_name": "function", "config": "relu"})
    layers = [plain, before, relu, other("Dropout"), SECOND, after, THIRD]
    network = of_kind("keras", layers)
    z = SHOWN @ HIDDEN.weights.T + HIDDEN.biases
    hidden = INNER(np.maximum(0, normalized(before, z, 0.01)))
    np.testing.assert_allclose(
        found_outputs(network, SHOWN), ANSWER(normalized(after, hidden)), atol=1e-6
    )
    assert [str(note) for note in network.notes] == [
        "Folded into the weights: bn, bn_1.",
        "Left out, because it only matters in training: dropout.",
    ]


@pytest.mark.parametrize(
    ("layer", "seen"),
    [
        (other("Rescaling", scale=1 / 255, offset=-0.5), lambda x: x / 255 - 0.5),
        (other("Normalization", mean=0.2, variance=4.0), lambda x: (x - 0.2) / 2),
        (
            KerasLayer(
                "Normalization",
                {"name": "of the file"},
                {"mean": np.arange(8.0), "variance": np.full(8, 4.0), "count": np.array(3)},
            ),
            lambda x: (x - np.tile(np.arange(8), 8)) / 2,
        ),
    ],
)
def test_what_is_done_to_the_image_is_folded_into_the_first_layer(layer: Any, seen: Any) -> None:
    network = of_kind("keras", [layer, other("Flatten"), *DENSE])
    expected = outputs(LAYERS, seen(SHOWN))
    np.testing.assert_allclose(found_outputs(network, SHOWN), expected, atol=1e-6)


def test_operations_of_a_functional_model_are_followed() -> None:
    begin, divided, inverted = (
        other("InputLayer", name="begin"),
        KerasLayer("TrueDivide", {"name": "divided"}),
        KerasLayer("Subtract", {"name": "inverted"}),
    )
    layers = [THIRD, begin, inverted, divided, FIRST, SECOND]  # in no order
    plan = functional(
        layers,
        {
            "divided": [tensor("begin"), 255.0],
            "inverted": [1.0, tensor("divided")],
            "dense_1": [tensor("inverted")],
            "dense_2": [tensor("dense_1")],
            "dense": [tensor("dense_2")],
        },
    )
    # The weights are numbered in another order than the plan's: their names tell whose they are.
    network = read_found(keras_archive(plan, DENSE), "model.keras")
    expected = outputs(LAYERS, 1 - SHOWN / 255)
    np.testing.assert_allclose(found_outputs(network, SHOWN), expected, atol=1e-6)


def test_a_model_inside_of_a_model_is_unfolded() -> None:
    inside = sequential([FIRST, SECOND])
    inside["config"]["name"] = "base"
    plan = sequential([THIRD])
    plan["config"]["layers"].insert(0, inside)
    file = io.BytesIO()
    with h5py.File(file, "w") as weights:
        for path, layer in (
            ("layers/sequential/layers/dense", FIRST),
            ("layers/sequential/layers/dense_1", SECOND),
            ("layers/dense", THIRD),
        ):
            for number, array in enumerate(layer.variables.values()):
                weights[f"{path}/vars/{number}"] = array
    content = zipped(
        metadata__json=b"{}",
        config__json=json.dumps(plan).encode(),
        model__weights__h5=file.getvalue(),
    )
    network = read_found(content, "model.keras")
    np.testing.assert_allclose(found_outputs(network, SHOWN), outputs(LAYERS, SHOWN), atol=1e-6)


@pytest.mark.parametrize("content", [numbered_weights(DENSE), older_h5(None, DENSE)])
def test_weights_alone_are_read_without_their_functions(content: bytes) -> None:
    network = read_found(content, "net.weights.h5")
    assert {each.activation for each in network.layers} == {None}
    assert {each.out_first for each in network.layers} == {False}
    functions = [layer.function for layer in LAYERS]
    found = found_outputs(network, SHOWN, functions)
    np.testing.assert_allclose(found, outputs(LAYERS, SHOWN), atol=1e-6)


def test_weights_alone_do_not_say_where_batch_normalization_stands() -> None:
    layers = [*DENSE, batch_norm("bn", 7)]
    for content in (numbered_weights(layers), older_h5(None, layers)):
        assert refusal(content, "net.weights.h5").code == "formats.weights_alone"


def test_quantized_weights_of_tensorflow_js_are_read_to_a_255th_of_their_range() -> None:
    model, weights = tensorflow_js(sequential(DENSE), DENSE, quantized="dense_1/kernel")
    network = read_found(model, "model.json", {"group1-shard1of1.bin": weights})
    step = np.ptp(HIDDEN.weights) / 255
    np.testing.assert_allclose(network.layers[0].weights, HIDDEN.weights, atol=step / 2 + 1e-6)


def test_a_model_json_without_its_weights_asks_for_them() -> None:
    model, weights = tensorflow_js(sequential(DENSE), DENSE)
    assert "group1-shard1of1.bin; choose both" in str(refusal(model, "model.json"))
    half = {"group1-shard1of1.bin": weights[:-9]}
    assert refusal(model, "model.json", **half).code == "formats.damaged"
    graph = json.dumps({"format": "graph-model", "modelTopology": {"node": []}}).encode()
    assert refusal(graph, "model.json").code == "formats.graph_model"


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (other("Conv2D", name="conv2d_1"), "conv2d_1 is a convolution (Conv2D)"),
        (other("SeparableConv2D"), "separableconv2d is a convolution"),
        (other("MaxPooling2D"), "maxpooling2d is a pooling layer (MaxPooling2D)"),
        (other("LSTM"), "lstm is a recurrent layer (LSTM)"),
        (other("Bidirectional"), "bidirectional is a recurrent layer"),
        (other("MultiHeadAttention"), "multiheadattention is attention"),
        (other("Embedding"), "embedding is an embedding (Embedding)"),
        (other("LayerNormalization"), "layernormalization normalizes each image"),
        (other("Lambda"), "lambda holds a program of its own (Lambda)"),
        (other("Resizing"), "resizing is a layer of another kind (Resizing)"),
        (other("LeakyReLU"), "activation function LeakyReLU"),
        (other("ReLU", max_value=6.0), "ReLU with a slope or a limit"),
        (dense("d", np.ones((7, 64)), None, "gelu"), "d has the activation function gelu"),
        (KerasLayer("Dense", {"name": "d"}), "d has no weights in the file (kernel is missing)"),
    ],
)
def test_other_layers_are_refused_by_their_names(layer: Any, words: str) -> None:
    layers = [layer, other("Flatten"), *DENSE]
    model, weights = tensorflow_js(sequential(layers), layers)
    error = refusal(model, "model.json", **{"group1-shard1of1.bin": weights})
    assert words in str(error)


def test_a_layer_is_refused_by_its_name_in_files_of_keras_itself_as_well() -> None:
    layers = [other("Conv2D", name="first"), other("Flatten"), *DENSE]
    plan = sequential(layers)
    for content in (keras_archive(plan, layers), older_h5(plan, layers)):
        assert "first is a convolution (Conv2D)" in str(refusal(content, "model"))


def test_a_model_that_branches_is_refused_where_it_does() -> None:
    begin, added = other("InputLayer", name="begin"), other("Add", name="added")
    sources = {
        "dense_1": [tensor("begin")],
        "dense_2": [tensor("begin")],
        "added": [[tensor("dense_1"), tensor("dense_2")]],
    }
    layers = [begin, FIRST, SECOND, added]
    content = keras_archive(functional(layers, sources), layers)
    assert "the network branches" in str(refusal(content, "model.keras"))


def test_no_other_file_is_read_whatever_an_hdf5_file_refers_to(tmp_path: Path) -> None:
    secret = tmp_path / "secret.h5"
    with h5py.File(secret, "w") as file:
        file["kernel"] = np.ones((64, 10))
    (tmp_path / "raw").write_bytes(np.ones((64, 10), "<f8").tobytes())
    trap = tmp_path / "trap.h5"
    with h5py.File(trap, "w") as file:
        file["a"] = h5py.ExternalLink(str(secret), "kernel")
        file.create_dataset("b", (64, 10), "<f8", external=[(str(tmp_path / "raw"), 0, 5120)])
        layout = h5py.VirtualLayout((64, 10), "<f8")
        layout[:] = h5py.VirtualSource(str(secret), "kernel", (64, 10))
        file.create_virtual_dataset("c", layout)
        file["d"] = h5py.SoftLink("/a")
    assert refusal(trap.read_bytes(), "trap.h5").code == "formats.no_weights"


def test_an_hdf5_file_that_claims_gigabytes_or_goes_in_circles_is_refused() -> None:
    file = io.BytesIO()
    with h5py.File(file, "w") as bomb:
        bomb.create_dataset("kernel", (2**20, 2**12), "<f4", chunks=(2**10, 2**10))
    assert refusal(file.getvalue(), "bomb.h5").code == "formats.too_large"
    file = io.BytesIO()
    with h5py.File(file, "w") as circle:
        circle["a/b"] = np.ones((64, 10))
        circle["a/a"] = circle["a"]
    assert refusal(file.getvalue(), "circle.h5").code == "formats.too_large"
