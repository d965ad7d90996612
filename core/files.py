"""Files that are read within a limit, and that appear whole or not at all.

Only regular files are read or replaced: a pipe would keep its reader waiting, and a device that a
file takes the place of is gone.
"""

import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from core.errors import InputError

if sys.platform != "win32":
    import fcntl


def cache_folder() -> Path:
    """Where this project keeps, for this user, what it can get or make again."""
    if sys.platform == "win32":
        caches = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        caches = Path.home() / "Library" / "Caches"
    else:
        caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "neuron-explorer"


def read_regular(path: Path, most: int) -> bytes:
    """What is in the regular file at ``path``. ``OSError`` for others, and for larger ones."""
    found = path.stat()
    _check_regular(found.st_mode)
    if found.st_size > most:
        raise OSError(errno.EFBIG, f"it has {found.st_size:,} bytes, more than {most:,}")
    return path.read_bytes()


@contextmanager
def write_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside ``path`` that takes its place when the block ends well.

    If the block raises, ``path`` is as it was and the temporary file is gone. What a process that
    was killed has left behind is cleaned up. ``OSError`` where ``path`` is no regular file.
    """
    target = _target(path)
    _remove_leftovers(target)
    with _part(target) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
        if sys.platform == "win32":
            file.close()  # it can neither be moved nor be taken away by others while it is open
        os.replace(file.name, target)


def write_content(path: Path, content: bytes, error: type[InputError] = InputError) -> None:
    """Write a file whole or not at all. Raises ``error``, with a sentence, if that cannot be."""
    try:
        with write_whole(path) as file:
            file.write(content)
    except OSError as refused:
        raise error(f"Cannot write {path}: {refused.strerror or refused}.") from refused


def check_writable(path: Path) -> None:
    """Raise the ``OSError`` that `write_whole` would raise, before the work to be written."""
    with _part(_target(path)):
        pass


def _target(path: Path) -> Path:
    target = Path(os.path.realpath(path))
    if target.exists():
        _check_regular(target.stat().st_mode)
    return target


def _check_regular(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is not a regular file")


@contextmanager
def _part(target: Path) -> Iterator[BinaryIO]:
    """A temporary file beside ``target``, locked as long as it is written, gone afterwards."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            _lock(file)
            yield file
    finally:
        temporary.unlink(missing_ok=True)


def _remove_leftovers(target: Path) -> None:
    """Remove the temporary files of processes that died: nobody holds their lock."""
    prefix = f".{target.name}."
    for each in target.parent.iterdir():
        if each.name.startswith(prefix) and each.name.endswith(".part"):
            with suppress(OSError), each.open("rb") as file:
                _lock(file)
                each.unlink()


def _lock(file: BinaryIO) -> None:
    """Lock a file for as long as it is open; ``OSError`` if another process has. Windows does."""
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
