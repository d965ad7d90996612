"""A network in several files, each with a matrix or the biases of a layer, as tables are kept."""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, Final

from numpy.typing import NDArray

from core.file_format import HEAD, FileFormat, file_format
from core.formats.found import FoundNetwork
from core.formats.named_arrays import network_of, real_numbers
from core.formats.numpy_files import array
from core.formats.source import Source
from core.formats.text_numbers import blocks

Arrays = dict[str, NDArray[Any]]


def _of_numpy(source: Source) -> Arrays:
    return {_stem(source.name): array(source, source.content)}


def _of_text(source: Source) -> Arrays:
    """A block has the name of its file; of several in one, their own names after it."""
    found, stem = blocks(source), _stem(source.name)
    return {stem if len(found) == 1 else f"{stem} {name}": each for name, each in found.items()}


_READERS: Final[Mapping[FileFormat, Callable[[Source], Arrays]]] = {
    FileFormat.NUMPY_ARRAY: _of_numpy,
    FileFormat.TEXT: _of_text,
}


def are_tables(files: Mapping[str, bytes]) -> bool:
    """Whether these are several files, by their names, each of which can hold a part."""
    formats = (file_format(content[:HEAD], name) for name, content in files.items())
    return len(files) > 1 and all(each in _READERS for each in formats)


def read_tables(source: Source, files: Mapping[str, bytes]) -> FoundNetwork:
    """The network in several files, by their names; ``source`` is the first of them.

    Raises `FormatError`, one sentence, if they hold none.
    """
    arrays: Arrays = {}
    for name, content in files.items():
        part = Source(content, PurePath(name).name, file_format(content[:HEAD], name))
        arrays |= _READERS[part.format](part)
    return network_of(source, real_numbers(source, arrays))


def _stem(name: str) -> str:
    """The name of a file without its suffix: layers count by it."""
    return PurePath(name).stem
