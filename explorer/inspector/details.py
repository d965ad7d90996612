"""The selected neuron in detail: the pixels around it, or three questions about its number."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import param
from bokeh.models import ColumnDataSource
from panel.custom import Child

from explorer.inspector.equation import Equation
from explorer.inspector.magnifier import Magnifier
from explorer.inspector.preference import Preference
from explorer.inspector.saliency import Reaction
from explorer.inspector.weight_image import WeightPicture
from explorer.state.session import Session
from explorer.transport.component import LiveComponent
from explorer.transport.documents import soon
from explorer.transport.messages import Message, NotUnderstoodError


class Details(LiveComponent):
    """What there is to see of one neuron. It is made when the first neuron is selected."""

    script = Path(__file__).with_name("details.js")
    bundle = "neuron"

    asks = param.Boolean(default=False, doc="Whether it has a sum to ask about; pixels do not.")
    question = param.String(default="why", doc="The question that is asked about it.")
    magnifier = Child(doc="The pixels around it, if it is one.")
    why = Child(doc="The sum behind its number.")
    reacts = Child(doc="What it is reacting to.")
    prefers = Child(doc="What it prefers.")

    def __init__(self, session: Session, weights: WeightPicture, inputs: ColumnDataSource) -> None:
        self._session = session
        self._weights = weights
        super().__init__(
            magnifier=Magnifier(session, inputs),
            why=Equation(session),
            reacts=Reaction(session),
            prefers=Preference(session),
            question=session.question,
            sizing_mode="stretch_width",
        )
        session.param.watch(self._show_neuron, ["selected", "network", "place"])
        session.param.watch(self._show_question, "question")
        self._show_neuron()

    def receive(self, message: Message) -> None:
        """Another question is asked."""
        match message:
            case {"type": "ask", "question": "why" | "reacts" | "prefers" as question}:
                self._session.question = question
            case _:
                raise NotUnderstoodError(message)

    def _show_question(self, *_: Any) -> None:
        self.show(question=self._session.question)

    def _show_neuron(self, *_: Any) -> None:
        """Show another neuron or network, but only where it is seen: a slider would wait for it."""
        if self._session.place != "explore":
            return
        selected = self._session.selected
        soon(self._weights.figure.document, partial(self._weights.show, selected))
        self.show(asks=selected is not None and selected.layer > 0)
