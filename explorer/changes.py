"""Changes of a document on the way of a stroke: made unchecked, sent in one message.

Bokeh checks a new value against its type, looks for models inside it, compares all columns of a
source when one is new, and first lists all models that the browser knows before it writes a
message. Panel sends every changed parameter on its own way. On the stroke path that was most of
the server's time. What changes there are numbers and words of known kinds, so here they are set
and told as they are. This is the only module that goes around Bokeh's checks.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import isfinite
from typing import Any

import numpy as np
from bokeh.core.has_props import HasProps
from bokeh.core.serialization import Serializer
from bokeh.document import Document
from bokeh.document.events import (
    ColumnDataChangedEvent,
    DocumentPatchedEvent,
    ModelChangedEvent,
)
from bokeh.models import ColumnDataSource
from bokeh.protocol.messages.patch_doc import patch_doc
from panel.io import hold, state
from panel.io.document import _WRITE_BLOCK, _WRITE_MSGS, dispatch_tornado
from panel.io.state import set_curdoc

from explorer.wire import OneWrite, is_free


def set_values(model: HasProps, values: Mapping[str, Any]) -> None:
    """Set properties of a model to numbers, words, lists, dictionaries or arrays; never models."""
    for name, value in values.items():
        if _equal(getattr(model, name), value):
            continue
        if (doc := model.document) is None:
            setattr(model, name, value)
        else:
            model._property_values[name] = value
            doc.callbacks.trigger_on_change(ModelChangedEvent(doc, model, name, value))


def set_column(source: ColumnDataSource, name: str, column: np.ndarray[Any, Any]) -> None:
    """Change one column of a source, to as many numbers as before."""
    dict.__setitem__(source.data, name, column)
    if (doc := source.document) is not None:
        doc.callbacks.trigger_on_change(ColumnDataChangedEvent(doc, source, "data", cols=[name]))


def _equal(old: Any, new: Any) -> bool:
    try:
        return bool(old == new)
    except ValueError:  # arrays
        return False


@contextmanager
def one_message(doc: Document) -> Iterator[None]:
    """Send everything that changes in one message.

    Until a page has reported that it is ready, Panel's `hold` would drop the changes: a tab
    that was reloaded would not get its drawing back. So they go one by one until then.
    """
    with set_curdoc(doc):
        if not is_open(doc):
            yield
        elif not (connections := _free_connections(doc)):
            with hold(doc):
                yield
        else:
            doc.hold("combine")
            try:
                yield
            finally:
                events = _take_patches(doc)
                doc.unhold()
                if events:
                    _send(connections, _patch(events))


def is_open(doc: Document) -> bool:
    """Whether the page has reported that it is ready, and nothing is being held for it already."""
    with set_curdoc(doc):
        return bool(state.loaded) and not doc.callbacks.hold_value


def _free_connections(doc: Document) -> list[Any]:
    """The connections of a page, if nothing waits to be written there; else it is Panel's turn."""
    context = doc.session_context
    session = context.session if context else None
    connections = list(session._subscribed_connections) if session else []
    waits = doc in _WRITE_MSGS or doc in _WRITE_BLOCK
    free = all(is_free(each._socket.write_lock) for each in connections)
    return connections if free and not waits else []


def _send(connections: list[Any], message: patch_doc) -> None:
    """One message for all connections of a page: new models are described in it once."""
    for connection in connections:
        socket = connection._socket
        if isinstance(socket, OneWrite) and not message._buffers:
            socket.say(message)
        else:
            dispatch_tornado(connection, msg=message)


def _take_patches(doc: Document) -> list[DocumentPatchedEvent]:
    """What is held for the browser; what is held for the server itself stays."""
    held = doc.callbacks._held_events
    doc.callbacks._held_events = [e for e in held if not isinstance(e, DocumentPatchedEvent)]
    return [event for event in held if isinstance(event, DocumentPatchedEvent)]


def _patch(events: list[DocumentPatchedEvent]) -> patch_doc:
    """The message of these events.

    A stroke names a few models, and brings none that the browser has not seen. Its columns stand
    in the text: a buffer would be two more frames, and each frame costs the browser more than all
    of its numbers.
    """
    named = {event.model for event in events if hasattr(event, "model")}
    serializer = _Serializer(references=named, deferred=False)
    content = {"events": serializer.encode(events)}
    if len(serializer._references) > len(named):
        return patch_doc.create(events)
    return patch_doc(patch_doc.create_header(), {}, content)


class _Serializer(Serializer):
    """Writes as Bokeh's does, and sooner what a stroke consists of."""

    def encode(self, obj: Any) -> Any:
        """What stands for a value in JSON."""
        kind = type(obj)
        if kind in _AS_IT_IS or (kind is float and isfinite(obj)):
            return obj
        if kind is list:
            return [self.encode(each) for each in obj]
        return super().encode(obj)

    def _encode_bytes(self, obj: memoryview | bytes) -> dict[str, Any]:
        """Compressed as little as possible: BokehJS wants it compressed, and it is soon gone."""
        packed = zlib.compress(obj, level=1, wbits=_GZIP)
        return {"type": "bytes", "data": b64encode(packed).decode()}


_AS_IT_IS = (int, str, bool, type(None))
_GZIP = 31  # zlib's number for its largest window with a header of gzip
