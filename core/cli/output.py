"""Files that commands write."""

from os.path import isdir
from pathlib import Path

from core.errors import InputError
from core.files import check_writable


def check_output(path: Path) -> None:
    """Raise ``InputError`` if ``path`` cannot be written, before the work to be written is done."""
    if not isdir(path.parent):
        raise InputError(f"The folder {path.parent} does not exist; create it, or change --output.")
    try:
        check_writable(path)
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror or error}.") from error
