"""Readers that a damaged file can crash: each file is read in a process of its own.

The libraries for HDF5 and Matlab's files are written in C, and files made for it bring them down,
and would bring down every page of a server with them. The process has little time and memory.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from core.file_format import FileFormat
from core.formats import libraries
from core.formats.contents import Contents, packed, unpacked
from core.formats.found import FormatError
from core.formats.hdf5 import hdf5_contents
from core.formats.matlab_variables import matlab_contents
from core.formats.source import Source

_SECONDS: Final = 20
_MOST_MEMORY: Final = 2 * 2**30
_TOO_LARGE: Final = 3
_NOT_INSTALLED: Final = 4
_EXIT_CODES: Final = {
    "formats.too_large": _TOO_LARGE,
    "formats.not_installed": _NOT_INSTALLED,
}

_READERS: Final[Mapping[str, Callable[[Source], Contents]]] = MappingProxyType(
    {"hdf5": hdf5_contents, "matlab": matlab_contents}
)


def hdf5(source: Source) -> Contents:
    """What is in an HDF5 file. Raises `FormatError` for other files."""
    return _read(source, "hdf5", libraries.h5py)


def matlab(source: Source) -> Contents:
    """What is in a Matlab file of a version up to 7. Raises `FormatError` for other files."""
    return _read(source, "matlab", libraries.scipy_io)


def _read(source: Source, reader: str, library: Callable[[], Any]) -> Contents:
    command = [sys.executable, "-P", "-W", "ignore", "-m", __name__, reader]
    # The same packages as here, and no folder that this process happens to be in.
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command,
            input=source.content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | paths,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise source.damaged() from error
    if done.returncode == _TOO_LARGE:
        source.too_large()
    if done.returncode == _NOT_INSTALLED:
        library()
    if done.returncode:
        raise source.damaged()
    return unpacked(done.stdout)


def _limit() -> None:
    """Let this process end if it takes more time or memory than any file needs."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 (there is none on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(reader: str) -> int:
    """Read a file from the standard input, and write what is in it to the standard output."""
    _limit()
    source = Source(sys.stdin.buffer.read(), "", FileFormat.UNKNOWN)
    try:
        contents = _READERS[reader](source)
    except FormatError as error:
        return _EXIT_CODES.get(error.code, 1)
    sys.stdout.buffer.write(packed(contents))
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
