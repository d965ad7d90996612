"""MNIST is found, fetched and checked; whatever is wrong with a file is said in one sentence."""

import gzip
import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from core.data import mnist
from core.data.images import DataError

TEST_FILES = ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
NOBODY = "http://127.0.0.1:9/"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def originals() -> Path:
    mnist.load("test")
    return mnist.folder()


@pytest.fixture
def copy(originals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with the test set, named by MNIST_DIR."""
    folder = tmp_path / "mnist"
    folder.mkdir()
    for name in TEST_FILES:
        shutil.copyfile(originals / name, folder / name)
    monkeypatch.setenv("MNIST_DIR", str(folder))
    return folder


@pytest.fixture
def cache(originals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and no MNIST_DIR."""
    monkeypatch.delenv("MNIST_DIR", raising=False)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return mnist.folder()


@pytest.fixture
def mirror(originals: Path) -> Iterator[str]:
    with Serving(originals) as address:
        yield address


class Serving:
    """A web server for one folder, while the block lasts."""

    def __init__(self, folder: Path) -> None:
        handler = partial(QuietHandler, directory=str(folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def refusal(mirrors: tuple[str, ...] = ()) -> str:
    with pytest.raises(DataError) as caught:
        mnist.load("test", mirrors)
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


def test_the_digits_are_ink_from_0_to_1_with_their_labels() -> None:
    train, test = mnist.load("train"), mnist.load("test")
    assert (len(train), len(test)) == (60_000, 10_000)
    assert train.images.shape == (60_000, 784)
    assert train.images.dtype == np.float32
    assert (train.images.min(), train.images.max()) == (0, 1)
    assert test.labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    assert len(train[-5000:]) == 5000
    with pytest.raises(ValueError, match="read-only"):
        test.images[0, 0] = 1


def test_plain_files_are_read_as_well(copy: Path) -> None:
    for name in TEST_FILES:
        packed = copy / name
        packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
        packed.unlink()
    assert len(mnist.load("test")) == 10_000


@pytest.mark.parametrize("name", TEST_FILES)
def test_a_truncated_file_is_named(copy: Path, name: str) -> None:
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(content[: len(content) // 2])
    sentence = refusal()
    assert str(copy / name) in sentence
    assert "truncated or damaged; delete it and get it again" in sentence


def test_an_altered_file_is_named(copy: Path) -> None:
    path = copy / TEST_FILES[1]
    labels = bytearray(gzip.decompress(path.read_bytes()))
    labels[100] ^= 1
    path.write_bytes(gzip.compress(bytes(labels)))
    assert f"{path} is not the original MNIST file" in refusal()


def test_a_named_folder_without_the_files_is_never_filled(copy: Path) -> None:
    (copy / TEST_FILES[0]).unlink()
    sentence = refusal()
    assert str(copy) in sentence
    assert "MNIST_DIR" in sentence
    assert os.listdir(copy) == [TEST_FILES[1]]


def test_a_machine_without_mnist_fetches_it_once(cache: Path, mirror: str) -> None:
    assert len(mnist.load("test", (NOBODY, mirror))) == 10_000
    assert sorted(os.listdir(cache)) == sorted(TEST_FILES)
    assert len(mnist.load("test", ())) == 10_000


def test_a_mirror_with_other_files_is_passed_over(
    cache: Path, copy: Path, mirror: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MNIST_DIR")
    for name in TEST_FILES:
        (copy / name).write_bytes(gzip.compress(b"something else"))
    with Serving(copy) as stranger:
        assert len(mnist.load("test", (stranger, mirror))) == 10_000


def test_without_a_mirror_the_sentence_says_what_to_do(cache: Path, tmp_path: Path) -> None:
    with Serving(tmp_path) as empty:
        sentence = refusal((NOBODY, empty))
    assert "could not be downloaded" in sentence
    assert "refused" in sentence
    assert "404" in sentence
    assert f"copy its four files to {cache}, or set MNIST_DIR" in sentence
    assert os.listdir(cache) == []
