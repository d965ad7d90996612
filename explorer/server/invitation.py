"""How pupils find the page: its address, and the same as a QR code for their phones."""

from __future__ import annotations

import secrets
from html import escape
from io import StringIO
from pathlib import Path

import segno

from explorer.server.security import SafeHandler, frame_ancestors
from explorer.texts import html_attributes, text
from explorer.texts.languages import speaking

_PAGE = Path(__file__).with_name("invitation.html").read_text(encoding="utf-8")


def invitation(home: str) -> str:
    """The address and its QR code as text, for a terminal of any colours."""
    picture = StringIO()
    segno.make(home, micro=False).terminal(picture, border=2, compact=True)
    return f"{picture.getvalue()}\n{text('invitation.terminal', address=home)}\n"


def invitation_page(home: str, nonce: str) -> str:
    """The address and its QR code as a page, for a projector."""
    code = segno.make(home, micro=False)
    picture = code.svg_inline(border=2, omitsize=True, dark="#000", light="#fff")
    address = escape(home.removeprefix("http://").removesuffix("/"))
    words = {"title": text("pupil.join"), "hint": text("invitation.open"), "address": address}
    return _PAGE.format(picture=picture, nonce=nonce, **html_attributes(), **words)


class InvitationHandler(SafeHandler):
    """The page for the projector, with the address under which it was asked for."""

    def get(self) -> None:
        """Answer with the page."""
        nonce = secrets.token_urlsafe(16)
        home = f"{self.request.protocol}://{self.request.host}/"
        self.set_header(
            "Content-Security-Policy",
            f"default-src 'none'; style-src 'nonce-{nonce}'; {frame_ancestors(self.rules)}",
        )
        with speaking(self.language):
            self.finish(invitation_page(home, nonce))

    def head(self) -> None:
        """The same without its body, which Tornado leaves out."""
        self.get()
