"""Whether somebody is still there: a page belongs to the connection that it was opened on."""

from __future__ import annotations

from bokeh.document import Document


def is_connected(document: Document | None) -> bool:
    """Whether a page's connection is open; without a server there is none to lose."""
    context = document.session_context if document is not None else None
    if context is None:
        return True
    session = context.session
    return session is not None and not session.destroyed and session.connection_count > 0
