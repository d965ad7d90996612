"""safetensors: named as PyTorch, Keras and Flax name them, with batch normalization folded."""

from __future__ import annotations

import json
import struct

import ml_dtypes
import numpy as np
import pytest
from safetensors.numpy import save

from core.formats.read import read_found
from support.other_programs import (
    Dense,
    dense_layers,
    found_outputs,
    images,
    outputs,
    refusal,
)

LAYERS = dense_layers()
FUNCTIONS = [layer.function for layer in LAYERS]
SHOWN = images()


def state_dict(names: list[str], layers: list[Dense] = LAYERS) -> dict[str, np.ndarray]:
    return {
        f"{name}.{part}": array
        for name, layer in zip(names, layers, strict=True)
        for part, array in (("weight", layer.weights), ("bias", layer.biases))
    }


def batch_norm(name: str, size: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(size)
    parts = ("weight", "bias", "running_mean", "running_var")
    arrays = {f"{name}.{part}": (rng.random(size) + 0.5).astype("f4") for part in parts}
    return arrays | {f"{name}.num_batches_tracked": np.array(7)}


def normalized(name: str, norm: dict[str, np.ndarray], a: np.ndarray) -> np.ndarray:
    gamma, beta, mean, variance = (
        norm[f"{name}.{part}"] for part in ("weight", "bias", "running_mean", "running_var")
    )
    return (a - mean) / np.sqrt(variance + 1e-5) * gamma + beta


@pytest.mark.parametrize(
    "names",
    [
        ["0", "2", "4"],
        ["8", "9", "10"],
        ["fc1", "fc2", "fc3"],
        ["layers.0", "layers.1", "layers.2"],
        ["net.hidden", "net.inner", "net.answer"],
    ],
)
def test_the_weights_of_pytorch_have_a_row_a_neuron(names: list[str]) -> None:
    network = read_found(save(state_dict(names)), "net.safetensors")
    assert [each.out_first for each in network.layers] == [True] * 3
    assert [each.activation for each in network.layers] == [None] * 3
    assert [each.name for each in network.layers] == names
    found = found_outputs(network, SHOWN, FUNCTIONS)
    np.testing.assert_allclose(found, outputs(LAYERS, SHOWN), atol=1e-6)


@pytest.mark.parametrize("pattern", ["dense_{}/kernel:0", "params.Dense_{}.kernel"])
def test_the_kernels_of_keras_and_flax_have_a_column_a_neuron(pattern: str) -> None:
    arrays = {}
    for number, layer in enumerate(LAYERS):
        name = pattern.format(number)
        arrays[name] = np.ascontiguousarray(layer.weights.T)
        arrays[name.replace("kernel", "bias")] = layer.biases
    network = read_found(save(arrays), "net.safetensors")
    assert [each.out_first for each in network.layers] == [False] * 3
    found = found_outputs(network, SHOWN, FUNCTIONS)
    np.testing.assert_allclose(found, outputs(LAYERS, SHOWN), atol=1e-6)


def test_batch_normalization_with_the_name_of_a_layer_is_folded_before_its_activation() -> None:
    norm = batch_norm("bn1", 7)
    content = save(state_dict(["fc1", "fc2", "fc3"]) | norm)
    network = read_found(content, "net.safetensors")
    assert ["bn1" in str(note) for note in network.notes] == [True]
    first, *rest = LAYERS
    hidden = np.maximum(0, normalized("bn1", norm, SHOWN @ first.weights.T + first.biases))
    found = found_outputs(network, SHOWN, FUNCTIONS)
    np.testing.assert_allclose(found, outputs(rest, hidden), atol=1e-6)


def test_the_numbers_in_a_sequential_say_where_batch_normalization_stands() -> None:
    after, before = batch_norm("2", 7), batch_norm("4", 5)
    # Linear 0, ReLU 1, normalization 2, Linear 3, normalization 4, tanh 5, Linear 6.
    content = save(state_dict(["0", "3", "6"]) | after | before)
    network = read_found(content, "net.safetensors")
    first, second, third = LAYERS
    hidden = normalized("2", after, first(SHOWN))
    hidden = np.tanh(normalized("4", before, hidden @ second.weights.T + second.biases))
    found = found_outputs(network, SHOWN, FUNCTIONS)
    np.testing.assert_allclose(found, third(hidden), atol=1e-6)


def test_batch_normalization_of_the_image_is_folded_into_the_first_layer() -> None:
    norm = batch_norm("0", 64)
    content = save(state_dict(["1", "3", "5"]) | norm)
    network = read_found(content, "net.safetensors")
    expected = outputs(LAYERS, normalized("0", norm, SHOWN))
    np.testing.assert_allclose(found_outputs(network, SHOWN, FUNCTIONS), expected, atol=1e-6)


@pytest.mark.parametrize("kind", ["f8", "f2", "bfloat16"])
def test_shorter_and_longer_numbers_are_read(kind: str) -> None:
    dtype = ml_dtypes.bfloat16 if kind == "bfloat16" else np.dtype(kind)
    arrays = {name: each.astype(dtype) for name, each in state_dict(["0", "2", "4"]).items()}
    network = read_found(save(arrays), "net.safetensors")
    np.testing.assert_array_equal(network.layers[0].weights, arrays["0.weight"].astype(np.float64))


def test_what_the_file_says_of_the_network_is_kept() -> None:
    said = {"activations": FUNCTIONS, "labels": list("abcdefghij"), "title": "Letters"}
    content = save(state_dict(["0", "2", "4"]), metadata={"network": json.dumps(said)})
    network = read_found(content, "net.safetensors")
    assert [each.activation for each in network.layers] == FUNCTIONS
    assert (network.labels, network.title) == (tuple("abcdefghij"), "Letters")


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"conv1.weight": np.ones((8, 1, 3, 3)), "fc.weight": np.ones((9, 8))}, "conv1 is a conv"),
        ({"rnn.weight_ih_l0": np.ones((8, 4)), "fc.weight": np.ones((9, 8))}, "rnn is a recurrent"),
        ({"tok_embed.weight": np.ones((8, 4))}, "tok_embed is an embedding"),
        ({"attn.in_proj_weight": np.ones((12, 4))}, "attention"),
        ({"a.weight": np.ones((9, 8)), "n.weight": np.ones(9), "n.bias": np.ones(9)}, "n normaliz"),
        ({"a.weight": np.ones((9, 8)), "p.weight": np.ones(1)}, "p is a layer of another kind"),
    ],
)
def test_other_layers_are_refused_by_their_names(arrays: dict[str, np.ndarray], words: str) -> None:
    assert words in str(refusal(save(arrays), "net.safetensors"))


def test_numbers_of_eight_bits_are_refused_by_their_type() -> None:
    arrays = {"0.weight": np.ones((9, 8), ml_dtypes.float8_e4m3fn)}
    assert "F8_E4M3" in str(refusal(save(arrays), "net.safetensors"))


def test_a_header_that_claims_a_gigabyte_is_damaged() -> None:
    content = save(state_dict(["0", "2", "4"]))
    assert refusal(struct.pack("<Q", 2**30) + content[8:], "net.safetensors").code == (
        "formats.damaged"
    )
