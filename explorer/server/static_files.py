"""The scripts, styles and pictures of the pages: listed once at start-up, and all that is served.

Panel would import whatever module a URL names to find its files. Here a URL is looked up in a list
and never taken apart. Each file is read and compressed once for everybody; what carries a version
in its address is kept by the browser for good, the rest is asked for again and mostly answered
with 304.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from panel.io.resources import DIST_DIR, LOCAL_DIST

from explorer.server.bokeh_scripts import script_files
from explorer.server.security import SafeHandler

_TEXTS = {".js", ".css"}
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class StaticFile:
    """A file as it is sent; `packed` is the same compressed, where that pays."""

    body: bytes
    packed: bytes | None
    kind: str
    etag: str


@cache
def static_files() -> Mapping[str, StaticFile]:
    """Every file that a page may ask for, by its path below the server's root."""
    named = script_files() | dict(_panel_files())
    return {url: _read(path) for url, path in named.items()}


def _read(path: Path) -> StaticFile:
    body = path.read_bytes()
    packed = gzip.compress(body, mtime=0) if path.suffix in _TEXTS else None
    kind = guess_type(path.name)[0] or "application/octet-stream"
    return StaticFile(body, packed, kind, f'"{sha256(body).hexdigest()[:32]}"')


def _panel_files() -> Iterator[tuple[str, Path]]:
    """Panel's style sheets: which of them a component links is Panel's to say."""
    sheets = [*DIST_DIR.glob("css/*.css"), *DIST_DIR.glob("bundled/theme/*.css")]
    for file in (*sheets, DIST_DIR / "images" / "apple-touch-icon.png"):
        yield f"{LOCAL_DIST}{file.relative_to(DIST_DIR).as_posix()}", file
    yield "favicon.ico", DIST_DIR / "images" / "favicon.ico"


class StaticFileHandler(SafeHandler):
    """Answers with one file of the list."""

    def initialize(self, file: StaticFile) -> None:
        """Called by Tornado with the file."""
        self._file = file

    def get(self) -> None:
        """The file, compressed if the browser takes that."""
        self.set_header("Content-Type", self._file.kind)
        self.set_header("Cache-Control", self._keeping)
        body = self._file.body
        if self._file.packed is not None:
            self.set_header("Vary", "Accept-Encoding")
            if "gzip" in self.request.headers.get("Accept-Encoding", ""):
                self.set_header("Content-Encoding", "gzip")
                body = self._file.packed
        self.finish(body)

    def head(self) -> None:
        """The same without its body, which Tornado leaves out."""
        self.get()

    def compute_etag(self) -> str:
        """Tornado answers 304 to a browser that has this very file."""
        return self._file.etag

    @property
    def _keeping(self) -> str:
        """For a year what has its version in the address; else the browser asks again."""
        has_version = "v" in self.request.query_arguments
        return f"max-age={_YEAR}, immutable" if has_version else "no-cache"
