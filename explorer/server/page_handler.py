"""Hands out the document of a page, which differs in its language, token and nonce alone.

That costs a fraction of a millisecond and no session: the page's own models are built when its
websocket opens (`explorer.server.page_socket`).
"""

from __future__ import annotations

import secrets
from pathlib import Path

from bokeh.server.contexts import ApplicationContext

from explorer.server.page_document import PageDocuments
from explorer.server.security import SafeHandler, page_policy
from explorer.server.visits import Visits
from explorer.texts import html_attributes, text
from explorer.texts.languages import speaking

_RETRY_SECONDS = "20"
_FULL = Path(__file__).with_name("full.html").read_text(encoding="utf-8")


class PageHandler(SafeHandler):
    """Answers with a page, or asks to wait while all places are taken."""

    def initialize(self, context: ApplicationContext, visits: Visits, shell: PageDocuments) -> None:
        """Called by Tornado with what the route knows."""
        self._context, self._visits, self._shell = context, visits, shell

    async def get(self) -> None:
        """The document around a page, or the page that waits."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        if not self._visits.has_room(self.request, self._context):
            self._ask_to_wait()
            return
        nonce = secrets.token_urlsafe(16)
        policy = page_policy(nonce, self.request.host, self.rules)
        self.set_header("Content-Security-Policy", policy)
        document = self._shell.document(self._context, self.request, self.language, nonce)
        self.finish(await document)

    def head(self) -> None:
        """Tell a page that was not let in, or has lost its server, whether it may come back."""
        if not self._visits.is_calm(self.request, self._context):
            self.set_status(503, "The server is full")
            self.set_header("Retry-After", _RETRY_SECONDS)

    def compute_etag(self) -> None:
        """No two answers are the same."""

    def _ask_to_wait(self) -> None:
        self.set_status(503, "The server is full")
        self.set_header("Retry-After", _RETRY_SECONDS)
        with speaking(self.language):
            self.finish(_full())


def _full() -> str:
    return _FULL.format(
        **html_attributes(),
        seconds=_RETRY_SECONDS,
        title=text("full.title"),
        sentence=text("full.sentence", seconds=_RETRY_SECONDS),
    )
