"""Networks in files of any program: the project's own, and what `core.formats` reads and writes.

A network knows its own format only. When `core` is imported, it says who reads and writes others.
"""

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

from core.files import read_regular
from core.nn.network_file import LARGEST_FILE, Contents, NetworkFileError, is_own, unpacked

Reader: TypeAlias = Callable[[bytes, Path], Contents]
"""Reads the content of a file, whose path is for its name and for the files that belong to it."""

Writer: TypeAlias = Callable[[Any], bytes]
"""Makes the content of a file of a network."""

_others: list[Reader] = []
_writers: dict[str, Writer] = {}


def read_others_with(reader: Reader) -> None:
    """Let this read the files that are not the project's own."""
    _others[:] = [reader]


def write_others_with(writers: Mapping[str, Writer]) -> None:
    """Let these write the formats that are not the project's own, by their suffixes."""
    _writers.update(writers)


def writer_of(path: str | PathLike[str]) -> Writer | None:
    """What writes a file with this suffix; None if that is the project's own format."""
    return _writers.get(Path(path).suffix.lower())


def read(path: str | PathLike[str]) -> Contents:
    """The layers, the card and the statistics, if any, of the network in a file.

    Nothing in it is ever executed. Raises ``InputError``, which says what it is instead.
    """
    content = content_of(path)
    for reader in _others:
        if not is_own(content):
            return reader(content, Path(path))
    return unpacked(content, path)


def content_of(path: str | PathLike[str]) -> bytes:
    """All of a file that is not larger than a network can be; else ``NetworkFileError``."""
    try:
        return read_regular(Path(path), LARGEST_FILE)
    except OSError as error:
        raise NetworkFileError(f"Cannot read {path}: {error.strerror or error}.") from error
