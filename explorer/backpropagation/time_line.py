"""The time line of backpropagation, below the stage: from the loss back through the layers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from explorer.backpropagation.example import Example
from explorer.backpropagation.words import place_words
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole


class BackwardTimeLine(LiveComponent):
    """Buttons and a rail, with a place for the loss and one for each layer, the last one first."""

    script = Path(__file__).with_name("time_line.js")
    bundle = "backpropagation"

    place = param.Integer(default=0, doc="The place that is shown, see `Example.place`.")
    last = param.Integer(default=0, doc="The last one.")
    ready = param.Boolean(default=False, doc="Whether the true digit is chosen.")
    said = param.String(default="", doc="What the place is, in words.")

    def __init__(self, example: Example) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._example = example
        example.param.watch(self._show, ["place", "digit"])
        example.session.param.watch(self._show, "network")
        self._show()

    def receive(self, message: Message) -> None:
        """Go to another place."""
        match message:
            case {"type": "go", "place": place}:
                self._example.place = whole(place, self._example.n_places)
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        example = self._example
        self.show(
            place=example.place,
            last=example.n_places - 1,
            ready=example.digit is not None,
            said=place_words(example),
        )
