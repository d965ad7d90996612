"""The place for one neuron: its numbers, live while drawing, or the wall while none is selected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param
from panel.custom import Child
from panel.layout import Column

from core.explain.weighted_sum import explain
from explorer.diagram.figure import Picture
from explorer.inspector.audit import Audit
from explorer.inspector.contrast import Contrast
from explorer.inspector.details import Details
from explorer.inspector.first_layer import Wall
from explorer.inspector.weight_image import image_source
from explorer.state.session import Neuron, Session
from explorer.texts import significant
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class Inspector(LiveComponent):
    """The selected neuron by name; a page that selects none never builds its details."""

    script = Path(__file__).with_name("inspector.js")

    neuron = param.List(default=[], doc="Layer and number of the neuron; empty for none.")
    numbers = param.Dict(default={}, doc="Its numbers as text, by test id.")
    weights = param.Parameter(
        constant=True, doc="The model with the weight image; it is there from the start."
    )
    details = Child(doc="What there is to see of it.")
    wall = Child(doc="All pictures of the first layer.")
    contrast = Child(doc="Why this digit and not that one.")
    audit = Child(doc="The check of every number.")

    def __init__(self, session: Session, drawn: Picture) -> None:
        self._session = session
        self._inputs = drawn.sources.inputs
        self._room = Column(sizing_mode="stretch_width")
        super().__init__(
            weights=image_source(),
            details=self._room,
            wall=Wall(session, drawn),
            contrast=Contrast(session),
            audit=Audit(session, drawn),
            sizing_mode="stretch_width",
        )
        session.param.watch(self._show_neuron, ["selected", "network"])
        session.param.watch(self._show_numbers, "trace")

    def receive(self, message: Message) -> None:
        """The person lets go of the neuron."""
        if message != {"type": "deselect"}:
            raise NotUnderstoodError(message)
        self._session.select(None)

    def _show_neuron(self, *_: Any) -> None:
        selected = self._session.selected
        if selected is not None and not self._room.objects:
            details = Details(self._session, self.weights, self._inputs)
            self._room.append(details if self._link is None else details.join(self._link))
        self.show(numbers=self._numbers(), neuron=list(selected or ()))

    def _show_numbers(self, *_: Any) -> None:
        if self._session.selected is not None:
            self.show(numbers=self._numbers())

    def _numbers(self) -> dict[str, str]:
        selected, trace = self._session.selected, self._session.trace
        if selected is None:
            return {}
        if selected.layer == 0:
            return {"activation": _written(trace.inputs[selected.number])}
        return _equation(self._session, selected)


def _equation(session: Session, neuron: Neuron) -> dict[str, str]:
    sums = explain(session.network, session.trace, *neuron)
    return {
        "weighted-sum": _written(sums.weighted_sum),
        "bias": _written(sums.bias),
        "z": _written(sums.z),
        "activation": _written(sums.activation),
    }


def _written(number: float) -> str:
    """Seven significant digits: what 32-bit numbers hold."""
    return significant(float(number), 7)
