"""The place for one neuron: what there is to see of it, or the wall while none is selected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param
from panel.custom import Child
from panel.layout import Column

from explorer.audit import Audit
from explorer.contrast import Contrast
from explorer.details import Details, written
from explorer.live import LiveComponent, Message
from explorer.picture import Picture
from explorer.session import Session
from explorer.wall import Wall


class Inspector(LiveComponent):
    """The selected neuron by name; a page that selects none never builds its details."""

    _bundle = Path(__file__).with_name("inspector.js")

    neuron = param.List(default=[], doc="Layer and number of the neuron; empty for none.")
    activation = param.String(default="", doc="Its activation when it was selected, as text.")
    details = Child(doc="What there is to see of it.")
    wall = Child(doc="All pictures of the first layer.")
    contrast = Child(doc="Why this digit and not that one.")
    audit = Child(doc="The check of every number.")

    def __init__(self, session: Session, drawn: Picture) -> None:
        self._session = session
        self._room = Column(sizing_mode="stretch_width")
        super().__init__(
            details=self._room,
            wall=Wall(session, drawn),
            contrast=Contrast(session),
            audit=Audit(session, drawn),
            sizing_mode="stretch_width",
        )
        session.param.watch(self._show, ["selected", "network"])

    def receive(self, message: Message) -> None:
        """The person lets go of the neuron."""
        if message["type"] == "let go":
            self._session.select(None)

    def _show(self, *_: Any) -> None:
        selected = self._session.selected
        if selected is None:
            self.show(neuron=[], activation="")
            return
        if not self._room.objects:
            self._room.append(Details(self._session))
        trace = self._session.trace
        layer = trace.inputs if selected.layer == 0 else trace.a[selected.layer - 1]
        self.show(neuron=list(selected), activation=written(layer[selected.number]))
