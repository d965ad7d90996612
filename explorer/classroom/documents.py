"""The documents of the class's pages: is somebody there, and changing them in their turn."""

from __future__ import annotations

from collections.abc import Callable

from bokeh.document import Document

from explorer.changes import one_message


def is_connected(document: Document | None) -> bool:
    """Whether a page's connection is open; without a server there is none to lose."""
    context = document.session_context if document is not None else None
    if context is None:
        return True
    session = context.session
    return session is not None and not session.destroyed and session.connection_count > 0


def soon(document: Document, change: Callable[[], None]) -> None:
    """Change a document as soon as it is free for it, in one message."""

    def run() -> None:
        with one_message(document):
            change()

    document.add_next_tick_callback(run)
