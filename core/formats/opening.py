"""From a file of another program to a network, with what the file leaves open found out."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

from core.files import read_regular
from core.formats.finding import Finding, find
from core.formats.read import read_found
from core.nn.network_file import LARGEST_FILE, Contents

_NO_FILES: Final[Mapping[str, bytes]] = MappingProxyType({})


def found_in(content: bytes, name: str, companions: Mapping[str, bytes] = _NO_FILES) -> Finding:
    """The network in a file of this ``content`` and ``name``, the others of which came with it.

    Raises ``InputError``, one sentence that says why there is none.
    """
    return find(read_found(content, name, companions), Path(name).name)


def contents(content: bytes, path: Path) -> Contents:
    """The network in the file at ``path``, and the files beside it that belong to it."""
    network = found_in(content, path.name, _Beside(path)).network
    return network.layers, dict(network.card), None


class _Beside(Mapping[str, bytes]):
    """The files in the folder of a file, by their names; they are read when they are asked for."""

    def __init__(self, path: Path) -> None:
        self._folder = path.parent

    def __getitem__(self, name: str) -> bytes:
        if Path(name).name == name:
            with suppress(OSError):
                return read_regular(self._folder / name, LARGEST_FILE)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (path.name for path in self._folder.iterdir())

    def __len__(self) -> int:
        return sum(1 for _ in self)
