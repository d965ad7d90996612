"""The document around a page, without a request to any other host."""

from __future__ import annotations

from pathlib import Path

from panel.config import config
from panel.io import state
from panel.io.resources import BASE_TEMPLATE, LOCAL_DIST
from panel.viewable import Viewable

from core.nn.network import Network
from explorer.diagram.weights import offered_name
from explorer.texts import html_attributes, text
from explorer.texts.languages import NAMES, offered_languages, spoken
from explorer.transport.documents import remember_language

_TEXT = Path(__file__).with_name("shell.html").read_text(encoding="utf-8")
_THEMES = Path(__file__).with_name("themes.css").read_text(encoding="utf-8")
_SHELL = BASE_TEMPLATE.environment.from_string(
    "{% extends base %}\n" + _TEXT,
    globals={"themes": _THEMES, "text": text, "html": html_attributes, "spoken": spoken},
)


def serve_in_shell(page: Viewable, title: str, network: Network) -> None:
    """Make this, with a stage of `network`, the page of the session that the server is opening.

    Panel names another host for its styles until a document says where they are. It would say so
    itself when it writes the document; but that is done once, and each session has its own.
    """
    document = state.curdoc
    here = f"{state.rel_path}/" if state.rel_path else ""
    document.template_variables.update(
        here=here,
        dist_url=here + LOCAL_DIST,
        weights=offered_name(network),
        languages={language: NAMES[language] for language in offered_languages()},
    )
    remember_language(document, spoken())
    config.browser_info = False
    page.servable(title=title, location=False)
    document.template = _SHELL
    document.config.notify_connection_status = False
