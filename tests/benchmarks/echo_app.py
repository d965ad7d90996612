"""The floor: a bare Bokeh page that does nothing but echo a point and repaint one circle."""

from __future__ import annotations

import argparse
from typing import Any

from bokeh.document import Document
from bokeh.models import Circle, ColumnDataSource, CustomJS, Plot, Range1d
from bokeh.server.server import Server

#: One message under way at a time, and the newest point waits, as on the explorer's pad.
_SEND = """
  let busy = false
  let waiting = null
  const flush = () => {
    if (busy || waiting === null) return
    busy = true
    pen.data = waiting
    waiting = null
  }
  document.addEventListener("pointermove", event => {
    if (event.buttons === 0) return
    waiting = {x: [event.clientX / 10], y: [event.clientY / 10]}
    flush()
  })
  circle.properties.data.change.connect(() => { busy = false; flush() })
"""


def echo(document: Document) -> None:
    """Build the page of one session."""
    circle = ColumnDataSource({"x": [5.0], "y": [5.0]}, name="neurons")
    pen = ColumnDataSource({"x": [5.0], "y": [5.0]}, name="pen")
    plot = Plot(
        name="network",
        x_range=Range1d(0, 60),
        y_range=Range1d(0, 60),
        width=600,
        height=600,
        toolbar_location=None,
        tags=[pen],
    )
    plot.add_glyph(circle, Circle(x="x", y="y", radius=2), level="overlay")

    def answer(_attribute: str, _old: Any, new: dict[str, Any]) -> None:
        _answer_without_delay(document)
        circle.data = dict(new)

    pen.on_change("data", answer)
    document.add_root(plot)
    document.js_on_event(
        "document_ready", CustomJS(code=_SEND, args={"pen": pen, "circle": circle})
    )


def _answer_without_delay(document: Document) -> None:
    context = document.session_context
    assert context is not None
    for connection in context.session._subscribed_connections:
        connection._socket.set_nodelay(True)


def main() -> None:
    """Serve it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    server = Server({"/": echo}, port=parser.parse_args().port)
    server.run_until_shutdown()


if __name__ == "__main__":
    main()
