"""The network on the stage: a stroke changes its activations, a click selects a neuron.

Bokeh repaints its overlay canvas alone when only overlay renderers change. So everything
that changes while somebody draws is on level `overlay`, and the 12,960 edges are on
`underlay`: they are painted once, and a stroke costs no more than the circles.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import param
from bokeh.events import Tap
from panel.pane import Bokeh
from panel.viewable import Viewer

from explorer import edges
from explorer.geometry import Geometry
from explorer.live import one_message
from explorer.picture import Sources, network_figure, veil
from explorer.session import Neuron, Session

_EDGE_COLUMNS = ("x0", "y0", "x1", "y1", "weight", "source", "target")


class Stage(Viewer):
    """The picture of the session's network, and where it is clicked."""

    session: Session = param.ClassSelector(class_=Session)

    def __init__(self, session: Session) -> None:
        super().__init__(session=session)
        self._geometry = Geometry.of(session.network.sizes)
        self._sources = Sources(session.network, self._geometry)
        self.figure = network_figure(self._sources, self._geometry)
        self.figure.on_event(Tap, self._tapped)
        session.param.watch(self._show_activations, "trace")
        session.param.watch(self._show_selection, "selected")
        self._show_activations()

    def __panel__(self) -> Bokeh:
        return Bokeh(self.figure, sizing_mode="stretch_both")

    def _show_activations(self, *_: Any) -> None:
        trace, sources = self.session.trace, self._sources
        sources.inputs.data["activation"] = trace.inputs
        sources.neurons.data["activation"] = np.concatenate(trace.a)
        self._show_winner()

    def _show_winner(self) -> None:
        answer = self.session.answer
        place = [] if answer.digit is None else [self._geometry.positions[-1][answer.digit]]
        new = {"x": [float(x) + 2.0 for x, _ in place], "y": [float(y) for _, y in place]}
        if new != dict(self._sources.winner.data):
            self._sources.winner.data = new

    def _show_selection(self, *_: Any) -> None:
        neuron, sources = self.session.selected, self._sources
        sources.veil.data = veil(drawn=neuron is not None)
        sources.selection.data = self._selection_ring(neuron)
        sources.selected_edges.data = self._selected_edges(neuron)

    def _selection_ring(self, neuron: Neuron | None) -> dict[str, list[float]]:
        if neuron is None:
            return {"x": [], "y": [], "radius": []}
        x, y = self._geometry.positions[neuron.layer][neuron.number]
        return {"x": [x], "y": [y], "radius": [self._geometry.radii[neuron.layer] * 1.3]}

    def _selected_edges(self, neuron: Neuron | None) -> edges.Columns:
        """The incoming edges of a neuron; of an input, which has none, the outgoing."""
        columns = self._sources.edges.data
        rows = np.zeros(0, dtype=np.intp)
        if neuron is not None:
            rows = (edges.outgoing if neuron.layer == 0 else edges.incoming)(columns, *neuron)
        weight, strength = columns["weight"][rows], columns["strength"][rows]
        return {name: columns[name][rows] for name in _EDGE_COLUMNS} | edges.look(weight, strength)

    def _tapped(self, event: Tap) -> None:
        with one_message(self.figure.document):
            found = self._geometry.at(event.x, event.y)
            self.session.select(None if found is None else Neuron(*found))
