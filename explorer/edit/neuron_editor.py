"""The selected neuron with every number in reach: its bias, its weights, what else it could be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import param

from core.edit.neurons import clamped, inverted, shared_by_map, silenced, swapped
from core.edit.painting import MODES, painted
from core.ink.stroke import checked_points
from core.nn.network import Network
from explorer.diagram.brightness import examples_seen_by
from explorer.diagram.curve import curve_of
from explorer.diagram.palette import weight_colours
from explorer.diagram.tiles import farthest_from_zero
from explorer.edit.selection import neuron_with_sum, selected_neuron
from explorer.state.session import Neuron, Session
from explorer.texts import text
from explorer.texts.names import short_name_in, title_in
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

#: How far from 0 the slider of a bias goes at least.
_LEAST_REACH = 12

#: Points of one drag of the brush: a hand has let go long before.
_MOST_POINTS = 1_000


#: What else a neuron, or with it its whole feature map, can become at one press.
_CHANGES: Final = {"silence": silenced, "invert": inverted, "share": shared_by_map}


class NeuronEditor(LiveComponent):
    """What can be changed of one neuron. All changes go to the session, and come back from it."""

    script = Path(__file__).with_name("neuron_editor.js")
    bundle = "edit"

    neuron = param.List(default=[], doc="Layer and number of the neuron; empty for none.")
    title = param.String(doc="What people call it.")
    changed = param.Boolean(default=False, doc="Whether it is not as at first.")
    bias = param.Number(default=0.0, doc="Its bias.")
    reach = param.Number(default=_LEAST_REACH, doc="How far from 0 the bias's slider goes.")
    spot = param.List(default=[0.0, 0.0], doc="Its weighted sum with the bias, and its activation.")
    curve = param.List(default=[], doc="Points (z, a) of its activation function.")
    function = param.String(default="", doc="The name of the function.")
    weights = param.Parameter(default=np.zeros(0, np.float32), doc="Its weights, (n_in,).")
    limit = param.Number(default=1.0, doc="The |weight| of full colour: the largest at first.")
    sources = param.List(
        default=[],
        doc="The sources that are listed, if they are no pixels: number and name of each.",
    )
    count = param.Integer(default=0, doc="How many sources there are.")
    in_map = param.Boolean(default=False, doc="Whether it is in a feature map.")
    peers = param.List(default=[], doc="The neurons of its layer, by name.")
    picked = param.Integer(default=0, doc="The source whose weight shall be brought up.")
    picks = param.Integer(default=0, doc="Counts that: the same may be picked again.")
    colours = param.Parameter(constant=True, doc="The palette of weights, (255, 3).")

    def __init__(self, session: Session) -> None:
        super().__init__(colours=weight_colours(), sizing_mode="stretch_width")
        self._session = session
        self._row = np.zeros(0, np.float32)
        self._drag: list[tuple[float, float]] = []
        session.param.watch(self._show_neuron, ["selected", "network", "place"])
        session.param.watch(self._show_spot, "trace")
        session.param.watch(self._bring_up, "picked")
        self._show_neuron()

    def receive(self, message: Message) -> None:
        """Change the neuron; what cannot be done is said, and nothing is."""
        with self._session.saying_errors():
            self._change(message)

    def _change(self, message: Message) -> None:
        goes_on = message.get("goes_on") is True
        match message:
            case {"type": "bias", "value": int() | float() as value}:
                self._edit(lambda network, at: network.with_bias(*at, value), goes_on)
            case {"type": "weight", "source": source, "value": int() | float() as value}:
                index = whole(source, len(self.weights))
                self._edit(lambda network, at: network.with_weight(*at, index, value), goes_on)
            case {"type": "list", "source": source}:
                self._list(whole(source, len(self.weights)))
            case {"type": "paint", "points": [*points]}:
                self._paint(points, message)
            case {"type": "end"}:
                self._drag = []
                self._session.end_edit()
            case {"type": "clamp", "value": int() | float() as value}:
                self._edit(lambda network, at: clamped(network, *at, value))
            case {"type": "swap", "other": other}:
                number = whole(other, len(self.peers))
                self._edit(lambda network, at: swapped(network, *at, number))
            case {"type": "silence" | "invert" | "share" as kind}:
                change = _CHANGES[kind]
                self._edit(lambda network, at: change(network, *at))
            case {"type": "reset"}:
                self._session.reset_neuron(selected_neuron(self._session))
            case _:
                raise NotUnderstoodError(message)

    def _edit(self, change: Callable[[Network, Neuron], Network], goes_on: bool = False) -> None:
        network = self._session.present_edits.network
        self._session.edit(change(network, selected_neuron(self._session)), goes_on=goes_on)

    def _paint(self, points: list[Any], message: Message) -> None:
        """One more movement of the brush: the drag is worked out anew, from where it began."""
        match message:
            case {"mode": str(mode), "strength": int() | float(), "size": int() | float()} if (
                mode in MODES and self.neuron[:1] == [1]
            ):
                brush = partial(
                    painted, mode=mode, strength=message["strength"], size=message["size"]
                )
            case _:
                raise NotUnderstoodError(message)
        if not self._drag:
            layer, number = selected_neuron(self._session)
            self._row = self._session.present_edits.network.layers[layer - 1].weights[number]
        self._drag += checked_points(points[: _MOST_POINTS - len(self._drag)]).tolist()
        row = brush(self._row, self._drag)
        self._edit(lambda network, at: network.with_weights(*at, row), goes_on=True)

    def _show_neuron(self, *_: Any) -> None:
        """Show the selected neuron, while this is what the page is for."""
        selected = neuron_with_sum(self._session)
        if self._session.place != "edit":
            return
        if selected is None:
            self._drag = []
            self.show(neuron=[])
            return
        if list(selected) != self.neuron:
            self._drag = []
            self.show(**self._described(selected))
        self.show(**self._numbers(selected))
        self._show_spot()

    def _bring_up(self, *_: Any) -> None:
        if (source := self._session.picked) is not None:
            self._list(source)

    def _list(self, source: int) -> None:
        """Bring up the weight of a source, which joins those that are listed."""
        with self.one_frame():
            if self.sources and source not in dict(self.sources):
                self.show(sources=sorted([*self.sources, self._named(source)]))
            self.show(picked=source, picks=self.picks + 1)

    def _named(self, source: int) -> tuple[int, str]:
        return source, short_name_in(self._session.original, self.neuron[0] - 1, source)

    def _described(self, neuron: Neuron) -> dict[str, Any]:
        """What is the same however the neuron is changed."""
        session = self._session
        layer, number = neuron
        before = partial(short_name_in, session.original, layer - 1)
        peer = partial(short_name_in, session.original, layer)
        own = session.original.layers[layer - 1]
        weights = own.weights[number]
        seen = own.maps.seen_by(number).tolist() if own.maps else farthest_from_zero(weights)
        listed = [] if layer == 1 else seen
        return {
            "title": title_in(session.original, *neuron),
            "reach": _reach(session.original, neuron),
            "limit": float(np.abs(weights).max()) or 1.0,
            "sources": [(source, before(source)) for source in listed],
            "count": own.n_seen,
            "in_map": own.maps is not None,
            "peers": [peer(i) for i in range(session.original.sizes[layer])],
        }

    def _numbers(self, neuron: Neuron) -> dict[str, Any]:
        """What changes."""
        layer = self._session.network.layers[neuron.layer - 1]
        return {
            "neuron": list(neuron),
            "changed": tuple(neuron) in self._session.present_edits.neurons_changed,
            "bias": float(layer.biases[neuron.number]),
            "weights": self._same_or(layer.weights[neuron.number]),
            "function": text(f"function.{layer.activation.name}"),
            "curve": curve_of(layer.activation),
        }

    def _same_or(self, weights: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The weights as they were told last, if they are: then they are not told again."""
        return self.weights if np.array_equal(self.weights, weights) else weights

    def _show_spot(self, *_: Any) -> None:
        session, selected = self._session, neuron_with_sum(self._session)
        if session.place == "edit" and selected is not None:
            trace, at, number = session.trace, selected.layer - 1, selected.number
            self.show(spot=[float(trace.z[at][number]), float(trace.a[at][number])])


def _reach(network: Network, neuron: Neuron) -> float:
    """Beyond any weighted sum of the example drawings: there the neuron is always on, or off."""
    layer, inputs = network.layers[neuron.layer - 1], examples_seen_by(network)
    before = inputs if neuron.layer == 1 else network.trace(inputs).a[neuron.layer - 2]
    farthest = float(np.abs(before @ layer.weights[neuron.number]).max())
    return max(_LEAST_REACH, ceil(1.1 * max(farthest, abs(float(layer.biases[neuron.number])))))
