"""The Bokeh documents of pages: is somebody there, and changing their models in turn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from weakref import WeakKeyDictionary

from bokeh.document import Document

from explorer.texts.languages import ENGLISH, speaking

#: The language of each page that is open in one, by its document.
_languages: WeakKeyDictionary[Document, str] = WeakKeyDictionary()


def remember_language(document: Document, language: str) -> None:
    """A page is in this language, whoever changes its models."""
    _languages[document] = language


def is_connected(document: Document | None) -> bool:
    """Whether a page's connection is open; without a server there is none to lose."""
    context = document.session_context if document is not None else None
    if context is None:
        return True
    session = context.session
    return session is not None and not session.destroyed and session.connection_count > 0


def soon(document: Document | None, change: Callable[[], None]) -> None:
    """Change a document when it is free for it; at once where no server works on it."""
    if document is None or document.session_context is None:
        change()
    else:
        document.add_next_tick_callback(partial(_in_its_language, document, change))


def _in_its_language(document: Document, change: Callable[[], None]) -> None:
    with speaking(_languages.get(document, ENGLISH)):
        change()
