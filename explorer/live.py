"""Components on the way of a stroke: what the browser says is heard at once.

Panel's own syncing schedules every event of the browser on the event loop and sends every
changed parameter on its own way; on the stroke path that was 87 % of the server's time.
Here a message goes straight to its component, and all that it changes travels in one message
(`explorer.changes`). Anything slower than a stroke need not go around Panel.
"""

from __future__ import annotations

import logging
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

import param
from bokeh.document import Document
from bokeh.events import Event
from panel.custom import JSComponent
from panel.io import state
from panel.models.esm import DataEvent
from panel.util import classproperty
from panel.viewable import is_viewable_param
from param.parameterized import no_instance_params

from core.errors import InputError
from explorer import scripts
from explorer.changes import one_message, set_values
from explorer.ignored import ignored
from explorer.messages import Message, NotUnderstoodError

log = logging.getLogger(__name__)


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

    def tell(self, doc: Document, model: str, message: object) -> bool:
        """Give a message to the component whose model has this id, if there is one."""
        component = self._components.get(model)
        if component is not None:
            component.hear(doc, message)
        return component is not None

    def _trigger_event(self, event: DataEvent) -> None:
        """What Bokeh calls; the name is Bokeh's."""
        self.tell(event.model.document, event.model.id, event.data)


#: The components are held weakly: they know their document, which would otherwise never go.
_listeners: WeakKeyDictionary[Document, _Listener] = WeakKeyDictionary()


def tell(doc: Document, model: str, message: object) -> bool:
    """Give a message to the component of a document whose model has this id, if there is one."""
    return _listener(doc).tell(doc, model, message)


def _listener(doc: Document) -> _Listener:
    """The listener of a document."""
    if doc not in _listeners:
        _listeners[doc] = _Listener(doc)
    return _listeners[doc]


#: What models of a kind of component and of the same size have in common.
_alike: dict[tuple[Any, ...], dict[str, Any]] = {}


class LiveComponent(JSComponent):
    """A component that is told values and sends messages: neither side edits the other's.

    Subclasses declare the values as parameters, and answer messages in `receive`.
    """

    __abstract = True

    #: Nothing is synced from the browser: it sends messages (`receive`), never values.
    _linked_properties = ()

    heard = param.Integer(default=0, doc="The number of the last message that was answered.")

    #: Where the script is. Panel would look for it 300 times a page.
    _bundle_path = classproperty(lambda cls: cls._bundle)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "_bundle" in vars(cls):
            scripts.register(cls.__name__, cls._bundle)

    @classmethod
    @cache
    def _style(cls) -> str:
        """The style sheet beside the script, if there is one."""
        sheet = cls._bundle.with_suffix(".css")
        return sheet.read_text(encoding="utf-8") if sheet.exists() else ""

    @classmethod
    def _component_resource_path(cls, path: Path, compiled: bool) -> str:
        """The style sheet's address; with its version, so that a browser may keep it for good."""
        version = sha256(cls._style().encode()).hexdigest()[:16]
        return f"{super()._component_resource_path(path, compiled)}?v={version}"

    @classmethod
    def _render_esm(cls, compiled: Any = True, server: bool = False) -> str:
        """The script: its address, or, where no server of ours can be asked, the text itself."""
        if server and scripts.ScriptsHandler.offered:
            return scripts.address_of_all()
        return scripts.single_script(cls.__name__)

    def __init__(self, **values: Any) -> None:
        # No page changes what its parameters are, so that none needs a copy of each.
        no_instance_params(type(self))
        super().__init__(**values)

    def _get_properties(self, doc: Document | None) -> dict[str, Any]:
        """Two components of a kind differ in their values; Panel works the rest out each time."""
        served = bool(doc and doc.session_context)
        key = (type(self), self.sizing_mode, self.min_height, served)
        if key in _alike and not state.rel_path:
            return _alike[key] | {"data": self._data_model(**self._values())}
        properties: dict[str, Any] = super()._get_properties(doc)
        if not (served and scripts.ScriptsHandler.offered):
            text = properties["esm"]
            properties["bundle"] = sha256(text.encode()).hexdigest()  # the name of a text
            properties["css_bundle"] = self._style()
        if not state.rel_path:  # which a visitor can make up
            _alike[key] = {n: v for n, v in properties.items() if n not in ("data", "_defs")}
        return properties

    @classmethod
    @cache
    def _own_parameters(cls) -> tuple[str, ...]:
        """The parameters that the component declares, without those that hold components."""
        known = set(JSComponent.param)
        own = (name for name in cls.param if name not in known)
        return tuple(name for name in own if not is_viewable_param(cls.param[name]))

    def _values(self) -> dict[str, Any]:
        """What the browser is told at first: the values of the parameters of a component's own."""
        values = {name: getattr(self, name) for name in self._own_parameters()}
        told = {name: value for name, value in values.items() if value is not None}
        return told | {"name": self.name, "esm_constants": {}}

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
            set_values(model.data, values)

    def receive(self, message: Message) -> None:
        """Answer a message from the browser, a dictionary.

        Raises:
            NotUnderstoodError: no script of ours sends that.
            InputError: it cannot be done, for a reason that a person understands.
        """
        raise NotUnderstoodError(message)

    def _server_event(self, doc: Document, event: Event) -> None:
        if isinstance(event, DataEvent):
            self.hear(doc, event.data)

    def hear(self, doc: Document, message: object) -> None:
        """Receive a message; all that changes with it travels in one."""
        with one_message(doc):
            match message:
                case {"turn": int(turn), **rest}:
                    # The browser waits for the answer, also if nothing comes of the message.
                    self._receive_safely(rest)
                    self.show(heard=turn)
                case _:
                    self._receive_safely(message)

    def _receive_safely(self, message: Any) -> None:
        """Nonsense is left aside in one line; an error of ours shows, and costs no session."""
        try:
            self.receive(message)
        except (NotUnderstoodError, InputError) as error:
            ignored.tell(type(self).__name__, error)
        except Exception:
            log.exception("%s could not do what a page asked for.", type(self).__name__)
