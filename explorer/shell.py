"""The document around a page, without a request to any other host."""

from __future__ import annotations

from pathlib import Path

from panel.io import state
from panel.viewable import Viewable

_SHELL = Path(__file__).with_name("shell.html").read_text(encoding="utf-8")


def serve_in_shell(page: Viewable, title: str) -> None:
    """Make this the page of the session that the server is opening."""
    page.servable(title=title)
    document = state.curdoc
    document.template = _SHELL
    document.config.notify_connection_status = False
