"""Components on the way of a stroke: straight to Bokeh, everything in one message.

Panel's own syncing schedules every event of the browser on the event loop and sends every
changed parameter on its own way; on the stroke path that was 87 % of the server's time.
Here an event is handled at once, and all that it changes travels in one message. This is
the only module that goes around Panel; anything slower than a stroke need not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from bokeh.document import Document
from bokeh.events import Event
from panel.custom import JSComponent
from panel.io import hold, state
from panel.io.state import set_curdoc
from panel.models.esm import DataEvent
from param.parameterized import discard_events

from explorer.ignored import ignored

Message = dict[str, Any]


@contextmanager
def one_message(doc: Document) -> Iterator[None]:
    """Send everything that changes in one message.

    Until a page has reported that it is ready, Panel's `hold` would drop the changes: a tab
    that was reloaded would not get its drawing back. So they go one by one until then.
    """
    with set_curdoc(doc), hold(doc) if state.loaded else nullcontext():
        yield


class LiveComponent(JSComponent):
    """A component that is told values and sends messages: neither side edits the other's.

    Subclasses declare the values as parameters, and answer messages in `receive`.
    """

    __abstract = True

    #: Nothing is synced from the browser: it sends messages (`receive`), never values.
    _linked_properties = ()

    def show(self, **values: Any) -> None:
        """Send values to the browser; they keep the parameters' names."""
        with discard_events(self):
            self.param.update(**values)
        for model, _ in self._models.values():
            model.data.update(**values)

    def receive(self, message: Message) -> None:
        """Answer a message from the browser, a dictionary with a `type`."""

    def _server_event(self, doc: Document, event: Event) -> None:
        if isinstance(event, DataEvent):
            with one_message(doc):
                self._receive_safely(event.data)

    def _receive_safely(self, message: object) -> None:
        """A message that makes no sense is left aside: it must not cost the session."""
        try:
            if not isinstance(message, dict):
                raise TypeError("not a dictionary")
            self.receive(message)
        except Exception as error:  # what a stranger sends can go wrong in any way
            ignored.tell(type(self).__name__, error)
