"""A tap on a line of the picture, where weights are picked by their lines."""

from __future__ import annotations

import numpy as np
from bokeh.events import PointEvent

from core.nn.network import Network
from explorer.diagram.layout import Layout
from explorer.diagram.scales import weight_scales
from explorer.state.session import Session

#: Pixels of the screen: a line that is as near to a tap is meant by it.
_REACH = 6


def source_tapped(
    session: Session, network: Network, layout: Layout, event: PointEvent
) -> int | None:
    """The source of the selected neuron's edge that was tapped; None where none is picked."""
    neuron = session.selected
    picks = session.place == "edit" or session.shows_backpropagation
    if not picks or neuron is None or neuron.layer == 0 or not event.sx:
        return None
    place = layout.shown.place_of(*neuron)
    if place is None:
        return None
    sources = layout.shown.numbers[neuron.layer - 1]
    layer = network.layers[neuron.layer - 1]
    least = session.least * weight_scales(session)[neuron.layer - 1]
    seen = np.abs(layer.weights[neuron.number][sources]) >= least
    if layer.maps:
        seen &= np.isin(sources, layer.maps.seen_by(neuron.number))
    found = layout.geometry.edge_at(
        event.x,
        event.y,
        (neuron.layer, place),
        np.flatnonzero(seen),
        _REACH * event.x / event.sx,
    )
    return None if found is None else int(sources[found])
