"""The side panel of one step of backpropagation; it takes the place of Explore's and Train's."""

from __future__ import annotations

from pathlib import Path

import param
from panel.custom import Child

from explorer.backpropagation.descent import Descent
from explorer.backpropagation.example import Example
from explorer.backpropagation.gradient_wall import GradientWall
from explorer.backpropagation.landscape import Landscape
from explorer.backpropagation.layer_slopes import LayerSlopes
from explorer.backpropagation.loss_terms import LossTerms
from explorer.backpropagation.neuron_slopes import NeuronSlopes
from explorer.backpropagation.random_check import RandomCheck
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class BackwardPanel(LiveComponent):
    """From the loss of the drawing back through each layer, and a step of descent."""

    script = Path(__file__).with_name("panel.js")
    bundle = "backpropagation"

    terms = Child(doc="The loss and its terms.")
    layer = Child(doc="The gradient of a layer.")
    wall = Child(doc="The gradient of the first layer, in pictures.")
    neuron = Child(doc="The gradient of the selected neuron.")
    check = Child(doc="The numerical check.")
    landscape = Child(doc="The loss around the network.")
    descent = Child(doc="Steps against the gradient.")
    ready = param.Boolean(default=False, doc="Whether a true digit is chosen.")

    def __init__(self, example: Example) -> None:
        self._example = example
        super().__init__(
            terms=LossTerms(example),
            layer=LayerSlopes(example),
            wall=GradientWall(example),
            neuron=NeuronSlopes(example),
            check=RandomCheck(example),
            landscape=Landscape(example),
            descent=Descent(example),
            sizing_mode="stretch_width",
        )
        example.param.watch(self._show, "digit")
        self._show()

    def receive(self, message: Message) -> None:
        """The person has seen enough of it."""
        if message != {"type": "close"}:
            raise NotUnderstoodError(message)
        self._example.session.backpropagating = False

    def _show(self, *_: object) -> None:
        self.show(ready=self._example.digit is not None)
