"""The network on the stage: a stroke changes its activations, a click selects a neuron.

Bokeh repaints its overlay canvas alone when only overlay renderers change. So everything
that changes while somebody draws is on level `overlay`; the 12,960 edges, what dims them and
the outlines of the pixels are below: they are painted once, and a stroke costs no more than
the fill of the circles. Of wide layers some neurons stand in the picture (`shown`), and the
browser is sent the weights between those alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import param
from bokeh.events import DoubleTap, Tap
from panel.custom import Child
from panel.pane import Bokeh

from core.nn.feature_maps import FeatureMaps
from core.nn.network import Network
from explorer.diagram.edge_tap import source_tapped
from explorer.diagram.figure import CAPTION_HEIGHT, Picture, ghost
from explorer.diagram.geometry import HEIGHT, HIGHEST, LOWEST
from explorer.diagram.layout import Layout
from explorer.diagram.scales import activation_scales, weight_scales
from explorer.diagram.shown import Shown, most_active
from explorer.diagram.weights import changed_rows, in_a_row, offered_name
from explorer.state.session import Neuron, Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole


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
    numbers = param.List(
        doc="The numbers of those that are shown, layer by layer; none where all of a layer are."
    )
    maps = param.List(
        default=[],
        doc="The feature maps of each layer, the input first, None for others; empty if it has no "
        "convolutional layer. Their weights are those in the windows.",
    )
    weights = param.Parameter(
        doc="All weights between those, see `in_a_row`, or the name of the script with them."
    )
    most = param.List(doc="How many edges are drawn into each layer, the strongest, from 1 on.")
    label_height = param.Number(doc="Height of the outputs' labels in units of the picture.")
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
        self._name = session.network_name
        self.drawn = Picture(self._laid_out(most_active(self._original), HEIGHT))
        self._sources = self.drawn.sources
        self._winner: dict[str, list[float]] = {}
        self._choosers: list[Callable[[], None]] = []
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
                (self.drawn.digits, None),
                (self.drawn.captions, CAPTION_HEIGHT),
                (self.drawn.counts, CAPTION_HEIGHT),
            ],
            label_height=self.drawn.layout.labels.height,
            least=session.least,
            sizing_mode="stretch_both",
            **self._told_network(by_name=True),
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

    def _laid_out(self, shown: Shown, height: float) -> Layout:
        return Layout.of(self._original, shown, activation_scales(self._session), height)

    def _told_network(self, by_name: bool = False) -> dict[str, Any]:
        """What the browser is told of a network; its weights by name, if it can have them so."""
        self._first_weights = self.shown.weights(self._original)
        name = offered_name(self._original) if by_name else ""
        return {
            "sizes": list(self._original.sizes),
            "numbers": self.shown.chosen,
            "maps": self.shown.described_maps,
            "most": self.shown.edges,
            "largest": list(weight_scales(self._session)),
            "full": [1.0, *activation_scales(self._session)],
            "weights": name or in_a_row(self._first_weights),
        }

    @property
    def shown(self) -> Shown:
        """Which neurons stand in the picture."""
        return self.drawn.layout.shown

    def when_chosen(self, do: Callable[[], None]) -> None:
        """Have something done whenever other neurons are chosen to be shown."""
        self._choosers.append(do)

    def choose(self, shown: Shown) -> None:
        """Show these neurons of the network instead, and the selected one."""
        selected = self._session.selected
        with self.one_frame():
            self._rearrange(shown if selected is None else shown.with_neuron(*selected))
            self.show(**self._told_network(), edits=self._edits())
            self._tell_choice()

    def _tell_choice(self) -> None:
        for do in self._choosers:
            do()

    def _rearrange(self, shown: Shown) -> None:
        """Other neurons of the network stand in the places that there are."""
        self.drawn.layout = self._laid_out(shown, self.drawn.layout.geometry.height)
        for source, columns in self._sources.chosen(self.drawn.layout):
            self.show_columns(source, columns)
        self._show_activations()
        self._show_held()
        self._show_changed()

    def _show_network(self) -> None:
        """Another network: its neurons have other places, its edges other weights."""
        before, self._network = self._network, self._session.network
        if self._original is not self._session.original:
            self._show_original()
        elif _has_other_weights(before, self._network):
            self.show(edits=self._edits())
        self._show_changed()

    def _show_original(self) -> None:
        before, self._original = self._original, self._session.original
        is_renamed = self._name != self._session.network_name
        is_other = is_renamed or _shape(before) != _shape(self._original)
        self._name = self._session.network_name
        # While a network trains, each of its steps is another one: what is shown of it stays.
        shown = most_active(self._original) if is_other else self.shown
        layout = self._laid_out(shown, self.drawn.layout.geometry.height)
        if is_other or layout.full != self.drawn.layout.full:
            self._place(layout)
        self.show(**self._told_network(), edits=self._edits())
        self._tell_choice()

    def _edits(self) -> list[tuple[int, npt.NDArray[np.float32]]]:
        return changed_rows(self._first_weights, self.shown.weights(self._network))

    def _place(self, layout: Layout) -> None:
        self.drawn.layout = layout
        for source, columns in self._sources.placed(layout):
            self.show_columns(source, columns)
        self._winner = {}
        self.show(label_height=layout.labels.height)

    def _show_shape(self, height: float) -> None:
        """Set all up anew, in the shape that the page has room for."""
        self._place(self._laid_out(self.shown, height))
        self._show_activations()
        self._show_selection()
        self._show_held()
        self._show_changed()
        self.show(high=height)  # last: the browser draws the edges anew, between the new places

    def _show_activations(self, *_: Any) -> None:
        if self._network is not self._session.network:
            self._show_network()
        trace, sources = self._session.trace, self._sources
        shown = self.shown.activations([trace.inputs, *trace.a])
        self.show_activations(sources.inputs, sources.neurons, shown)
        self._show_winner()

    def _show_winner(self) -> None:
        answer = self._session.answer
        boxed = answer.digit if answer.sure else None
        new = self.drawn.layout.labels.box(self.drawn.layout.geometry, boxed)
        if new != self._winner:
            self._winner = new
            self.show_columns(self._sources.winner, new)

    def _show_selection(self, *_: Any) -> None:
        neuron = self._session.selected
        if neuron is not None and self.shown.place_of(*neuron) is None:
            self._bring_up(neuron)
        self.show_columns(self._sources.selection, self._selection_ring(neuron))
        self.show(chosen=None if neuron is None else list(neuron))

    def _bring_up(self, neuron: Neuron) -> None:
        """A neuron that stands nowhere is looked at: it gets the place of its neighbour."""
        self._rearrange(self.shown.with_neuron(*neuron))
        self.show(numbers=self.shown.chosen, edits=self._edits())

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
                self.show(**self._told_network(), edits=self._edits())
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
        activations = None if held is None else np.concatenate(self.shown.activations(held.a))
        self.show_columns(self._sources.ghost, ghost(self.drawn.layout, activations))

    def _show_changed(self) -> None:
        """Mark neurons with other numbers than at first, at the upper right of their circles."""
        changed = self._session.present_edits.neurons_changed
        places = [(self.drawn.layout.place(*neuron), neuron[0]) for neuron in changed]
        radii = self.drawn.layout.geometry.radii
        marks = [(at[0] + radii[layer], at[1] + radii[layer]) for at, layer in places if at]
        self.show(changed=marks)

    def _show_look(self, *_: Any) -> None:
        self.show(least=self._session.least, signal=self._session.signal)

    def _selection_ring(self, neuron: Neuron | None) -> dict[str, list[float]]:
        place = None if neuron is None else self.drawn.layout.place(*neuron)
        if neuron is None or place is None:
            return {"x": [], "y": [], "radius": []}
        radius = self.drawn.layout.geometry.radii[neuron.layer] * 1.3
        return {"x": [place[0]], "y": [place[1]], "radius": [radius]}

    def _tapped(self, event: Tap | DoubleTap) -> None:
        found = self.drawn.layout.neuron_at(event.x, event.y)
        source = None
        if found is None:
            source = source_tapped(self._session, self._network, self.drawn.layout, event)
        with self.one_frame():
            if source is None:
                self._session.select(None if found is None else Neuron(*found))
            else:
                self._session.pick_weight(source)


def _shape(network: Network) -> list[tuple[int, FeatureMaps | None]]:
    return [(layer.n_in, layer.maps) for layer in network.layers]


def _has_other_weights(before: Network, now: Network) -> bool:
    pairs = zip(before.layers, now.layers, strict=True)
    return any(old.weights is not new.weights for old, new in pairs)
