"""The network on the stage: a stroke changes its activations, a click selects a neuron.

Bokeh repaints its overlay canvas alone when only overlay renderers change. So everything
that changes while somebody draws is on level `overlay`; the 12,960 edges, what dims them and
the outlines of the pixels are below: they are painted once, and a stroke costs no more than
the fill of the circles.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import param
from bokeh.events import DoubleTap, Tap
from panel.custom import Child
from panel.pane import Bokeh

from core.nn.network import Network
from explorer.diagram.figure import CAPTION_HEIGHT, DIGIT_HEIGHT, Picture, ghost
from explorer.diagram.geometry import HEIGHT, HIGHEST, LOWEST, Geometry
from explorer.diagram.scales import activation_scales, weight_scales
from explorer.diagram.weights import all_weights, changed_rows, offered_name
from explorer.state.session import Neuron, Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

#: Pixels of the screen: a line that is as near to a tap is meant by it.
_REACH = 6


class Stage(LiveComponent):
    """The picture of the session's network, and where it is clicked."""

    script = Path(__file__).with_name("stage.js")

    picture = Child(doc="The Bokeh plot.")
    plot = param.Parameter(constant=True, doc="The plot's model; so are the seven below.")
    inputs = param.Parameter(constant=True)
    neurons = param.Parameter(constant=True)
    edges = param.Parameter(constant=True)
    hovered = param.Parameter(constant=True)
    veil = param.Parameter(constant=True)
    selected = param.Parameter(constant=True)
    texts = param.List(
        constant=True, doc="Texts (renderers) and their heights in units of the picture."
    )
    sizes = param.List(doc="Neurons in each layer, the input first.")
    weights = param.Parameter(doc="All weights, see `all_weights`, or the name of their script.")
    edits = param.List(
        default=[], doc="What is otherwise now: from which weight on, and the weights there."
    )
    largest = param.List(doc="The largest |weight| of each layer before anything was changed.")
    full = param.List(doc="The activation of full brightness in each layer, the input first.")
    least = param.Number(default=0.16, doc="Edges weaker than this share of it are left out.")
    signal = param.Boolean(default=False, doc="Whether edges show w·a instead of the weight.")
    changed = param.List(default=[], doc="Where the marks of changed neurons are: (x, y) each.")
    marked = param.Integer(default=None, allow_None=True, doc="The input neuron to mark.")
    high = param.Number(default=HEIGHT, doc="Height of the picture in its own units.")
    chosen = param.Parameter(default=None, doc="Layer and number of the selected neuron.")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._network = self._original = session.original
        self._geometry = Geometry.of(self._network.sizes)
        self.drawn = Picture(self._geometry, activation_scales(session))
        self._sources = self.drawn.sources
        self._winner: dict[str, list[float]] = {}
        super().__init__(
            picture=Bokeh(self.drawn.plot, sizing_mode="stretch_both"),
            plot=self.drawn.plot,
            inputs=self._sources.inputs,
            neurons=self._sources.neurons,
            edges=self._sources.edges,
            hovered=self._sources.hovered_edges,
            veil=self._sources.veil,
            selected=self._sources.selected_edges,
            texts=[
                (self.drawn.digits, DIGIT_HEIGHT),
                (self.drawn.captions, CAPTION_HEIGHT),
                (self.drawn.counts, CAPTION_HEIGHT),
            ],
            least=session.least,
            sizing_mode="stretch_both",
            **_weights(session) | {"weights": _kept_weights(self._network)},
        )
        # Two neurons clicked within a third of a second: Bokeh calls the second a double tap.
        self.drawn.plot.on_event(Tap, self._tapped)
        self.drawn.plot.on_event(DoubleTap, self._tapped)
        session.param.watch(self._show_activations, "trace")
        session.param.watch(self._show_selection, "selected")
        session.param.watch(self._show_mark, "pointed")
        session.param.watch(self._show_held, "held")
        session.param.watch(self._show_look, ["least", "signal"])
        self._show_activations()

    def _show_network(self) -> None:
        """Another network: its neurons have other places, its edges other weights."""
        before, self._network = self._network, self._session.network
        if self._original is not self._session.original:
            self._original = self._session.original
            if self._looks_otherwise():
                self._place(self._geometry.height)
            self.show(**_weights(self._session), edits=self._edits())
        elif _has_other_weights(before, self._network):
            self.show(edits=self._edits())
        self._show_changed()

    def _looks_otherwise(self) -> bool:
        """Whether the network has other sizes or scales than the one before."""
        sizes, full = list(self._original.sizes), [1.0, *activation_scales(self._session)]
        return (sizes, full) != (self.sizes, self.full)

    def _edits(self) -> list[tuple[int, npt.NDArray[np.float32]]]:
        return changed_rows(self._original, self._network)

    def _place(self, height: float) -> None:
        self._geometry = Geometry.of(self._network.sizes, height)
        for source, columns in self._sources.placed(
            self._geometry, activation_scales(self._session)
        ):
            self.show_columns(source, columns)

    def _show_shape(self, height: float) -> None:
        """Set all up anew, in the shape that the page has room for."""
        self._place(height)
        self._show_activations()
        self._show_selection()
        self._show_held()
        self._show_changed()
        self.show(high=height)  # last: the browser draws the edges anew, between the new places

    def _show_activations(self, *_: Any) -> None:
        if self._network is not self._session.network:
            self._show_network()
        trace, sources = self._session.trace, self._sources
        self.show_activations(sources.inputs, sources.neurons, [trace.inputs, *trace.a])
        self._show_winner()

    def _show_winner(self) -> None:
        answer = self._session.answer
        boxed = answer.digit if answer.sure else None
        place = [] if boxed is None else [self._geometry.positions[-1][boxed]]
        new = {"x": [float(x) + 2.0 for x, _ in place], "y": [float(y) for _, y in place]}
        if new != self._winner:
            self._winner = new
            self.show_columns(self._sources.winner, new)

    def _show_selection(self, *_: Any) -> None:
        neuron = self._session.selected
        self.show_columns(self._sources.selection, self._selection_ring(neuron))
        self.show(chosen=None if neuron is None else list(neuron))

    def receive(self, message: Message) -> None:
        """The pointer moves, keys have chosen, the shape is new, or the weights are missing."""
        sizes = self._session.network.sizes
        match message:
            case {"type": "point", "pixel": pixel}:
                self._session.point_at_input(None if pixel is None else whole(pixel, sizes[0]))
            case {"type": "select", "neuron": [layer, number]}:
                layer = whole(layer, len(sizes))
                self._session.select(Neuron(layer, whole(number, sizes[layer])))
            case {"type": "weights"}:
                self.show(**_weights(self._session))
            case {"type": "shape", "height": int() | float() as height} if (
                LOWEST <= height <= HIGHEST
            ):
                self._show_shape(float(height))
            case _:
                raise NotUnderstoodError(message)

    def _show_mark(self, *_: Any) -> None:
        self.show(marked=self._session.pointed[1])

    def _show_held(self, *_: Any) -> None:
        held = self._session.held
        activations = None if held is None else np.concatenate(held.a)
        rings = ghost(self._geometry, activation_scales(self._session), activations)
        self.show_columns(self._sources.ghost, rings)

    def _show_changed(self) -> None:
        """Mark neurons with other numbers than at first, at the upper right of their circles."""
        changed = self._session.present_edits.neurons_changed
        places = [(self._geometry.positions[at][number], at) for at, number in changed]
        radii = self._geometry.radii
        self.show(changed=[(x + radii[at], y + radii[at]) for (x, y), at in places])

    def _show_look(self, *_: Any) -> None:
        self.show(least=self._session.least, signal=self._session.signal)

    def _selection_ring(self, neuron: Neuron | None) -> dict[str, list[float]]:
        if neuron is None:
            return {"x": [], "y": [], "radius": []}
        x, y = self._geometry.positions[neuron.layer][neuron.number]
        return {"x": [x], "y": [y], "radius": [self._geometry.radii[neuron.layer] * 1.3]}

    def _tapped(self, event: Tap | DoubleTap) -> None:
        found = self._geometry.at(event.x, event.y)
        source = self._edge_tapped(event) if found is None else None
        with self.one_frame():
            if source is None:
                self._session.select(None if found is None else Neuron(*found))
            else:
                self._session.pick_weight(source)

    def _edge_tapped(self, event: Tap | DoubleTap) -> int | None:
        """Where weights are picked: the source of the selected neuron's edge that was tapped."""
        session, neuron = self._session, self._session.selected
        picks = session.place == "edit" or session.shows_backpropagation
        if not picks or neuron is None or neuron.layer == 0 or not event.sx:
            return None
        weights = self._network.layers[neuron.layer - 1].weights[neuron.number]
        seen = np.abs(weights) >= session.least * weight_scales(session)[neuron.layer - 1]
        reach = _REACH * event.x / event.sx
        return self._geometry.edge_at(event.x, event.y, neuron, np.flatnonzero(seen), reach)


def _has_other_weights(before: Network, now: Network) -> bool:
    pairs = zip(before.layers, now.layers, strict=True)
    return any(old.weights is not new.weights for old, new in pairs)


def _weights(session: Session) -> dict[str, Any]:
    network = session.original
    return {
        "sizes": list(network.sizes),
        "largest": list(weight_scales(session)),
        "full": [1.0, *activation_scales(session)],
        "weights": all_weights(network),
    }


def _kept_weights(network: Network) -> Any:
    """By name where the document brings them as a script that the browser keeps."""
    return offered_name(network) or all_weights(network)
