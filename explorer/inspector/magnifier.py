"""Some pixels of the input, large enough for a finger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param
from bokeh.models import ColumnDataSource

from explorer.state.session import Neuron, Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole


class Magnifier(LiveComponent):
    """The circles around the selected input neuron: on a phone, the lattice's are too small."""

    script = Path(__file__).with_name("magnifier.js")
    bundle = "neuron"

    inputs = param.Parameter(constant=True, doc="The model with the activations of the input.")
    pixel = param.Integer(default=None, allow_None=True, doc="The selected input neuron, if any.")

    def __init__(self, session: Session, inputs: ColumnDataSource) -> None:
        super().__init__(inputs=inputs, sizing_mode="stretch_width")
        self._session = session
        session.param.watch(self._show, "selected")
        self._show()

    def receive(self, message: Message) -> None:
        """A circle was chosen."""
        match message:
            case {"type": "choose", "pixel": pixel}:
                self._session.select(Neuron(0, whole(pixel, self._session.network.sizes[0])))
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        selected = self._session.selected
        self.show(pixel=None if selected is None or selected.layer else selected.number)
