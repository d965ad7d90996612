"""Scripts and styles, compressed once for everybody and kept by the browser for good.

Bokeh and Panel send theirs as they lie on the disk: 3 MB for each first visit. What carries a
version in its address never changes; the rest is asked for again, and mostly answered with 304.
"""

from __future__ import annotations

import gzip
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import panel.io.server as panel_server
from bokeh.server.urls import per_app_patterns, toplevel_patterns
from tornado.web import StaticFileHandler

_TEXTS = {".js", ".css", ".html", ".json", ".svg", ".mjs"}
_YEAR = 365 * 24 * 3600


@cache
def packed(path: str, modified: datetime | None) -> bytes:
    """The compressed bytes of a file; `modified` makes a changed file another one."""
    return gzip.compress(Path(path).read_bytes(), mtime=0)


class CompressedFiles(StaticFileHandler):
    """Answers like the handler it is mixed into, compressed where the browser takes that."""

    async def get(self, path: str, include_body: bool = True) -> None:
        """One file, compressed if that pays."""
        if not self._pays(path):
            await super().get(path, include_body)
            return
        self.path = self.parse_url_path(path)
        absolute = self.get_absolute_path(self.root, self.path)
        self.absolute_path = self.validate_absolute_path(self.root, absolute)
        if self.absolute_path is not None:
            self._answer(include_body)

    def get_cache_time(self, path: str, modified: datetime | None, mime_type: str) -> int:
        """A year for what has its version in the address; else the browser asks again."""
        return _YEAR if "v" in self.request.arguments else 0

    def set_extra_headers(self, path: str) -> None:
        """Let the browser ask again for what has no version in its address."""
        if "v" not in self.request.arguments:
            self.set_header("Cache-Control", "no-cache")

    def _pays(self, path: str) -> bool:
        accepted = self.request.headers.get("Accept-Encoding", "")
        return "gzip" in accepted and Path(path).suffix in _TEXTS and not self._wants_a_part()

    def _wants_a_part(self) -> bool:
        return "Range" in self.request.headers

    def _answer(self, include_body: bool) -> None:
        self.modified = self.get_modified_time()
        self.set_headers()
        self.set_header("Vary", "Accept-Encoding")
        if self.should_return_304():
            self.set_status(304)
            return
        body = packed(self.absolute_path, self.modified)
        self.set_header("Content-Encoding", "gzip")
        self.set_header("Content-Length", len(body))
        if include_body:
            self.write(body)


def compressing(handler: type[Any]) -> type[Any]:
    """The same handler of static files, compressing; another kind of handler as it is."""
    if not issubclass(handler, StaticFileHandler) or issubclass(handler, CompressedFiles):
        return handler
    return type(handler.__name__, (CompressedFiles, handler), {})


def compress_static_files() -> None:
    """Let every server that starts from now on send its static files compressed."""
    panel_server.StaticHandler = compressing(panel_server.StaticHandler)
    panel_server.ComponentResourceHandler = compressing(panel_server.ComponentResourceHandler)
    for patterns in (per_app_patterns, toplevel_patterns):
        patterns[:] = [(route, compressing(handler), *rest) for route, handler, *rest in patterns]
