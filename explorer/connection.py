"""The websocket of a page: small answers leave at once."""

from __future__ import annotations

from panel.io import state


def answer_without_delay() -> None:
    """Switch off Nagle's algorithm on the connections of the current page.

    Bokeh sends a message as three frames, and a lone message would wait for the browser's
    delayed acknowledgement of the first: 88 ms for a round trip instead of 5.
    """
    context = state.curdoc.session_context if state.curdoc else None
    session = context.session if context else None
    for connection in session._subscribed_connections if session else ():
        connection._socket.set_nodelay(True)
