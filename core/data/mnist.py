"""MNIST: 70,000 handwritten digits, 28×28 pixels each, and where to find them.

The four files of Yann LeCun, Corinna Cortes and Christopher Burges are looked for, as they are or
gzipped, in the folder named by the environment variable ``MNIST_DIR``, else in the user's cache
folder, and else downloaded there. They are checked by their SHA-256, so what is loaded is MNIST.
"""

import gzip
import hashlib
import os
import zlib
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from os.path import isfile
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from core.data.download import DownloadError, download
from core.data.images import DataError, Images
from core.files import cache_folder
from core.progress import Report, unreported

Split: TypeAlias = Literal["train", "test"]

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)

_NAMES: dict[Split, str] = {"train": "train", "test": "t10k"}

# Of the files as they are when unpacked.
_SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
_LARGEST = 64 * 2**20
_GZIP = b"\x1f\x8b"
_IMAGES_HEADER, _LABELS_HEADER = 16, 8


def load(split: Split, mirrors: Sequence[str] = MIRRORS, report: Report = unreported) -> Images:
    """The 60,000 images of ``"train"`` or the 10,000 of ``"test"``.

    Raises ``DataError`` that says what to do when a file is missing, truncated or altered.
    """
    name = _NAMES[split]
    pixels = _content(f"{name}-images-idx3-ubyte", mirrors, report)
    labels = _content(f"{name}-labels-idx1-ubyte", mirrors, report)
    images = np.frombuffer(pixels, np.uint8, offset=_IMAGES_HEADER).reshape(-1, 784)
    return Images(
        np.divide(images, np.float32(255), dtype=np.float32),
        np.frombuffer(labels, np.uint8, offset=_LABELS_HEADER),
    )


def folder() -> Path:
    """Where MNIST is looked for: ``MNIST_DIR``, else a place in the user's cache folder."""
    if named := os.environ.get("MNIST_DIR"):
        return Path(named)
    return cache_folder() / "mnist"


def is_present() -> bool:
    """Whether all four files are on this machine, so that nothing would be downloaded."""
    kinds = ("images-idx3-ubyte", "labels-idx1-ubyte")
    return all(_find(f"{name}-{kind}") for name in _NAMES.values() for kind in kinds)


def _content(name: str, mirrors: Sequence[str], report: Report) -> bytes:
    path = _find(name)
    if path is None:
        path = _fetch(name, mirrors, report)
    return _verified(path, name)


def _find(name: str) -> Path | None:
    candidates = (folder() / name, folder() / f"{name}.gz")
    return next((path for path in candidates if isfile(path)), None)


def _fetch(name: str, mirrors: Sequence[str], report: Report) -> Path:
    if os.environ.get("MNIST_DIR"):
        raise DataError(
            f"{folder()}, named by MNIST_DIR, has no file {name} or {name}.gz; put it there, or "
            "unset MNIST_DIR to download it."
        )
    path = folder() / f"{name}.gz"
    try:
        download(path.name, mirrors, path, partial(_verified, name=name), report)
    except DownloadError as error:
        raise DataError(
            f"MNIST is not on this machine and {path.name} could not be downloaded ({error}); "
            f"copy its four files to {folder()}, or set MNIST_DIR to a folder that holds them."
        ) from error
    return path


def _verified(path: Path, name: str) -> bytes:
    content = _unpacked(path)
    if hashlib.sha256(content).hexdigest() != _SHA256[name]:
        raise DataError(
            f"{path} is not the original MNIST file, its SHA-256 differs; delete it and get it "
            "again."
        )
    return content


def _unpacked(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        if content.startswith(_GZIP):
            with gzip.open(BytesIO(content)) as file:
                content = file.read(_LARGEST)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path} is truncated or damaged; delete it and get it again.") from error
    except OSError as error:
        raise DataError(f"Cannot read {path}: {error.strerror or error}.") from error
    return content
