"""Files from public mirrors: the first that delivers the right bytes wins."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from core.errors import InputError
from core.files import write_whole
from core.progress import Report, unreported

_CHUNK = 2**16
_SECONDS = 20


class DownloadError(Exception):
    """No mirror delivered a file; the text lists what each one answered."""


def download(
    name: str,
    mirrors: Sequence[str],
    target: Path,
    check: Callable[[Path], object],
    report: Report = unreported,
) -> None:
    """Fetch ``name`` from one of ``mirrors`` (URLs that end in ``/``) to ``target``.

    ``check`` gets the path of the received file and raises ``InputError`` when it is not what it
    should be; the next mirror is tried then. ``target`` appears whole and checked, or not at all.
    """
    failures = []
    for mirror in mirrors:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with write_whole(target) as file:
                _receive(mirror + name, file, report)
                file.flush()
                check(Path(file.name))
            return
        except (OSError, http.client.HTTPException, InputError) as error:
            failures.append(f"{mirror}: {_reason(error)}")
    raise DownloadError("; ".join(failures))


def _receive(url: str, file: BinaryIO, report: Report) -> None:
    what = f"Downloading {url.rpartition('/')[2]}"
    with urllib.request.urlopen(url, timeout=_SECONDS) as answer:
        size = int(answer.headers.get("Content-Length") or 0)
        while chunk := answer.read(_CHUNK):
            file.write(chunk)
            report(what, file.tell() / size if size else 0.0, f"{file.tell() / 1e6:.1f} MB")


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.URLError) and not isinstance(error, urllib.error.HTTPError):
        return str(error.reason)
    return str(error).rstrip(".") or type(error).__name__
