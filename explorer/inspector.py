"""The selected neuron: its numbers, live while drawing, and its incoming weights as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param
from panel.custom import Child
from panel.pane import Bokeh

from core.explanation import explain
from explorer.audit import Audit
from explorer.contrast import Contrast
from explorer.equation import Equation
from explorer.live import LiveComponent, Message
from explorer.picture import Picture
from explorer.preference import Preference
from explorer.reaction import Reaction
from explorer.session import Neuron, Session
from explorer.wall import Wall
from explorer.weight_picture import WeightPicture


class Inspector(LiveComponent):
    """A place for one neuron; empty while none is selected."""

    _bundle = Path(__file__).with_name("inspector.js")

    neuron = param.List(default=[], doc="Layer and number of the neuron; empty for none.")
    numbers = param.Dict(default={}, doc="Its numbers as text, by test id.")
    question = param.String(default="why", doc="The question that is asked about it.")
    picture = Child(doc="Its weights, drawn.")
    why = Child(doc="The sum behind its number.")
    reacts = Child(doc="What it is reacting to.")
    prefers = Child(doc="What it prefers.")
    wall = Child(doc="All pictures of the first layer.")
    contrast = Child(doc="Why this digit and not that one.")
    audit = Child(doc="The check of every number.")

    def __init__(self, session: Session, drawn: Picture) -> None:
        self._session = session
        self._weights = WeightPicture(session)
        super().__init__(
            picture=Bokeh(self._weights.figure, sizing_mode="stretch_width"),
            why=Equation(session),
            reacts=Reaction(session),
            prefers=Preference(session),
            wall=Wall(session, drawn),
            contrast=Contrast(session),
            audit=Audit(session, drawn),
            sizing_mode="stretch_width",
        )
        session.param.watch(self._show_neuron, ["selected", "network"])
        session.param.watch(self._show_numbers, "trace")

    def receive(self, message: Message) -> None:
        """The person lets go of the neuron, or asks something about it."""
        if message["type"] == "let go":
            self._session.select(None)
        elif message["type"] == "ask":
            self._session.question = message["question"]
            self.show(question=self._session.question)

    def _show_neuron(self, *_: Any) -> None:
        self._weights.show(self._session.selected)
        self.show(neuron=list(self._session.selected or ()), numbers=self._numbers())

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
    return f"{float(number):#.7g}"
