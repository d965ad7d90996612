"""The loss of the drawing: what it is, which a person says, and its terms, output by output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from core.training.losses import LOSSES
from explorer.backpropagation.example import Example
from explorer.texts import text
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole


class LossTerms(LiveComponent):
    """The choice of the right output and of the loss, and what each output adds to it."""

    script = Path(__file__).with_name("loss_terms.js")
    bundle = "backpropagation"

    digit = param.Integer(default=None, allow_None=True, doc="The right output; None for none yet.")
    labels = param.List(default=[], doc="What the outputs stand for.")
    losses = param.List(default=[], doc="Name and title of each loss.")
    loss = param.String(default="", doc="The one that is chosen.")
    formula = param.String(default="", doc="What it is.")
    place = param.Integer(default=0, doc="Where the time line stands: the terms are told at 0.")
    content = param.Dict(
        default={}, doc="The loss, and of each output a, y and its term; empty for none."
    )

    def __init__(self, example: Example) -> None:
        super().__init__(
            losses=[(name, text(f"loss_name.{name}")) for name in LOSSES],
            sizing_mode="stretch_width",
        )
        self._example = example
        example.param.watch(self._show, ["digit", "loss_name", "answer", "place"])
        example.session.param.watch(self._show, "network")
        self._show()

    def receive(self, message: Message) -> None:
        """Another output or loss is chosen."""
        match message:
            case {"type": "digit", "digit": digit}:
                self._example.digit = whole(digit, len(self._example.labels))
            case {"type": "loss", "name": str(name)} if name in LOSSES:
                self._example.loss_name = name
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        example = self._example
        self.show(
            digit=example.digit,
            labels=list(example.labels),
            loss=example.loss_name,
            formula=text(f"loss_formula.{example.loss_name}"),
            place=example.place,
            content=_content(example),
        )


def _content(example: Example) -> dict[str, Any]:
    if example.answer is None:
        return {}
    backward = example.answer.backward
    outputs = backward.layers[-1].a
    rows = zip(outputs.tolist(), backward.target.tolist(), backward.terms.tolist(), strict=True)
    return {"loss": backward.loss, "terms": list(rows)}
