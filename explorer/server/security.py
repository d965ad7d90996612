"""The door of the server: which pages it hands out, to how many, and under which rules.

The rules are a Content-Security-Policy, under which a page can run this server's scripts and
reach this server alone:

- `blob:` scripts, because Panel loads the script of a component through one;
- inline styles, because Bokeh and Panel style their shadow roots with `<style>` elements;
- no `unsafe-eval` and no inline script: the document's own carry a nonce, new for each page.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict
from pathlib import Path
from typing import Any

from bokeh.server.session import ServerSession
from bokeh.server.urls import per_app_patterns
from panel.io.server import DocHandler, WSHandler
from tornado.httputil import HTTPHeaders
from tornado.ioloop import IOLoop
from tornado.web import OutputTransform

from explorer.transport.connection import Connection

#: Pages that one process keeps open; with more, everybody's pen would feel it.
MOST_SESSIONS = 250

_FULL = Path(__file__).with_name("full.html").read_text(encoding="utf-8")

_RETRY_SECONDS = "20"

#: Seconds in which the others are heard before the next page is made.
_BETWEEN_PAGES = 0.02

#: Pages are made one at a time. When a whole class comes at once, those who have theirs are heard
#: between two others; without this, everybody's first stroke would wait for the last page.
_turns: defaultdict[IOLoop, asyncio.Lock] = defaultdict(asyncio.Lock)


def take_the_door() -> None:
    """Let pages and websockets of every server that starts from now on come through here."""
    ours = {DocHandler: PageHandler, WSHandler: Connection}
    per_app_patterns[:] = [
        (route, ours.get(handler, handler), *rest) for route, handler, *rest in per_app_patterns
    ]


class PageHandler(DocHandler):
    """Hands out a page with its rules, or asks to wait while all places are taken."""

    def prepare(self) -> Any:
        """A nonce for this page alone."""
        self._nonce = secrets.token_urlsafe(16)
        return super().prepare()

    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Answer the request for a page."""
        async with _turns[IOLoop.current()]:
            if self._is_full():
                self._ask_to_wait()
            elif not self._has_left():
                await super().get(*args, **kwargs)
            await asyncio.sleep(_BETWEEN_PAGES)
        if self._is_strict:
            self.set_header("Content-Security-Policy", policy(self._nonce, self.request.host))
        add_safe_headers(self._headers)

    def head(self, *args: Any, **kwargs: Any) -> None:
        """Tell a page that has lost its server that it may come back: that costs no session."""
        if self._is_full():
            self.set_status(503, "All places are taken")

    async def get_session(self) -> ServerSession:
        """The new session; its document carries the nonce."""
        session = await super().get_session()
        if self._is_strict:
            session.document.template_variables["nonce"] = self._nonce
        return session

    @property
    def _is_strict(self) -> bool:
        """Whether others can come in; a page for oneself stays open to one's own tools."""
        return bool(self.settings.get("serves_others", True))

    def _is_full(self) -> bool:
        limit = self.settings.get("most_sessions", MOST_SESSIONS)
        return limit is not None and len(self.application_context.sessions) >= limit

    def _has_left(self) -> bool:
        """Whether nobody waits for the answer any more."""
        connection = self.request.connection
        return bool(connection and connection.stream.closed())

    def _ask_to_wait(self) -> None:
        self.set_status(503, "All places are taken")
        self.set_header("Retry-After", _RETRY_SECONDS)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.write(_FULL)


class SafeHeaders(OutputTransform):
    """The headers that every answer carries, scripts and styles included."""

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Add the headers when an answer starts."""
        add_safe_headers(headers)
        return status_code, headers, chunk


def add_safe_headers(headers: HTTPHeaders) -> None:
    """What a browser shall not do with an answer: guess its type, frame it, pass its address on."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "SAMEORIGIN"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"


def policy(nonce: str, host: str) -> str:
    """The Content-Security-Policy of one page. Older browsers want the websocket's host named."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' blob: 'nonce-{nonce}'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            f"connect-src 'self' blob: ws://{host} wss://{host}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
        ]
    )
