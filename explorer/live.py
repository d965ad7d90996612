"""Components on the way of a stroke: straight to Bokeh, everything in one message.

Panel's own syncing schedules every event of the browser on the event loop and sends every
changed parameter on its own way; on the stroke path that was 87 % of the server's time.
Here an event is handled at once, and all that it changes travels in one message. This is
the only module that goes around Panel; anything slower than a stroke need not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

from bokeh.core.serialization import Serializer
from bokeh.document import Document
from bokeh.document.events import DocumentPatchedEvent
from bokeh.events import Event
from bokeh.protocol.messages.patch_doc import patch_doc
from panel.custom import JSComponent
from panel.io import hold, state
from panel.io.document import _WRITE_BLOCK, _WRITE_MSGS, dispatch_tornado
from panel.io.state import set_curdoc
from panel.models.esm import DataEvent
from panel.util import classproperty
from panel.viewable import is_viewable_param
from param.parameterized import no_instance_params

from explorer.ignored import ignored
from explorer.wire import is_free, write

Message = dict[str, Any]


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
                for connection in connections if events else ():
                    _send(connection, _patch(events))


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


def _send(connection: Any, message: patch_doc) -> None:
    if message._buffers:
        dispatch_tornado(connection, msg=message)
    else:
        write(connection._socket, message)


def _take_patches(doc: Document) -> list[DocumentPatchedEvent]:
    """What is held for the browser; what is held for the server itself stays."""
    held = doc.callbacks._held_events
    doc.callbacks._held_events = [e for e in held if not isinstance(e, DocumentPatchedEvent)]
    return [event for event in held if isinstance(event, DocumentPatchedEvent)]


def _patch(events: list[DocumentPatchedEvent]) -> patch_doc:
    """The message of these events.

    Bokeh first lists all models that the browser knows, which takes longer than all the rest
    of the message. A stroke names a few, and brings none that the browser has not seen.
    Its columns stand in the text: a buffer would be two more frames, and each frame costs more
    than all of its numbers.
    """
    named = {event.model for event in events if hasattr(event, "model")}
    serializer = Serializer(references=named, deferred=False)
    content = {"events": serializer.encode(events)}
    if len(serializer._references) > len(named):
        return patch_doc.create(events)
    return patch_doc(patch_doc.create_header(), {}, content)


class _Listener:
    """Gives each message of a document to the component it is for.

    Bokeh would ask every model that listens whether the message is its own.
    """

    def __init__(self, doc: Document) -> None:
        self._components: WeakValueDictionary[str, LiveComponent] = WeakValueDictionary()
        doc.callbacks.subscribe("data_event", self)

    def listen(self, model: Any, component: LiveComponent) -> None:
        """Messages of `model` are for `component`."""
        model.subscribed_events.add("data_event")
        self._components[model.id] = component

    def component(self, model: str) -> LiveComponent | None:
        """The component whose model has this id."""
        return self._components.get(model)

    def _trigger_event(self, event: DataEvent) -> None:
        """What Bokeh calls; the name is Bokeh's."""
        tell(event.model.document, event.model.id, event.data)


#: The components are held weakly: they know their document, which would otherwise never go.
_listeners: WeakKeyDictionary[Document, _Listener] = WeakKeyDictionary()


def tell(doc: Document, model: str, message: Any) -> bool:
    """Give a message to the component whose model has this id, if there is one that listens."""
    component = _listener(doc).component(model)
    if component is not None:
        component.hear(doc, message)
    return component is not None


def _listener(doc: Document) -> _Listener:
    """The listener of a document."""
    if doc not in _listeners:
        _listeners[doc] = _Listener(doc)
    return _listeners[doc]


class LiveComponent(JSComponent):
    """A component that is told values and sends messages: neither side edits the other's.

    Subclasses declare the values as parameters, and answer messages in `receive`.
    """

    __abstract = True

    #: Nothing is synced from the browser: it sends messages (`receive`), never values.
    _linked_properties = ()

    #: Where the script is. Panel would look for it 300 times a page.
    _bundle_path = classproperty(lambda cls: cls._bundle)

    @classmethod
    @cache
    def _version(cls) -> str:
        """Changes with the script and its style sheet, so that a browser may keep them for good."""
        sheet = cls._bundle.with_suffix(".css")
        files = [cls._bundle, *([sheet] if sheet.exists() else [])]
        return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]

    @classmethod
    def _component_resource_path(cls, path: Path, compiled: bool) -> str:
        return f"{super()._component_resource_path(path, compiled)}?v={cls._version()}"

    def __init__(self, **values: Any) -> None:
        # No page changes what its parameters are, so that none needs a copy of each.
        no_instance_params(type(self))
        super().__init__(**values)

    def _process_param_change(self, params: dict[str, Any]) -> dict[str, Any]:
        """What stands beside the script is all its style: Panel would link four more sheets."""
        own = {name: value for name, value in params.items() if name != "stylesheets"}
        return dict(super()._process_param_change(own))

    @classmethod
    def _patch_datamodel_ref(cls, props: Any, ref: str) -> None:
        """Panel searches all that a component shows for further ones; each names its own."""
        props.tags.append(f"__ref:{ref}")

    def _link_params(self) -> None:
        """Values go by `show`; Panel is left with what is built of other components."""
        kinds = type(self).param
        children = [name for name in kinds if is_viewable_param(kinds[name])]
        if children:
            self._internal_callbacks.append(self.param.watch(self._param_change, children))

    def _register_events(self, *names: str, model: Any, doc: Document, comm: Any = None) -> None:
        """Listen only where messages are answered."""
        if type(self).receive is LiveComponent.receive:
            return
        if comm:
            super()._register_events("data_event", model=model, doc=doc, comm=comm)
        else:
            _listener(doc).listen(model, self)

    def show(self, **values: Any) -> None:
        """Send values to the browser; they keep the parameters' names."""
        for name, value in values.items():
            setattr(self, name, value)
        for model, _ in self._models.values():
            model.data.update(**values)

    def receive(self, message: Message) -> None:
        """Answer a message from the browser, a dictionary with a `type`."""

    def _server_event(self, doc: Document, event: Event) -> None:
        if isinstance(event, DataEvent):
            self.hear(doc, event.data)

    def hear(self, doc: Document, message: object) -> None:
        """Receive a message; all that changes with it travels in one."""
        with one_message(doc):
            self._receive_safely(message)

    def _receive_safely(self, message: object) -> None:
        """A message that makes no sense is left aside: it must not cost the session."""
        try:
            if not isinstance(message, dict):
                raise TypeError("not a dictionary")
            self.receive(message)
        except Exception as error:  # what a stranger sends can go wrong in any way
            ignored.tell(type(self).__name__, error)
