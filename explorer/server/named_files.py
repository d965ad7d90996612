"""Files whose name says what is in them, so that a browser keeps them for good."""

from __future__ import annotations

import gzip

from tornado.web import HTTPError

from explorer.diagram.weights import packed_weights
from explorer.server.security import SafeHandler
from explorer.transport.scripts import named, packed_script_of

_FOREVER = "public, max-age=31536000, immutable"


class NamedFileHandler(SafeHandler):
    """Answers with a script, compressed where the browser takes that."""

    def get(self, name: str) -> None:
        """The file of this name."""
        packed, is_latest = self.packed(name)
        self.set_header("Cache-Control", _FOREVER if is_latest else "no-cache")
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(packed)
        else:
            self.write(gzip.decompress(packed))

    def head(self, name: str) -> None:
        """The same without its body, which Tornado leaves out."""
        self.get(name)

    def packed(self, name: str) -> tuple[bytes, bool]:
        """The compressed file, and whether it is the one of this name."""
        raise NotImplementedError


class WeightsHandler(NamedFileHandler):
    """The weights of a network that this server shows."""

    def packed(self, name: str) -> tuple[bytes, bool]:
        """Another network has another name."""
        if (packed := packed_weights(name)) is None:
            raise HTTPError(404)
        return packed, True


class ScriptsHandler(NamedFileHandler):
    """The scripts of components, a bundle in each file."""

    def packed(self, name: str) -> tuple[bytes, bool]:
        """The bundle as it is now; one that was asked for by another version is not to be kept."""
        bundle, language, _ = name.split("-")
        try:
            return packed_script_of(bundle, language), name == named(bundle, language)
        except KeyError:
            raise HTTPError(404) from None
