"""How pupils find the page: its address, and the same as a QR code for their phones."""

from __future__ import annotations

import re
import secrets
from html import escape
from io import BytesIO, StringIO
from pathlib import Path

import segno
from tornado.web import HTTPError

from explorer.server.security import SafeHandler, frame_ancestors
from explorer.texts import html_attributes, text
from explorer.texts.languages import speaking

#: The address of a page for pupils, at the root of a server or below.
_HOME = re.compile(r"https?://[!-~]{1,150}/")

_PAGE = Path(__file__).with_name("invitation.html").read_text(encoding="utf-8")


def invitation(home: str) -> str:
    """The address and its QR code as text, for a terminal of any colours."""
    picture = StringIO()
    segno.make(home, micro=False).terminal(picture, border=2, compact=True)
    return f"{picture.getvalue()}\n{text('invitation.terminal', address=home)}\n"


def invitation_page(home: str, nonce: str) -> str:
    """The address and its QR code as a page, for a projector."""
    address = escape(home.removeprefix("http://").removesuffix("/"))
    words = {"title": text("pupil.join"), "hint": text("invitation.open"), "address": address}
    picture = _picture(home)
    return _PAGE.format(
        picture=picture, home=escape(home), nonce=nonce, **html_attributes(), **words
    )


def _picture(home: str) -> str:
    """The QR code as an SVG element."""
    code, written = segno.make(home, micro=False), BytesIO()
    look = {"border": 2, "omitsize": True, "dark": "#000", "light": "#fff"}
    code.save(written, kind="svg", xmldecl=False, nl=False, **look)
    return written.getvalue().decode()


class InvitationHandler(SafeHandler):
    """The page for the projector, with the address under which it was asked for."""

    def get(self) -> None:
        """Answer with the page."""
        nonce = secrets.token_urlsafe(16)
        home = f"{self.request.protocol}://{self.request.host}/"
        self.set_header(
            "Content-Security-Policy",
            f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
            f"img-src 'self'; {frame_ancestors(self.rules)}",
        )
        with speaking(self.language):
            self.finish(invitation_page(home, nonce))

    def head(self) -> None:
        """The same without its body, which Tornado leaves out."""
        self.get()


class InvitationPicture(SafeHandler):
    """The QR code of the address at which the invitation's own script finds itself."""

    def get(self) -> None:
        """Answer with the picture, and nobody else's page: a code hides where it leads."""
        home = self.get_argument("home", "")
        if self.request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise HTTPError(403)
        if not _HOME.fullmatch(home):
            raise HTTPError(400)
        self.set_header("Content-Type", "image/svg+xml")
        self.finish(_picture(home))

    def head(self) -> None:
        """The same without its body, which Tornado leaves out."""
        self.get()
