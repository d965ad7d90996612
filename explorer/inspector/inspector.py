"""The place for one neuron: its numbers, live while drawing, or the wall while none is selected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import param
from panel.custom import Child
from panel.layout import Column
from panel.pane import Bokeh

from core.explain.weighted_sum import explain
from core.nn.layer import Layer
from core.nn.network import Network
from explorer.diagram.figure import Picture
from explorer.diagram.scales import activation_scales
from explorer.diagram.tiles import MOST, maps_beside
from explorer.inspector.audit import Audit
from explorer.inspector.contrast import Contrast
from explorer.inspector.details import Details
from explorer.inspector.first_layer import Wall
from explorer.inspector.weight_image import WeightPicture, image_source, tile_source
from explorer.state.session import Neuron, Session
from explorer.texts import number, text
from explorer.texts.names import title_in
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class Inspector(LiveComponent):
    """The selected neuron by name; a page that selects none never builds its details."""

    script = Path(__file__).with_name("inspector.js")

    neuron = param.List(default=[], doc="Layer and number of the neuron; empty for none.")
    name_of_neuron = param.String(doc="What people call it.")
    numbers = param.Dict(default={}, doc="Its numbers, by test id; of a pixel the activation.")
    formula = param.Dict(default={}, doc="What its activation is made of: inputs and function.")
    weights = param.Parameter(
        constant=True, doc="The model with the weight image; it is there from the start."
    )
    tiles = param.Parameter(constant=True, doc="The model with the tiles of a deeper neuron.")
    first = param.String(
        default="hidden",
        doc="What the first layer is: a hidden one, the outputs, or one of feature maps.",
    )
    picture = Child(doc="Its weights, drawn.")
    details = Child(doc="What else there is to see of it.")
    wall = Child(doc="All pictures of the first layer.")
    contrast = Child(doc="Why this digit and not that one.")
    audit = Child(doc="The check of every number.")

    def __init__(self, session: Session, drawn: Picture) -> None:
        self._session = session
        self._inputs = drawn.sources.inputs
        self._picture = Column(sizing_mode="stretch_both")
        self._room = Column(sizing_mode="stretch_width")
        super().__init__(
            weights=image_source(),
            tiles=tile_source(),
            picture=self._picture,
            details=self._room,
            wall=Wall(session, drawn),
            contrast=Contrast(session),
            audit=Audit(session, drawn),
            first=_first(session.network),
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
            self._build()
        self.show(
            numbers=self._numbers(),
            formula=self._formula(),
            name_of_neuron=self._name(),
            neuron=list(selected or ()),
            first=_first(self._session.network),
        )

    def _build(self) -> None:
        picture = WeightPicture(self._session, self.weights, self.tiles)
        details = Details(self._session, picture, self._inputs)
        self._picture.append(Bokeh(picture.figure, sizing_mode="stretch_both"))
        self._room.append(self.adopt(details))

    def _name(self) -> str:
        selected = self._session.selected
        if selected is None:
            return ""
        return title_in(self._session.network, *selected)

    def _show_numbers(self, *_: Any) -> None:
        if self._session.selected is not None:
            self.show(numbers=self._numbers())

    def _numbers(self) -> dict[str, float]:
        selected, trace = self._session.selected, self._session.trace
        if selected is None:
            return {}
        if selected.layer == 0:
            return {"activation": float(trace.inputs[selected.number])}
        return _sums(self._session, selected)

    def _formula(self) -> dict[str, Any]:
        """How many products are summed, and what becomes of the sum, in words and signs."""
        selected, network = self._session.selected, self._session.network
        if selected is None or selected.layer == 0:
            shown = "" if network.layers[0].maps else _shown_of(network.sizes[1])
            return {"range": text("inspector.of_bounded"), "made_of": shown}
        layer = network.layers[selected.layer - 1]
        made_of = text("inspector.made_of", count=layer.n_seen)
        return {
            "symbol": text(f"symbol.{layer.activation.name}"),
            "made_of": " · ".join(filter(None, (made_of, *_about(network, selected)))),
            "range": _range(layer, activation_scales(self._session)[selected.layer - 1]),
        }


def _first(network: Network) -> str:
    if network.layers[0].maps:
        return "maps"
    return "hidden" if len(network.layers) > 1 else "outputs"


def _about(network: Network, neuron: Neuron) -> Iterator[str]:
    """Which of its weights are shown, and who else has the same."""
    layer = network.layers[neuron.layer - 1]
    if neuron.layer > 1 and not maps_beside(network, neuron.layer):
        yield _shown_of(layer.n_in)
    if layer.shared:
        yield text("inspector.shared", count=layer.shared.side**2)
    elif layer.maps:
        yield text("inspector.not_shared")


def _shown_of(count: int) -> str:
    """How many of so many weights have a tile, where it is not all of them."""
    return "" if count <= MOST else text("inspector.largest", shown=MOST)


def _range(layer: Layer, full: float) -> str:
    """Between which numbers an activation of this layer lies; unbounded ones, from where white."""
    if not layer.activation.bounded:
        return text("inspector.of_open", full=number(full, 2))
    if layer.activation.lowest < 0:
        return text("inspector.of_signed")
    return text("inspector.of_bounded")


def _sums(session: Session, neuron: Neuron) -> dict[str, float]:
    sums = explain(session.network, session.trace, *neuron)
    return {
        "weighted-sum": float(sums.weighted_sum),
        "bias": float(sums.bias),
        "z": float(sums.z),
        "activation": float(sums.activation),
    }
