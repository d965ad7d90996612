"""The selected neuron in detail: its numbers, live while drawing, its weights, three questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param
from panel.custom import Child
from panel.pane import Bokeh

from core.explanation import explain
from explorer.equation import Equation
from explorer.live import LiveComponent, Message
from explorer.preference import Preference
from explorer.reaction import Reaction
from explorer.session import Neuron, Session
from explorer.weight_picture import WeightPicture


class Details(LiveComponent):
    """What there is to see of one neuron. It is made when the first neuron is selected."""

    _bundle = Path(__file__).with_name("details.js")

    numbers = param.Dict(default={}, doc="Its numbers as text, by test id.")
    question = param.String(default="why", doc="The question that is asked about it.")
    picture = Child(doc="Its weights, drawn.")
    why = Child(doc="The sum behind its number.")
    reacts = Child(doc="What it is reacting to.")
    prefers = Child(doc="What it prefers.")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._weights = WeightPicture(session)
        super().__init__(
            picture=Bokeh(self._weights.figure, sizing_mode="stretch_width"),
            why=Equation(session),
            reacts=Reaction(session),
            prefers=Preference(session),
            question=session.question,
            sizing_mode="stretch_width",
        )
        session.param.watch(self._show_neuron, ["selected", "network"])
        session.param.watch(self._show_numbers, "trace")
        self._show_neuron()

    def receive(self, message: Message) -> None:
        """Another question is asked."""
        if message["type"] == "ask":
            self._session.question = message["question"]
            self.show(question=self._session.question)

    def _show_neuron(self, *_: Any) -> None:
        self._weights.show(self._session.selected)
        self.show(numbers=self._numbers())

    def _show_numbers(self, *_: Any) -> None:
        if self._session.selected is not None:
            self.show(numbers=self._numbers())

    def _numbers(self) -> dict[str, str]:
        selected, trace = self._session.selected, self._session.trace
        if selected is None:
            return {}
        if selected.layer == 0:
            return {"activation": written(trace.inputs[selected.number])}
        return _equation(self._session, selected)


def _equation(session: Session, neuron: Neuron) -> dict[str, str]:
    sums = explain(session.network, session.trace, *neuron)
    return {
        "weighted-sum": written(sums.weighted_sum),
        "bias": written(sums.bias),
        "z": written(sums.z),
        "activation": written(sums.activation),
    }


def written(number: float) -> str:
    """A number in seven significant digits: what 32-bit numbers hold."""
    return f"{float(number):#.7g}"
