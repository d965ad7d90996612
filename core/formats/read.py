"""Networks in the files of other programs: what format it is, and who reads it.

Nothing in a file is ever executed, and no other file is opened, whatever it refers to. Pickles are
never opened: they are programs.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

import numpy as np

from core.file_format import HEAD, FileFormat, file_format
from core.formats.found import FormatError, FoundNetwork
from core.formats.json_lists import read_json
from core.formats.keras_files import read_hdf5, read_keras
from core.formats.matlab import read_matlab
from core.formats.numpy_files import read_npy, read_npz
from core.formats.onnx_file import read_onnx
from core.formats.refusals import refusal
from core.formats.safetensors_file import read_safetensors
from core.formats.several_files import are_tables, read_tables
from core.formats.source import Source
from core.formats.tensorflow_js import read_tensorflow_js
from core.formats.text_numbers import read_text
from core.nn.layer import LARGEST

READERS: Final[Mapping[FileFormat, Callable[[Source], FoundNetwork]]] = MappingProxyType(
    {
        FileFormat.NUMPY_ARRAY: read_npy,
        FileFormat.NUMPY_ARCHIVE: read_npz,
        FileFormat.TEXT: read_text,
        FileFormat.JSON: read_json,
        FileFormat.SAFETENSORS: read_safetensors,
        FileFormat.ONNX: read_onnx,
        FileFormat.KERAS: read_keras,
        FileFormat.HDF5: read_hdf5,
        FileFormat.TENSORFLOW_JS: read_tensorflow_js,
        FileFormat.MATLAB: read_matlab,
    }
)
"""What reads a network, by its format."""

# What the readers of other packages raise for bytes that are not theirs.
_MALFORMED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,
    MemoryError,
)


def read_found(
    content: bytes, name: str, companions: Mapping[str, bytes] = MappingProxyType({})
) -> FoundNetwork:
    """What a file of this ``content`` says of a network; ``name`` is the file's.

    ``companions`` are files that came with it, by their names: the weights that a ``model.json`` of
    TensorFlow.js or an ONNX file keeps outside of itself. If they are a table (a dictionary) of
    files with numbers alone, each is a matrix of the network, or biases, under the file's name.

    Raises `FormatError`, one sentence, for everything that is no stack of dense layers.
    """
    found = _format(content, name)
    source = Source(content, PurePath(name).name, found, companions)
    files = {source.name: content, **companions} if isinstance(companions, dict) else {}
    if found not in READERS:
        raise refusal(source)
    # What becomes infinite is refused below.
    with _reading(source), np.errstate(all="ignore"):
        is_in_parts = are_tables(files)
        network = read_tables(source, files) if is_in_parts else READERS[found](source)
    _check_numbers(source, network)
    return network


def _format(content: bytes, name: str) -> FileFormat:
    """The format by what is in the file, but for pickles of the first kind, which are text."""
    found = file_format(content[:HEAD], name)
    named = file_format(b"\0", name)
    pickles = (FileFormat.PICKLE, FileFormat.PYTORCH)
    return named if found is FileFormat.TEXT and named in pickles else found


@contextmanager
def _reading(source: Source) -> Iterator[None]:
    try:
        yield
    except FormatError:
        raise
    except _MALFORMED as error:
        raise source.damaged() from error


def _check_numbers(source: Source, network: FoundNetwork) -> None:
    named = [(layer.name or f"{number}", layer) for number, layer in enumerate(network.layers, 1)]
    arrays = [("–", network.unrolled), *((name, each.weights) for name, each in named)]
    arrays += ((name, each.biases) for name, each in named)
    if sum(each.size for _, each in arrays if each is not None) > LARGEST:
        source.too_large()
    for name, numbers in arrays:
        if numbers is not None and not np.isfinite(numbers).all():
            raise FormatError(
                "{file} has numbers that are NaN or infinite (in {layer}), as after a training "
                "that has diverged; save the network before that.",
                "formats.not_finite",
                file=source.name,
                layer=name,
            )
