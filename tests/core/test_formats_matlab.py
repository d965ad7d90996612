"""Matlab's files of every version, as SciPy and h5py write them."""

from __future__ import annotations

import io
import zlib
from typing import Any

import h5py
import numpy as np
import pytest
import scipy.io

from core.file_format import FileFormat
from core.formats.read import read_found
from support.other_programs import dense_layers, refusal

FIRST, SECOND = dense_layers((64, 12, 10))
THETAS = {
    "Theta1": np.hstack([FIRST.biases[:, None], FIRST.weights]),
    "Theta2": np.hstack([SECOND.biases[:, None], SECOND.weights]),
}
NAMED = {
    "W1": FIRST.weights,
    "b1": FIRST.biases[:, None],
    "W2": SECOND.weights,
    "b2": SECOND.biases[None],
}


def mat(variables: dict[str, Any], **options: Any) -> bytes:
    file = io.BytesIO()
    scipy.io.savemat(file, variables, **options)
    return file.getvalue()


def mat73(variables: dict[str, np.ndarray]) -> bytes:
    """Version 7.3: an HDF5 file behind a text, its columns in the place of its rows."""
    file = io.BytesIO()
    with h5py.File(file, "w", userblock_size=512) as variables_in:
        for name, array in variables.items():
            variables_in[name] = array.T
    return b"MATLAB 7.3 MAT-file".ljust(512) + file.getvalue()[512:]


@pytest.mark.parametrize(
    "content",
    [
        mat(THETAS, format="4"),
        mat(THETAS),
        mat(THETAS, do_compression=True),
        mat(THETAS | {"X": np.ones((9, 64)), "y": np.ones((9, 1)), "lambda": 0.1}),
        mat73(THETAS),
    ],
)
def test_thetas_keep_their_column_of_biases(content: bytes) -> None:
    network = read_found(content, "weights.mat")
    assert network.format is FileFormat.MATLAB
    for layer, theta in zip(network.layers, THETAS.values(), strict=True):
        np.testing.assert_array_equal(layer.weights, theta)
        assert layer.biases is None
    assert [layer.name for layer in network.layers] == list(THETAS)


@pytest.mark.parametrize(
    "content",
    [
        mat(NAMED),
        mat({"net": NAMED}),
        mat(
            {
                "W": np.array([NAMED["W1"], NAMED["W2"]], object),
                "b1": NAMED["b1"],
                "b2": NAMED["b2"],
            }
        ),
        mat73(NAMED),
    ],
)
def test_weights_and_biases_are_paired_also_in_structures_and_cells(content: bytes) -> None:
    network = read_found(content, "weights.mat")
    for found, layer in zip(network.layers, (FIRST, SECOND), strict=True):
        np.testing.assert_array_equal(found.weights, layer.weights)
        np.testing.assert_array_equal(found.biases, layer.biases)


@pytest.mark.parametrize("write", [mat, mat73])
def test_a_vector_of_all_parameters_is_one_line(write: Any) -> None:
    line = np.linspace(-1, 1, 1000)[:, None]
    network = read_found(write({"nn_params": line}), "params.mat")
    np.testing.assert_array_equal(network.unrolled, line.ravel())


def test_a_file_without_matrices_says_what_is_in_it() -> None:
    error = refusal(mat({"names": "seven", "note": "of the class"}), "notes.mat")
    assert error.code == "formats.no_weights"
    assert "names" in str(error)


def test_a_variable_that_unpacks_without_end_is_too_large() -> None:
    packed = mat({"W1": FIRST.weights}, do_compression=True)
    bomb = zlib.compress(bytes(200_000_000), 9)
    element = (15).to_bytes(4, "little") + len(bomb).to_bytes(4, "little") + bomb
    assert refusal(packed[:128] + element, "bomb.mat").code == "formats.too_large"
