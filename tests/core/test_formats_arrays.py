"""Arrays with any names, in NumPy's files, in text and in JSON, become the layers of a network."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.file_format import FileFormat
from core.formats.found import FormatError, FoundNetwork
from core.formats.read import read_found
from support.other_programs import Dense, dense_layers, npy, npz, refusal

LAYERS = dense_layers((64, 12, 12, 10))
W1, W2, W3 = (layer.weights for layer in LAYERS)
B1, B2, B3 = (layer.biases for layer in LAYERS)


def check(network: FoundNetwork, layers: list[Dense] = LAYERS, turned: bool = False) -> None:
    """The layers are there, in order, each with its own biases."""
    assert len(network.layers) == len(layers)
    for found, layer in zip(network.layers, layers, strict=True):
        weights = layer.weights.T if turned else layer.weights
        np.testing.assert_allclose(found.weights, weights, rtol=1e-6)
        assert found.biases is not None
        np.testing.assert_allclose(found.biases, layer.biases, rtol=1e-6)


def csv(array: np.ndarray) -> bytes:
    rows = np.atleast_2d(array) if array.ndim > 1 else array[:, None]
    return "\n".join(",".join(map(repr, row)) for row in rows.tolist()).encode()


@pytest.mark.parametrize(
    ("write", "suffix"), [(csv, ".csv"), (npy, ".npy"), (lambda a: csv(np.atleast_2d(a)), ".txt")]
)
@pytest.mark.parametrize("names", [("W1", "b1"), ("layer1_weights", "layer1_bias")])
def test_a_matrix_in_each_file_is_one_network(write, suffix, names) -> None:
    weights, biases = (
        [name.replace("1", str(layer)) + suffix for layer in (1, 2, 3)] for name in names
    )
    parts = zip([*biases, *weights], (B1, B2, B3, W1, W2, W3), strict=True)
    files = {name: write(array) for name, array in parts}
    first, *others = files
    check(read_found(files[first], first, {name: files[name] for name in others}))


def test_files_that_fit_no_network_are_refused_together() -> None:
    with pytest.raises(FormatError, match="W1, W2"):
        read_found(csv(W1), "W1.csv", {"W2.csv": csv(W3[:, :5])})


@pytest.mark.parametrize(
    "arrays",
    [
        {"W1": W1, "b1": B1, "W2": W2, "b2": B2, "W3": W3, "b3": B3},
        {"b3": B3, "b2": B2, "b1": B1, "W3": W3, "W2": W2, "W1": W1},
        {"w_1": W1, "bias_1": B1, "w_2": W2, "bias_2": B2, "w_10": W3, "bias_10": B3},
        {"arr_0": W1, "arr_1": B1, "arr_2": W2, "arr_3": B2, "arr_4": W3, "arr_5": B3},
        {"arr_0": W1, "arr_1": W2, "arr_2": W3, "arr_3": B1, "arr_4": B2, "arr_5": B3},
        {"weights_0": W1, "weights_1": W2, "weights_2": W3, "b_0": B1, "b_1": B2, "b_2": B3},
        {"W1": W1, "b1": B1[:, None], "W2": W2, "b2": B2[None], "W3": W3, "b3": B3[:, None]},
        {"in.w": W1, "hidden.w": W2, "answer.w": W3, "in.b": B1, "hidden.b": B2, "answer.b": B3},
        {"W_h": W1, "b_h": B1, "W_i": W2, "b_i": B2, "W_o": W3, "b_o": B3},
    ],
)
def test_arrays_of_any_names_are_put_in_order(arrays: dict[str, np.ndarray]) -> None:
    check(read_found(npz(**arrays), "net.npz"))


def test_names_that_say_no_order_leave_it_to_the_shapes() -> None:
    arrays = {"z.weight": W1, "z.bias": B1, "a.weight": W3, "a.bias": B3}
    layers = [LAYERS[0], LAYERS[2]]
    check(read_found(npz(**arrays), "net.npz"), layers)
    turned = {name: each.T for name, each in arrays.items()}
    check(read_found(npz(**turned), "net.npz"), layers, turned=True)


def test_columns_of_biases_and_missing_biases_are_left_to_be_found_out() -> None:
    thetas = {"Theta1": np.hstack([B1[:, None], W1]), "Theta2": np.hstack([B3[:, None], W3])}
    network = read_found(npz(**thetas), "net.npz")
    assert [each.weights.shape for each in network.layers] == [(12, 65), (10, 13)]
    assert [each.biases for each in network.layers] == [None, None]
    assert [each.out_first for each in network.layers] == [None, None]


def test_what_belongs_to_no_layer_is_left_out_and_named() -> None:
    arrays = {"W1": W1, "b1": B1, "W2": W3, "b2": B3, "X": np.ones((30, 64)), "y": np.ones(30)}
    network = read_found(npz(**arrays, epochs=np.array(7)), "net.npz")
    check(network, [LAYERS[0], LAYERS[2]])
    assert [str(note) for note in network.notes] == [
        "Left out, because it belongs to no layer: X, y."
    ]


def test_matrices_that_do_not_follow_one_another_are_refused_with_their_shapes() -> None:
    error = refusal(npz(W1=np.ones((7, 64)), W2=np.ones((10, 9))), "net.npz")
    assert error.code == "formats.no_chain"
    assert "7 × 64, 10 × 9" in str(error)


def test_a_convolution_among_arrays_is_refused_by_its_name() -> None:
    arrays = {"conv1.weight": np.ones((8, 1, 3, 3)), "fc.weight": np.ones((10, 50))}
    assert "conv1 is a convolution" in str(refusal(npz(**arrays), "net.npz"))


def test_one_array_is_a_layer_or_a_line_of_all_numbers() -> None:
    matrix = read_found(npy(W1), "weights.npy")
    assert matrix.format is FileFormat.NUMPY_ARRAY
    np.testing.assert_array_equal(matrix.layers[0].weights, W1)
    assert matrix.layers[0].biases is None
    for shape in ((5000,), (5000, 1), (1, 5000)):
        line = read_found(npy(np.arange(5000.0).reshape(shape)), "all.npy")
        assert line.unrolled is not None
        np.testing.assert_array_equal(line.unrolled, np.arange(5000))
        assert line.layers == ()


@pytest.mark.parametrize("kind", ["<f8", ">f4", "<f2", "<i4", "|u1"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_numbers_of_every_kind_and_order_are_read(kind: str, order: str) -> None:
    array = np.array(100 * np.abs(W1), dtype=kind, order=order)  # type: ignore[call-overload]
    network = read_found(npy(array), "weights.npy")
    np.testing.assert_array_equal(network.layers[0].weights, array)
    assert network.layers[0].weights.dtype.kind == "f"


def text(*blocks: np.ndarray, separator: str = ",", between: str = "\n") -> bytes:
    def rows(block: np.ndarray) -> str:
        lines = (separator.join(map(repr, row)) for row in np.atleast_2d(block).tolist())
        return "".join(f"{line}\n" for line in lines)

    return between.join(map(rows, blocks)).encode()


@pytest.mark.parametrize("separator", [",", "\t", " ", ";"])
def test_text_is_matrices_apart_by_blank_lines(separator: str) -> None:
    content = text(W1, B1, W2, B2, W3, B3, separator=separator)
    network = read_found(content, "net.csv")
    assert network.format is FileFormat.TEXT
    check(network)


def test_remarks_in_text_name_what_follows() -> None:
    content = b"# W2\n" + text(W3) + b"# b2\n" + text(B3) + b"# W1\n" + text(W1) + b"# b1\n"
    check(read_found(content + text(B1), "net.txt"), [LAYERS[0], LAYERS[2]])


def test_a_single_output_is_a_layer_of_its_own() -> None:
    for last in (W3[:1], W3[:1].T):
        arrays = {"W1": W1, "b1": B1, "W2": last, "b2": B3[:1]}
        network = read_found(npz(**arrays), "is_it_a_3.npz")
        assert [each.weights.shape for each in network.layers] == [W1.shape, last.shape]


def octave(name: str, array: np.ndarray) -> str:
    rows = "\n".join(" " + " ".join(map(str, row)) for row in array.reshape(len(array), -1))
    shape = f"# rows: {len(array)}\n# columns: {array.size // len(array)}"
    return f"# name: {name}\n# type: matrix\n{shape}\n{rows}\n\n\n"


def test_octave_s_text_has_all_of_its_matrices() -> None:
    named = {"W1": W1, "b1": B1, "W2": W2, "b2": B2, "W3": W3, "b3": B3}
    content = "# Created by Octave 5.2.0\n" + "".join(octave(*each) for each in named.items())
    check(read_found(content.encode(), "net.txt"), LAYERS)


def test_blocks_of_the_same_name_are_all_read() -> None:
    blocks = [W1, B1, W2, B2, W3, B3]
    names = [b"# weights\n", b"# bias\n"] * 3
    content = b"".join(name + text(block) for name, block in zip(names, blocks, strict=True))
    check(read_found(content, "net.txt"), LAYERS)


def test_a_spreadsheet_may_write_decimal_commas() -> None:
    line = np.concatenate([each.ravel() for each in (W1, B1, W2, B2, W3, B3)])
    content = ";".join(f"{number:f}".replace(".", ",") for number in line)
    unrolled = read_found(content.encode(), "all.csv").unrolled
    assert unrolled == pytest.approx(line, abs=1e-6)


def test_a_table_of_r_has_quoted_names() -> None:
    line = np.concatenate([each.ravel() for each in (W1, B1, W2, B2, W3, B3)])
    rows = "".join(f'"{number}",{value}\n' for number, value in enumerate(line, start=1))
    unrolled = read_found(b'"","x"\n' + rows.encode(), "r.csv").unrolled
    assert unrolled == pytest.approx(line)


def test_a_table_with_names_of_its_rows_and_columns_loses_these() -> None:
    header = "," + ",".join(map(str, range(64))) + "\n"
    lines = text(W1).decode().splitlines()
    content = header + "\n".join(f"{number},{line}" for number, line in enumerate(lines))
    network = read_found(content.encode(), "net.csv")
    np.testing.assert_allclose(network.layers[0].weights, W1)


def test_one_line_of_numbers_is_all_of_them() -> None:
    line = np.linspace(-1, 1, 5000)
    for content in (text(line), text(line, separator=" "), text(line.reshape(-1, 1))):
        network = read_found(content, "all.csv")
        assert network.unrolled is not None
        np.testing.assert_array_equal(network.unrolled, line)


def test_a_text_without_numbers_is_no_network() -> None:
    assert refusal(b"Dear pupils, tomorrow is a holiday.", "letter.txt").code == (
        "formats.no_weights"
    )
    assert "abc" in str(refusal(b"1,2,abc\n3,4,5\n", "table.csv"))


def as_json(said: object) -> bytes:
    return json.dumps(said).encode()


def listed(*arrays: np.ndarray) -> list[object]:
    return [array.tolist() for array in arrays]


def test_nielsens_networks_have_a_row_a_neuron_and_sigmoids() -> None:
    columns = [each[:, None] for each in (B1, B2, B3)]
    said = {
        "sizes": [64, 12, 12, 10],
        "weights": listed(W1, W2, W3),
        "biases": listed(*columns),
        "cost": "CrossEntropyCost",
    }
    network = read_found(as_json(said), "net")
    check(network)
    assert {(each.activation, each.out_first) for each in network.layers} == {("sigmoid", True)}


@pytest.mark.parametrize(
    "said",
    [
        {"W1": W1, "b1": B1, "W2": W2, "b2": B2, "W3": W3, "b3": B3},
        {"params": {f"fc{n}": {"w": e.weights, "b": e.biases} for n, e in enumerate(LAYERS)}},
        {"weights": [W1, W2, W3], "biases": [B1, B2, B3]},
        {"coefs": [W1, W2, W3], "intercepts": [B1, B2, B3]},
        {"layers": [{"weights": e.weights, "biases": e.biases} for e in LAYERS]},
        {"layers": [{"weights": []}, *({"weights": e.weights, "bias": e.biases} for e in LAYERS)]},
        [{"W": e.weights, "b": e.biases} for e in LAYERS],
        [[W1, B1], [W2, B2], [W3, B3]],
        [W1, B1, W2, B2, W3, B3],
    ],
)
def test_json_of_many_forms_is_read(said: object) -> None:
    content = json.dumps(said, default=lambda array: array.tolist()).encode()
    check(read_found(content, "net.json"))


def test_json_says_functions_labels_and_title() -> None:
    layers = [
        {"name": "hidden", "weights": W1.tolist(), "biases": B1.tolist(), "activation": "ReLU"},
        {"weights": W3.tolist(), "biases": B3.tolist(), "activation": "linear"},
    ]
    said = {"title": "Mine", "labels": list("abcdefghij"), "layers": layers}
    network = read_found(as_json(said), "net.json")
    assert [each.activation for each in network.layers] == ["relu", "identity"]
    assert network.labels == tuple("abcdefghij")
    assert (network.title, network.layers[0].name) == ("Mine", "hidden")
    layers[0]["activation"] = "gelu"
    error = refusal(as_json(said), "net.json")
    assert "hidden has the activation function gelu" in str(error)


def test_json_that_is_healthy_and_no_network_is_not_called_damaged() -> None:
    assert refusal(b'{"base": null, "strokes": []}', "drawing.json").code == "formats.no_weights"
    assert refusal(b'["a", "b"]', "names.json").code == "formats.no_weights"
    plan = {"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense"}]}}
    assert refusal(as_json(plan), "model.json").code == "formats.plan_only"
