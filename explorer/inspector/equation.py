"""Why this number: the sum behind a neuron, term by term, and its place on the curve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from core.explain.weighted_sum import Explanation, explain
from explorer.diagram.curve import curve_of
from explorer.inspector.question import Question
from explorer.state.session import Session
from explorer.texts import text
from explorer.texts.names import short_name_in
from explorer.transport.messages import Message, NotUnderstoodError

_NAMED = 8


class Equation(Question):
    """The weighted sum from its largest terms on, the equation, and the activation function."""

    script = Path(__file__).with_name("equation.js")
    bundle = "neuron"
    name_in_session = "why"

    curve = param.List(default=[], doc="Points (z, a) of the activation function.")
    function = param.String(default="", doc="Its name.")
    table = param.List(default=[], doc="All terms: source, weight, input, product.")
    asked = param.Integer(default=0, doc="Counts how often that was asked for: it may be the same.")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        session.param.watch(self._show_curve, ["selected", "network"])
        self._show_curve()

    def answer(self) -> dict[str, Any]:
        """The numbers of the equation, and the terms farthest from zero."""
        sums = self._explanation()
        terms, rest = sums.largest(_NAMED)
        return {
            "layer": self.neuron.layer - 1,
            "terms": [[self._source(term.source), *term[1:4], term.source] for term in terms],
            "rest": list(rest),
            "sum": sums.weighted_sum,
            "bias": sums.bias,
            "z": sums.z,
            "activation": sums.activation,
            "slope": sums.slope,
        }

    def receive(self, message: Message) -> None:
        """Somebody wants to see every term."""
        if message != {"type": "table"} or not self.is_asked():
            raise NotUnderstoodError(message)
        sums = self._explanation()
        columns = (sums.weights, sums.inputs, sums.terms)
        order = sums.ordered.tolist()
        table = [[self._source(i), *(float(c[i]) for c in columns)] for i in order]
        self.show(table=table, asked=self.asked + 1)

    def _explanation(self) -> Explanation:
        session = self._session
        return explain(session.network, session.trace, *self.neuron)

    def _source(self, index: int) -> str:
        return short_name_in(self._session.network, self.neuron.layer - 1, index)

    def _show_curve(self, *_: Any) -> None:
        selected = self._session.selected
        if selected is not None and selected.layer:
            activation = self._session.network.layers[selected.layer - 1].activation
            name = text(f"function.{activation.name}")
            self.show(function=name, curve=curve_of(activation))
