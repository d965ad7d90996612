"""What every answer tells the browser: what it may do with it, and what it must not.

A page lives under a Content-Security-Policy that lets it run this server's scripts and reach this
server alone:

- `blob:` scripts, because Panel loads the script of a component through one;
- inline styles, because Bokeh and Panel style their shadow roots with `<style>` elements;
- no `unsafe-eval` and no inline script: the document's own carry a nonce, new for each page.

All other answers may run and load nothing at all.
"""

from __future__ import annotations

from typing import Any

from tornado.web import RequestHandler

from explorer.server.rules import Rules, rules_of
from explorer.server.trusted_hosts import is_this_machine
from explorer.texts import text, text_or
from explorer.texts.languages import language_for, speaking

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SafeHandler(RequestHandler):
    """A handler whose answers carry the headers of this file, errors and redirects included."""

    @property
    def rules(self) -> Rules:
        """What the person who started the server decided."""
        return rules_of(self.application)

    @property
    def chosen_language(self) -> str:
        """What the address says of the language: one of those that there are, or anything."""
        return self.request.query_arguments.get("language", [b""])[-1].decode("ascii", "replace")

    @property
    def language(self) -> str:
        """The language of whoever asks."""
        header = self.request.headers.get("Accept-Language", "")
        return language_for(self.chosen_language, self.rules.language, header)

    def set_default_headers(self) -> None:
        """Called by Tornado for every answer, and again before an error's."""
        self.clear_header("Server")
        for name, value in _ALWAYS.items():
            self.set_header(name, value)
        ancestors = frame_ancestors(self.rules)
        self.set_header("Content-Security-Policy", f"default-src 'none'; {ancestors}")
        if self.rules.frames_anywhere:  # a notebook also asks whether the page can be reached
            self.set_header("Cross-Origin-Resource-Policy", "cross-origin")
        elif not self.rules.frame_ancestors:  # it can name no other site
            self.set_header("X-Frame-Options", "SAMEORIGIN")
        if self.request.protocol == "https" or is_this_machine(self.request.host):
            # Over a plain connection a browser ignores it, and says so in its console.
            self.set_header("Cross-Origin-Opener-Policy", "same-origin")

    def on_finish(self) -> None:
        """Called by Tornado last: let go of an answer whose reader has hung up.

        The stream keeps the error, and the error's traceback all that was being written: a
        megabyte for each such reader, until the garbage collector comes by, which counts objects
        and not bytes.
        """
        stream = getattr(self.request.connection, "stream", None)
        if stream is not None and stream.error is not None:
            stream.error.__traceback__ = None

    def write_error(self, status_code: int, **_: Any) -> None:
        """Called by Tornado when there is no answer: one sentence instead of its own page."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        with speaking(self.language):
            self.finish(text_or(f"refusal.{status_code}", text("refusal.failed")))


def page_policy(nonce: str, host: str, rules: Rules) -> str:
    """The Content-Security-Policy of a page; `host` is one of the trusted ones, with its port.

    Older browsers want the websocket's host named: their `'self'` is HTTP alone.
    """
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
            frame_ancestors(rules),
        ]
    )


def frame_ancestors(rules: Rules) -> str:
    """The part of a policy that says which sites may show the page in a frame; empty for any.

    No pattern would name them all: programs that show notebooks have schemes of their own.
    """
    if rules.frames_anywhere:
        return ""
    return " ".join(["frame-ancestors 'self'", *rules.frame_ancestors])
