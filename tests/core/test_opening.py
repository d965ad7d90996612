"""`Network.load` reads the files of other programs, and the commands say what was found."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from core import Network
from core.__main__ import main
from core.errors import InputError
from core.nn.network_file import NetworkFileError
from core.nn.pretrained import pretrained

MNIST = pretrained()["mnist"]
IMAGES = np.random.default_rng(5).random((7, 784), np.float32)


@pytest.fixture
def keras_arrays(tmp_path: Path) -> Path:
    """Kernels (in, out) and biases, as `numpy.savez(path, *model.get_weights())` writes them."""
    path = tmp_path / "theirs.npz"
    np.savez(path, *(part for each in MNIST.layers for part in (each.weights.T, each.biases)))
    return path


def test_a_file_of_another_program_computes_the_same(keras_arrays: Path) -> None:
    network = Network.load(keras_arrays)
    np.testing.assert_allclose(network(IMAGES), MNIST(IMAGES), atol=1e-5)
    assert network.card["title"] == "theirs"
    assert network.card["imported"]["weights"] == "columns"


def test_once_it_is_saved_here_it_comes_back_as_it_was(keras_arrays: Path, tmp_path: Path) -> None:
    network = Network.load(keras_arrays)
    network.save(tmp_path / "ours.npz")
    assert Network.load(tmp_path / "ours.npz").to_bytes() == network.to_bytes()


def test_what_belongs_to_a_file_is_found_beside_it(tmp_path: Path) -> None:
    layers = [("kernel", each.weights.T) for each in MNIST.layers]
    parts = [
        part
        for kernel, each in zip(layers, MNIST.layers, strict=True)
        for part in (kernel, ("bias", each.biases))
    ]
    weights = [
        {"name": f"dense_{n // 2}/{name}", "shape": list(part.shape), "dtype": "float32"}
        for n, (name, part) in enumerate(parts)
    ]
    dense = [
        {
            "class_name": "Dense",
            "config": {"name": f"dense_{n}", "units": each.n_out, "activation": "sigmoid"},
        }
        for n, each in enumerate(MNIST.layers)
    ]
    topology = {"class_name": "Sequential", "config": {"layers": dense}}
    model = {
        "modelTopology": {"model_config": topology},
        "weightsManifest": [{"paths": ["w.bin"], "weights": weights}],
    }
    (tmp_path / "model.json").write_text(json.dumps(model))
    with pytest.raises(InputError, match=r"w\.bin"):
        Network.load(tmp_path / "model.json")
    (tmp_path / "w.bin").write_bytes(b"".join(part.astype("<f4").tobytes() for _, part in parts))
    np.testing.assert_allclose(
        Network.load(tmp_path / "model.json")(IMAGES), MNIST(IMAGES), atol=1e-5
    )


def test_what_is_no_network_is_named(tmp_path: Path) -> None:
    with pytest.raises(NetworkFileError, match="No such file"):
        Network.load(tmp_path / "absent.onnx")
    (tmp_path / "letter.txt").write_text("Dear Anna")
    with pytest.raises(InputError, match=r"letter\.txt"):
        Network.load(tmp_path / "letter.txt")
    (tmp_path / "half.npz").write_bytes(MNIST.to_bytes()[:9_000])
    with pytest.raises(NetworkFileError, match="not a network file, or it is damaged"):
        Network.load(tmp_path / "half.npz")


def test_a_command_says_what_was_found(
    keras_arrays: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--network", str(keras_arrays), "--only-mnist", "--lens", "off"]) == 0
    said = capsys.readouterr()
    assert re.search(r"theirs\.npz \(NumPy, \.npz\): 784-16-16-10; a column for each", said.err)
    assert "Network 784-16-16-10, sigmoid" in said.out


def test_nothing_is_added_to_the_file_of_another_program(
    keras_arrays: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = keras_arrays.read_bytes()
    assert main(["statistics", "--network", str(keras_arrays)]) == 1
    assert "stays as it is; save the network as .npz first" in capsys.readouterr().err
    assert keras_arrays.read_bytes() == before
