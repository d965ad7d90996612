"""The wall: all weight images of the first layer, each as bright as its neuron is on."""

from __future__ import annotations

from pathlib import Path

import param

from explorer.diagram.figure import Picture
from explorer.diagram.palette import weight_colours
from explorer.state.session import Neuron, Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole


class Wall(LiveComponent):
    """The lesson's hope against reality. It is painted in the browser from the stage's data."""

    script = Path(__file__).with_name("first_layer.js")

    colours = param.Parameter(constant=True, doc="The palette of weights, (255, 3).")
    edges = param.Parameter(constant=True, doc="The model with the weights.")
    neurons = param.Parameter(constant=True, doc="The model with the activations.")

    def __init__(self, session: Session, picture: Picture) -> None:
        super().__init__(
            colours=weight_colours(),
            edges=picture.sources.edges,
            neurons=picture.sources.neurons,
            sizing_mode="stretch_width",
        )
        self._session = session

    def receive(self, message: Message) -> None:
        """A picture was chosen."""
        match message:
            case {"type": "choose", "number": number}:
                self._session.select(Neuron(1, whole(number, self._session.network.sizes[1])))
            case _:
                raise NotUnderstoodError(message)
