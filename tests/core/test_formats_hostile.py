"""Whatever a file holds, it is read or refused in one sentence; nothing in it is ever executed."""

from __future__ import annotations

import io
import json
import pickle
import random
import sys
import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.io
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save

from core.file_format import FileFormat
from core.formats import libraries
from core.formats.found import FormatError
from core.formats.read import READERS, read_found
from support.keras_files import dense, keras_archive, older_h5, sequential, tensorflow_js
from support.other_programs import dense_layers, npy, npz, refusal, zipped

LAYERS = dense_layers((64, 3, 10), ("relu", "softmax"))
KERAS = [
    dense(f"dense_{number}", layer.weights, layer.biases, layer.function)
    for number, layer in enumerate(LAYERS)
]
PLAN = sequential(KERAS)
ARRAYS = {
    f"{part}{number}": array
    for number, layer in enumerate(LAYERS, start=1)
    for part, array in (("W", layer.weights), ("b", layer.biases))
}


def csv() -> bytes:
    return "\n".join(
        "\n".join(",".join(map(repr, row)) for row in np.atleast_2d(array).tolist()) + "\n"
        for array in ARRAYS.values()
    ).encode()


def onnx_file() -> bytes:
    nodes = [
        helper.make_node("Gemm", ["image", "W1", "b1"], ["z"], transB=1),
        helper.make_node("Relu", ["z"], ["a"]),
        helper.make_node("Gemm", ["a", "W2", "b2"], ["y"], transB=1),
    ]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ("n", size))
        for name, size in (("image", 64), ("y", 10))
    ]
    tensors = [numpy_helper.from_array(each, name) for name, each in ARRAYS.items()]
    graph = helper.make_graph(nodes, "net", ends[:1], ends[1:], tensors)
    return bytes(helper.make_model(graph, producer_name="pytorch").SerializeToString())


def mat(**options: Any) -> bytes:
    file = io.BytesIO()
    scipy.io.savemat(file, ARRAYS, **options)
    return file.getvalue()


def tensors() -> bytes:
    parts = {"W": "weight", "b": "bias"}
    return save({f"{name[1]}.{parts[name[0]]}": array for name, array in ARRAYS.items()})


#: A healthy file of each format, and how many changes of it to try: where a process is started for
#: each file, few.
HEALTHY: dict[str, tuple[bytes, int]] = {
    "net.npz": (npz(**ARRAYS), 400),
    "net.npy": (npy(LAYERS[0].weights), 400),
    "net.csv": (csv(), 300),
    "net.json": (json.dumps(ARRAYS, default=lambda array: array.tolist()).encode(), 300),
    "net.safetensors": (tensors(), 400),
    "net.onnx": (onnx_file(), 400),
    "net.keras": (keras_archive(PLAN, KERAS), 10),
    "net.h5": (older_h5(PLAN, KERAS), 4),
    "net.mat": (mat(), 4),
    "model.json": (tensorflow_js(PLAN, KERAS)[0], 300),
}
SHARDS = {"group1-shard1of1.bin": tensorflow_js(PLAN, KERAS)[1]}


def test_there_is_a_healthy_file_of_every_format() -> None:
    found = {read_found(content, name, SHARDS).format for name, (content, _) in HEALTHY.items()}
    assert found | {FileFormat.HDF5} == set(READERS)


def changed(content: bytes, rng: random.Random) -> bytes:
    """Cut off somewhere, or with some bits or bytes changed, more often near its beginning."""
    if rng.random() < 0.3:
        return content[: rng.randrange(len(content))]
    found = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        place = rng.randrange(rng.choice((min(len(found), 400), len(found))))
        found[place] = rng.choice((found[place] ^ 1 << rng.randrange(8), 0, 255, 127))
    return bytes(found)


@pytest.mark.parametrize("name", HEALTHY)
def test_a_file_that_is_cut_off_or_changed_is_read_or_refused(name: str) -> None:
    content, tries = HEALTHY[name]
    rng = random.Random(name)
    for _ in range(tries):
        with suppress(FormatError):  # and nothing else
            network = read_found(changed(content, rng), name, SHARDS)
            assert all(np.isfinite(layer.weights).all() for layer in network.layers)


def test_a_file_that_brings_down_the_library_that_reads_it_brings_down_nothing_else() -> None:
    file = io.BytesIO()
    scipy.io.savemat(file, {"W1": np.eye(3)})
    content = bytearray(file.getvalue())
    content[176] = 255  # the type of the numbers: SciPy looks it up in a table of twenty
    assert refusal(bytes(content), "net.mat").code == "formats.damaged"


class Program:
    """A pickle of it would write a file when it is opened."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.write_text, (self.path, "executed")


def torch_archive(path: Path) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("net/data.pkl", pickle.dumps(Program(path)))
        archive.writestr("net/data/0", bytes(400))
    return file.getvalue()


def test_pickles_are_never_opened_and_the_sentence_says_what_to_save_instead(
    tmp_path: Path,
) -> None:
    trap = tmp_path / "executed"
    objects = np.array([Program(trap), None], dtype=object)
    files = {
        "net.pt": torch_archive(trap),
        "model.pth": pickle.dumps(Program(trap), 2),
        "scikit.pkl": pickle.dumps(Program(trap), 4),
        "first.pickle": pickle.dumps(Program(trap), 0),
        "net.joblib": b"x\x9c" + bytes(range(200)),
        "objects.npy": npy(objects),
        "objects.npz": npz(W1=np.eye(3), rest=objects),
    }
    for name, content in files.items():
        sentence = str(refusal(content, name))
        assert name in sentence
        assert "never opened" in sentence
        if name.startswith(("net.pt", "model", "scikit", "first")):
            assert "from safetensors.torch import save_file; save_file(" in sentence
        else:
            assert "np.savez(" in sentence
    assert not trap.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("net.npz", b"", "net.npz is empty"),
        ("net.tflite", b"\x1c\0\0\0TFL3" + bytes(40), "TensorFlow Lite"),
        ("saved_model.pb", b"\x08\x01\x12\xff", "TensorFlow"),
        ("photo.npz", b"\x89PNG\r\n\x1a\n" + bytes(40), "format PNG"),
        ("paper.pdf", b"%PDF-1.7\n", "format PDF"),
        ("net.gguf", b"GGUF\x03\0\0\0\xff", "not known here"),
        ("notes.zip", zipped(readme__txt=b"hello"), "format ZIP"),
        ("net.keras", zipped(readme__txt=b"hello"), "in it is: readme.txt"),
        ("net.npz", npz(names=np.array(["a", "b"])), "in it is: names"),
        ("table.npy", npy(np.zeros(3, [("x", "f4"), ("y", "f4")])), "no weights"),
        ("net.npy", npy(np.eye(3, dtype=complex)), "no weights"),
        ("net.npy", npy(np.zeros((0, 3))), "no weights"),
        ("net.json", b"[[1, 2], [3, 4", "damaged"),
        ("net.json", b"[" * 100_000, "damaged"),
    ],
)
def test_what_is_no_network_is_called_what_it_is(name: str, content: bytes, words: str) -> None:
    assert words in str(refusal(content, name))


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_weights_that_are_no_numbers_are_refused_by_their_layer(wrong: float) -> None:
    weights = LAYERS[0].weights.copy()
    weights[1, 5] = wrong
    error = refusal(npz(**{**ARRAYS, "W1": weights}), "net.npz")
    assert error.code == "formats.not_finite"
    assert "in W1" in str(error)
    rows = ",".join(["1.5"] * 40 + [repr(wrong)])
    assert refusal(f"{rows}\n{rows}\n".encode(), "net.csv").code == "formats.not_finite"
    said = json.dumps({"W1": weights.tolist(), "W2": LAYERS[1].weights.tolist()})
    assert refusal(said.encode(), "net.json").code == "formats.not_finite"


def header(**said: Any) -> bytes:
    """An array that claims what its header says, and has nothing of it."""
    content = npy(np.eye(2))
    claim = {"descr": "<f4", "fortran_order": False, "shape": (2, 2)} | said
    return content[:10] + repr(claim).encode().ljust(118) + bytes(16)


BOMB = zipped(zipfile.ZIP_DEFLATED, W1__npy=bytes(200_000_000))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.npz", BOMB),
        ("bomb.keras", BOMB),
        ("claim.npy", header(shape=(2**15, 2**15))),
        ("claim.npy", header(shape=(2**62, 2**62))),
        ("claim.npy", header(descr="<f4", shape=(10**9,))),
        ("claim.npy", header(descr="<U999999999")),
        ("many.json", b"[" + b"[]," * 400_000 + b"[]]"),
        ("lines.csv", b"1\n" * 300_000),
    ],
)
def test_what_unpacks_or_claims_to_be_huge_takes_neither_memory_nor_time(
    name: str, content: bytes
) -> None:
    tracemalloc.start()
    begin = time.process_time()
    assert refusal(content, name).code in ("formats.damaged", "formats.too_large")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 100_000_000
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("package", ["safetensors", "onnx", "h5py", "scipy"])
def test_a_package_that_is_not_installed_is_one_sentence_with_the_command(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("safetensors.numpy", "onnx.helper", "scipy.io", package):
        monkeypatch.setitem(sys.modules, name, None)
    load = {"scipy": libraries.scipy_io}.get(package) or getattr(libraries, package)
    with pytest.raises(FormatError, match=r"pip install 'neuron-explorer\[formats\]'") as caught:
        load()
    assert caught.value.code == "formats.not_installed"


def test_a_package_that_is_missing_in_the_other_process_is_named_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "h5py.py").write_text("raise ImportError('not here')", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "h5py", raising=False)
    error = refusal(HEALTHY["net.h5"][0], "net.h5")
    assert "need the package h5py" in str(error)
