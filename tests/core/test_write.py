"""Networks leave in the formats of other programs, which compute what they compute here."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import onnx
import onnxruntime
import pytest
from safetensors import safe_open

from core import Network
from core.__main__ import main
from core.errors import InputError
from core.formats.found import FormatError
from core.formats.program import packed_program, program
from core.formats.usage import USAGES, usage
from core.formats.write import WRITERS, SuffixError, content_in, save
from core.nn.activations import ACTIVATIONS, Activation
from core.nn.image_network import labels
from core.nn.image_values import ImageError
from core.nn.pretrained import pretrained

EDITED = pretrained()["default"].with_bias(3, 8, 9.0).with_weight(2, 5, 7, -1e6)
ALL = [*ACTIVATIONS.values()]


def images(network: Network, count: int = 7) -> np.ndarray[Any, Any]:
    return np.random.default_rng(1).random((count, network.sizes[0]), np.float32)


def with_activations(*names: Activation) -> Network:
    """Layers of 64, 9, 9, … neurons, each with the next of the activations."""
    network = Network.random([64, *[9] * len(names)], seed=2, init_std=1.0)
    return Network(
        [
            replace(layer, activation=each, biases=layer.weights[:, 0])
            for layer, each in zip(network.layers, names, strict=True)
        ],
        {"labels": ["a", "b", "c", "δ", "e", "f", '"', "'", "}"], "title": "Neun “Zeichen”"},
    )


NETWORKS = {
    "edited": EDITED,
    "one layer": Network(Network.random([64, 3], seed=0).layers, {"title": "One layer"}),
    **{each.name: with_activations(each, each, each) for each in ALL},
    "mixed": with_activations(*ALL),
}


@pytest.fixture(params=NETWORKS)
def network(request: pytest.FixtureRequest) -> Network:
    return NETWORKS[request.param]


def test_onnxruntime_computes_the_same(network: Network) -> None:
    content = content_in(".onnx", network)
    onnx.checker.check_model(onnx.load_from_string(content), full_check=True)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    for x in (images(network), images(network, 1)):
        (found,) = session.run(["outputs"], {"image": x})
        # Weights of a million leave 0.06 of a weighted sum to rounding.
        np.testing.assert_allclose(found, network(x), rtol=1e-5, atol=1e-6)


def test_an_onnx_file_says_what_its_numbers_do_not() -> None:
    model = onnx.load_from_string(content_in(".onnx", NETWORKS["mixed"]))
    said = {each.key: each.value for each in model.metadata_props}
    assert said["title"] == "Neun “Zeichen”"
    assert json.loads(said["labels"]) == list(NETWORKS["mixed"].card["labels"])
    assert "64 pixels, row by row, from 0 (paper) to 1 (ink)" in said["input"]
    assert model.ir_version <= 8, "older versions of onnxruntime read it too"
    assert model.opset_import[0].version <= 13


def test_safetensors_have_the_names_of_a_sequential_of_pytorch(
    network: Network, tmp_path: Path
) -> None:
    path = tmp_path / "net.safetensors"
    save(network, path)
    with safe_open(path, "np") as file:
        numbers = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        said = json.loads(file.metadata()["network"])
    places = [2 * place for place in range(len(network.layers))]
    assert numbers.keys() == {f"{at}.{what}" for at in places for what in ("weight", "bias")}
    for at, layer in zip(places, network.layers, strict=True):
        assert numbers[f"{at}.weight"].dtype == np.float32
        np.testing.assert_array_equal(numbers[f"{at}.weight"], layer.weights)
        np.testing.assert_array_equal(numbers[f"{at}.bias"], layer.biases)
    assert said["activations"] == [layer.activation.name for layer in network.layers]
    assert said["card"] == json.loads(json.dumps(dict(network.card)))


def test_json_holds_every_number_exactly(network: Network) -> None:
    content = content_in(".json", network)
    said = json.loads(content)
    assert len(said["labels"]) == network.sizes[-1]
    assert [layer["activation"] for layer in said["layers"]] == [
        layer.activation.name for layer in network.layers
    ]
    for found, layer in zip(said["layers"], network.layers, strict=True):
        np.testing.assert_array_equal(np.array(found["weights"], np.float32), layer.weights)
        np.testing.assert_array_equal(np.array(found["biases"], np.float32), layer.biases)


def test_json_wastes_no_digits() -> None:
    content = content_in(".json", Network.random([64, 3], seed=0).with_bias(1, 0, 0.1))
    assert b'"biases": [0.1, 0.0, 0.0]' in content


@pytest.mark.parametrize("suffix", WRITERS)
def test_equal_networks_give_equal_bytes_in_any_process(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"net{suffix}"
    lines = "import sys, core.formats.write as w; from core.nn.pretrained import pretrained as p"
    command = [sys.executable, "-c", f"{lines}; w.save(p()['relu'], sys.argv[1])", str(path)]
    subprocess.run(command, check=True)
    assert path.read_bytes() == content_in(suffix, pretrained()["relu"])


def test_a_network_converted_to_npz_is_the_same_again(tmp_path: Path) -> None:
    save(EDITED, tmp_path / "a.NPZ")
    assert (tmp_path / "a.NPZ").read_bytes() == EDITED.to_bytes()


@pytest.mark.parametrize("name", ["net", "net.pt", "net.h5", ".npz"])
def test_another_suffix_is_refused_and_the_known_ones_are_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(SuffixError, match=r"\.npz, \.safetensors, \.onnx, \.json"):
        save(EDITED, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("suffix", "package"), [(".onnx", "onnx"), (".safetensors", "safetensors")]
)
def test_a_missing_package_is_one_sentence_with_the_command(
    suffix: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(FormatError) as caught:
        save(EDITED, tmp_path / f"net{suffix}")
    assert str(caught.value) == (
        f"Files of this format need the package {package}, which is not installed; install it "
        "with: pip install 'neuron-explorer[formats]'"
    )
    assert list(tmp_path.iterdir()) == []


def test_the_command_converts_and_says_what_it_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    EDITED.save(tmp_path / "in.npz")
    assert main(["convert", str(tmp_path / "in.npz"), str(tmp_path / "out.json")]) == 0
    said = capsys.readouterr()
    assert "Network 784-16-16-10, sigmoid, 13,002 parameters, written to" in said.out
    assert (tmp_path / "out.json").read_bytes() == content_in(".json", EDITED)
    assert main(["convert", str(tmp_path / "in.npz"), str(tmp_path / "out.pkl")]) == 1
    assert "not as .pkl" in capsys.readouterr().err
    assert main(["convert", str(tmp_path / "in.npz"), str(tmp_path / "no" / "out.json")]) == 1
    assert capsys.readouterr().err.startswith("error: Cannot write")


@pytest.mark.parametrize("suffix", WRITERS)
def test_what_a_network_saves_is_read_again_exactly(
    suffix: str, network: Network, tmp_path: Path
) -> None:
    network.save(tmp_path / f"net{suffix}")
    again = Network.load(tmp_path / f"net{suffix}")
    for found, layer in zip(again.layers, network.layers, strict=True):
        assert found.activation is layer.activation
        np.testing.assert_array_equal(found.weights, layer.weights)
        np.testing.assert_array_equal(found.biases, layer.biases)
    assert again.card["title"] == network.card["title"]
    assert labels(again) == labels(network)


def run_program(network: Network, image: np.ndarray[Any, Any], folder: Path) -> list[str]:
    """What the program prints in an interpreter that knows nothing of this project."""
    ZipFile(BytesIO(packed_program(network, image))).extractall(folder)
    # -I: neither this folder nor PYTHONPATH; the project itself may be installed, and is not used.
    command = [sys.executable, "-I", "-W", "error", "-X", "importtime", "network.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert "core.nn" not in done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("suffix", [".npz", ".safetensors", ".onnx", ".json"])
def test_how_digits_lie_in_a_network_s_images_is_kept(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"net{suffix}"
    Network(with_activations(*ALL).layers, {"framing": "fitted"}).save(file)
    assert Network.load(file).card["framing"] == "fitted"


def test_the_program_prints_what_the_network_says(network: Network, tmp_path: Path) -> None:
    (image,) = images(network, 1)
    printed = [line.rsplit(" ", 1) for line in run_program(network, image, tmp_path)]
    assert tuple(label for label, _ in printed) == labels(network)
    found = [float(output) for _, output in printed]
    np.testing.assert_allclose(found, network(image), rtol=1e-5, atol=1e-6)


def test_labels_that_look_like_code_are_only_printed(tmp_path: Path) -> None:
    network = Network(
        Network.random([64, 3], seed=0).layers, {"labels": ['"); 1/0 #', "'\\", "{a}"]}
    )
    lines = run_program(network, images(network)[0], tmp_path)
    for line, label in zip(lines, labels(network), strict=True):
        assert line.startswith(f"{label} ")


def test_the_program_is_short_and_its_network_can_be_loaded_here(tmp_path: Path) -> None:
    lines = [line for line in program(EDITED).splitlines() if line]
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 100
    run_program(EDITED, images(EDITED)[0], tmp_path)
    assert Network.load(tmp_path / "network.npz").to_bytes() == EDITED.to_bytes()


def test_a_program_needs_an_image_of_its_network_s() -> None:
    with pytest.raises(ImageError):
        packed_program(EDITED, np.zeros(64))


def test_no_error_is_without_a_sentence() -> None:
    assert issubclass(SuffixError, InputError)
    assert issubclass(FormatError, InputError)


def run_usage(suffix: str, folder: Path, image: np.ndarray[Any, Any], shown: str) -> str:
    """What Python prints that runs the lines for a format, and then shows one of their names."""
    save(EDITED, folder / f"net{suffix}")
    np.save(folder / "image.npy", image)
    head, tail = "import numpy as np\nimage = np.load('image.npy')\n", f"print(repr({shown}))\n"
    lines = head + usage(suffix, EDITED, f"net{suffix}") + tail
    done = subprocess.run(
        [sys.executable, "-c", lines], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize(("suffix", "shown"), [(".npz", "outputs"), (".onnx", "outputs[0]")])
def test_the_lines_beside_a_format_load_and_run_it(suffix: str, shown: str, tmp_path: Path) -> None:
    image = images(EDITED)[0]
    printed = json.loads(run_usage(suffix, tmp_path, image, f"{shown}.tolist()"))
    np.testing.assert_allclose(printed, EDITED(image), rtol=1e-5, atol=1e-6)


def test_the_lines_beside_json_find_the_weights(tmp_path: Path) -> None:
    printed = json.loads(run_usage(".json", tmp_path, images(EDITED)[0], "weights"))
    np.testing.assert_array_equal(np.array(printed, np.float32), EDITED.layers[0].weights)


def test_the_lines_for_pytorch_name_each_layer_as_the_file_does() -> None:
    lines = usage(".safetensors", NETWORKS["mixed"], "net.safetensors")
    modules = re.findall(r"nn\.(\w+)\(([^()\n]*)\)", lines)
    linear = {at: sizes for at, (name, sizes) in enumerate(modules) if name == "Linear"}
    assert linear == {0: "64, 9", 2: "9, 9", 4: "9, 9", 6: "9, 9", 8: "9, 9"}
    others = [name for name, _ in modules if name != "Linear"]
    assert [name.lower() for name in others] == [each.name for each in ALL]
    assert 'load_file("net.safetensors")' in lines


@pytest.mark.parametrize("suffix", USAGES)
def test_the_lines_are_python_that_fits_beside_a_list(suffix: str) -> None:
    lines = usage(suffix, EDITED, f"a-network{suffix}")
    compile(lines, "lines", "exec")
    assert max(map(len, lines.splitlines())) <= 72
