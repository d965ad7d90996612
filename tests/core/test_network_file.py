"""A saved network comes back the same; anything else is refused in one sentence."""

import io
import json
import os
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import Layer, Network
from core.nn.activations import relu, softmax
from core.nn.any_file import content_of
from core.nn.network_file import NetworkFileError

HEADER = {
    "format": "neuron-explorer network",
    "version": 1,
    "activations": ["sigmoid"],
    "scales": [1.0],
    "card": {},
}
WEIGHTS, BIASES = np.zeros((2, 3), "f4"), np.zeros(2, "f4")


def write(path: Path, **changes: Any) -> Path:
    header = HEADER | changes.pop("header", {})
    entries = {"header": json.dumps(header), "weights_1": WEIGHTS, "biases_1": BIASES} | changes
    np.savez(path, **entries)
    return path


def load(path: Path) -> Network:
    """Read as a file of the project's own, whatever it is."""
    return Network.from_bytes(content_of(path), str(path))


def refusal(path: Path) -> str:
    with pytest.raises(NetworkFileError) as caught:
        load(path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert "\n" not in sentence
    return sentence


def test_a_saved_network_comes_back_whole(tmp_path: Path) -> None:
    layers = [
        Layer(np.eye(3, 4), np.arange(3), relu, scale=7.5),
        Layer(np.ones((2, 3)), np.zeros(2), softmax),
    ]
    network = Network(layers, {"title": "Größe", "accuracy": {"MNIST": 0.95}, "seeds": [1, 2]})
    network.save(tmp_path / "net.npz")
    back = Network.load(str(tmp_path / "net.npz"))
    for before, after in zip(network.layers, back.layers, strict=True):
        np.testing.assert_array_equal(before.weights, after.weights)
        np.testing.assert_array_equal(before.biases, after.biases)
        assert (before.activation, before.scale) == (after.activation, after.scale)
        assert not after.weights.flags.writeable
    assert back.card == network.card
    assert repr(back) == repr(network)


def test_the_content_of_a_file_is_read_and_written_without_one(tmp_path: Path) -> None:
    network = Network.random([4, 3, 2], seed=1)
    network.save(tmp_path / "net.npz")
    assert network.to_bytes() == (tmp_path / "net.npz").read_bytes()
    assert Network.from_bytes(network.to_bytes(), "sent.npz").to_bytes() == network.to_bytes()
    with pytest.raises(NetworkFileError, match=r"sent\.npz is not a network file"):
        Network.from_bytes(network.to_bytes()[:-30], "sent.npz")


def test_equal_networks_give_equal_bytes_on_any_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Network.random((9, 4, 2), seed=5).save(tmp_path / "today.npz")
    monkeypatch.setattr(time, "time", lambda: 2e9)
    Network.random((9, 4, 2), seed=5).save(tmp_path / "later.npz")
    assert (tmp_path / "today.npz").read_bytes() == (tmp_path / "later.npz").read_bytes()
    dates = {entry.date_time for entry in zipfile.ZipFile(tmp_path / "today.npz").infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.npz"
    Network.random((3, 2), seed=0).save(path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(NetworkFileError, match=r"Cannot write .*net\.npz: No space left"):
        Network.random((3, 2), seed=1).save(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_saving_into_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(NetworkFileError, match="No such file or directory"):
        Network.random((3, 2), seed=0).save(tmp_path / "missing" / "net.npz")


def test_a_missing_file_or_a_folder_is_named(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "absent.npz")
    assert "Is a directory" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("net.npz", b"", "is empty"),
        ("net.npz", b"hello", r"another format \(text\)"),
        ("net.npz", b"\1\2\3\0", "is not a network file, or it is damaged"),
        ("net.npz", b"PK\x03\x04" + b"\0" * 26 + b"header.npy", "or it is damaged"),
        ("net.pt", b"\1\2\3\0", r"another program \(PyTorch\).*Network\.load"),
        ("net.h5", b"\x89HDF\r\n\x1a\n\0\0", r"another program \(HDF5\)"),
        ("digit.png", b"\x89PNG\r\n\x1a\n\0\0", r"another format \(PNG\)"),
    ],
)
def test_a_file_of_another_kind_is_named(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert re.search(sentence, refusal(path))


def test_arrays_of_another_program_are_not_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    np.savez(path, kernel=WEIGHTS, bias=BIASES)
    sentence = refusal(path)
    assert "a NumPy file with the arrays ['kernel', 'bias'], and not one that" in sentence
    assert "damaged" not in sentence


def damaged(content: bytes) -> Iterator[bytes]:
    """Cut off at many places, and with one bit or all bits of every single byte turned over."""
    yield from (content[:length] for length in range(0, len(content), 37))
    for position in range(len(content)):
        for mask in (1 << position % 8, 255):
            changed = bytes([content[position] ^ mask])
            yield content[:position] + changed + content[position + 1 :]


def test_every_truncation_and_altered_byte_is_noticed_or_harmless(tmp_path: Path) -> None:
    network, path = Network.random((3, 2), seed=0), tmp_path / "net.npz"
    network.save(path)
    for content in damaged(path.read_bytes()):
        path.write_bytes(content)
        try:
            back = load(path)
        except NetworkFileError:
            continue
        np.testing.assert_array_equal(back.layers[0].weights, network.layers[0].weights)


@pytest.mark.parametrize("entry", ["header.npy", "weights_1.npy"])
def test_an_array_that_was_altered_before_it_was_packed_is_refused_or_read(
    tmp_path: Path, entry: str
) -> None:
    path = write(tmp_path / "net.npz")
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    for content in damaged(entries[entry]):
        with zipfile.ZipFile(path, "w") as archive:
            for name, each in (entries | {entry: content}).items():
                archive.writestr(name, each)
        try:
            back = load(path)
        except NetworkFileError:
            continue
        assert back.sizes == (3, 2)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"header": {"version": 2}}, "format version 2.*update the program"),
        ({"header": {"activations": ["swish"]}}, "'swish' of layer 1 is not one of sigmoid"),
        ({"header": {"format": "drawing"}}, "not a network file"),
        ({"header": {"scales": []}}, "not a network file"),
        ({"header": {"scales": ["big"]}}, "not a network file"),
        ({"header": {"card": 5}}, "card is a table of names and values"),
        ({"header": {"scales": [10**400]}}, "scale must be a positive number"),
        ({"header": {"scales": [1e300]}}, "scale must be a positive number"),
        ({"header": {"version": 10**400}}, "format version 1000"),
        ({"header": {"card": {"text": "x" * 200_000}}}, "header has 200,"),
        ({"biases_1": np.zeros(3, "f4")}, "2 neurons need 2 biases"),
        ({"weights_1": np.full((2, 3), np.nan, "f4")}, "finite"),
        ({"weights_1": np.zeros((2, 3), "c8")}, "not a network file"),
        ({"weights_1": np.array([[None, {}]])}, "not a network file"),
    ],
)
def test_contents_that_make_no_network_are_explained(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    assert re.search(message, refusal(write(tmp_path / "net.npz", **changes)))


def test_arrays_in_the_order_of_columns_are_read_as_well(tmp_path: Path) -> None:
    weights = np.arange(6, dtype="f4").reshape(3, 2).T
    path = write(tmp_path / "net.npz", weights_1=weights)
    np.testing.assert_array_equal(Network.load(path).layers[0].weights, weights)


def test_neighbours_that_do_not_fit_are_explained(tmp_path: Path) -> None:
    path = write(
        tmp_path / "net.npz",
        header={"activations": ["sigmoid"] * 2, "scales": [1.0] * 2},
        weights_2=WEIGHTS,
        biases_2=BIASES,
    )
    assert "Layer 1 has 2 neurons, but layer 2 expects 3" in refusal(path)


def test_a_file_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.npz"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("weights_1.npy", "w") as entry,
    ):
        for _ in range(65):
            entry.write(bytes(2**20))
    assert path.stat().st_size < 200_000
    assert "no more than" in refusal(path)


def test_a_header_that_announces_too_much_reserves_no_memory(tmp_path: Path) -> None:
    path = write(tmp_path / "net.npz")
    claim = io.BytesIO()
    header = {"descr": "<f4", "fortran_order": False, "shape": (10**12,)}
    np.lib.format.write_array_header_1_0(claim, header)
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (entries | {"weights_1.npy": claim.getvalue()}).items():
            archive.writestr(name, content)
    assert "not a network file" in refusal(path)
