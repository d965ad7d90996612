"""The wall: all weight images of the first layer, each as bright as its neuron is on.

It is painted in the browser from the stage's data. Of a large layer the stage does not have all:
then its pictures come from here, so many at a time, and one turns over from some to the next.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import param

from core.nn.display_scale import brightness
from core.nn.image_network import labels
from core.nn.network import Network
from explorer.diagram.figure import Picture
from explorer.diagram.palette import weight_colours
from explorer.diagram.scales import activation_scales
from explorer.diagram.tiles import tiles
from explorer.state.session import Neuron, Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

#: How many pictures there are at a time, and how many weights the stage has all of.
PAGE: Final = 64
_MOST_WEIGHTS: Final = PAGE * 784

Floats = npt.NDArray[np.float32]


class Wall(LiveComponent):
    """The lesson's hope against reality."""

    script = Path(__file__).with_name("first_layer.js")

    colours = param.Parameter(constant=True, doc="The palette of weights, (255, 3).")
    edges = param.Parameter(constant=True, doc="The model with the weights.")
    neurons = param.Parameter(constant=True, doc="The model with the activations.")
    names = param.List(default=[], doc="What outputs are called that are the first layer.")
    count = param.Integer(
        default=0, doc="Pictures of a layer that is large, or of feature maps; 0 for any other."
    )
    neurons_of = param.List(
        default=[], doc="Of feature maps: the number of the neuron that each picture stands for."
    )
    first = param.Integer(default=0, doc="The number of the first that is shown of these.")
    pictures = param.String(default="", doc="Their pictures: rows of the palette, in base64.")
    pixels = param.Integer(default=784, doc="How many pixels each of these has.")
    bright = param.List(default=[], doc="How bright each of them is, 0-1.")

    def __init__(self, session: Session, picture: Picture) -> None:
        self._session = session
        self._shown: tuple[Network, int] | None = None
        super().__init__(
            colours=weight_colours(),
            edges=picture.sources.edges,
            neurons=picture.sources.neurons,
            names=_names(session.network),
            sizing_mode="stretch_width",
        )
        session.param.watch(self._show, ["network", "selected", "place"])
        session.param.watch(self._light, "trace")
        self._show()

    def receive(self, message: Message) -> None:
        """A picture was chosen, or others are wanted."""
        size = self._session.network.sizes[1]
        match message:
            case {"type": "choose", "number": number}:
                self._session.select(Neuron(1, whole(number, size)))
            case {"type": "turn", "first": first} if (
                whole(first, _n_pictures(self._session.network)) % PAGE == 0
            ):
                self.show(first=first)
                self._show()
            case _:
                raise NotUnderstoodError(message)

    @property
    def _is_seen(self) -> bool:
        session = self._session
        if session.has_maps and session.place == "train":  # filters are small enough for each step
            return True
        return session.place == "explore" and session.selected is None

    def _show(self, *_: Any) -> None:
        """Show the pictures of a large layer where they are seen; others are in the browser."""
        network = self._session.network
        count = _n_pictures(network) if _is_large(network) else 0
        first = self.first if self.first < count else 0
        self.show(
            names=_names(network), count=count, first=first, neurons_of=_middle_neurons(network)
        )
        if not count or not self._is_seen:
            self._shown = None
            return
        if self._shown != (network, first):
            self._shown = network, first
            self.show(**tiles(_pictures(network)[first : first + PAGE])._asdict())
        self._light()

    def _light(self, *_: Any) -> None:
        session = self._session
        if self.count and self._is_seen:
            a = _largest(session.network, session.trace.a[0])[self.first : self.first + PAGE]
            bright = brightness(a, activation_scales(session)[0])
            self.show(bright=np.round(bright, 3).tolist())


def _n_pictures(network: Network) -> int:
    """How many pictures there are: one for each neuron of the first layer, or each of its maps."""
    maps = network.layers[0].maps
    return maps.count if maps else network.sizes[1]


def _pictures(network: Network) -> Floats:
    """The weights that they show: of a feature map, those of its first neuron, in its window."""
    layer = network.layers[0]
    return layer.maps.filters(layer.weights) if layer.maps else layer.weights


def _middle_neurons(network: Network) -> list[int]:
    """The number of the neuron in the middle of each feature map of the first layer."""
    maps = network.layers[0].maps
    if maps is None:
        return []
    size, middle = maps.side**2, maps.side // 2
    return [size * number + maps.side * middle + middle for number in range(maps.count)]


def _largest(network: Network, a: Floats) -> Floats:
    """What lights up the pictures: the activations, of each feature map the largest."""
    maps = network.layers[0].maps
    return a.reshape(maps.count, -1).max(axis=1) if maps else a


def _is_large(network: Network) -> bool:
    """Whether the first layer has more than the stage has all of, or is one of feature maps."""
    pixels, size = network.sizes[:2]
    return network.layers[0].maps is not None or size > PAGE or pixels * size > _MOST_WEIGHTS


def _names(network: Network) -> list[str]:
    """What the neurons of the first layer stand for, where they are the outputs."""
    return list(labels(network)) if len(network.layers) == 1 else []
