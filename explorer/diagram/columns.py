"""Which neurons of wide layers are shown: it is said, and can be chosen."""

from __future__ import annotations

from pathlib import Path

import param

from explorer.diagram.shown import (
    MOST,
    MOST_EDGES,
    STRONGEST,
    from_number,
    is_thinned,
    most_active,
    most_active_now,
)
from explorer.diagram.stage import Stage
from explorer.state.session import Neuron, Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole


class Columns(LiveComponent):
    """A button that says how many neurons are shown and which, over a sheet to choose others.

    Pages of networks without wide layers never build it.
    """

    script = Path(__file__).with_name("columns.js")
    bundle = "columns"

    sizes = param.List(
        default=[], doc="The sizes of the layers, the input first; empty if all neurons are shown."
    )
    rule = param.String(doc="By which those that are shown were chosen, see `Rule`.")
    first = param.Integer(default=0, doc="In their order: the number of the first, from 0.")
    shown = param.Integer(default=MOST, doc="How many of a wide layer are shown.")
    edges = param.Integer(default=MOST_EDGES, doc="Up to how many edges between layers are drawn.")
    strongest = param.Integer(default=STRONGEST, doc="How many are drawn of more.")

    def __init__(self, session: Session, stage: Stage) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._session, self._stage = session, stage
        stage.when_chosen(self._show)
        self._show()

    def _show(self) -> None:
        shown = self._stage.shown
        sizes = list(shown.sizes) if is_thinned(self._session.original) else []
        self.show(sizes=sizes, rule=shown.rule, first=self.first if shown.rule == "order" else 0)

    def receive(self, message: Message) -> None:
        """Other neurons are wanted, or one of them."""
        sizes = self._session.network.sizes
        match message:
            case {"type": "choose", "rule": "examples"}:
                self._stage.choose(most_active(self._session.original))
            case {"type": "choose", "rule": "drawing"}:
                self._stage.choose(most_active_now(self._session.network, self._session.trace.a))
            case {"type": "order", "first": first}:
                self._show_from(whole(first, max(sizes)))
            case {"type": "find", "neuron": [layer, number]}:
                layer = whole(layer, len(sizes))
                self._session.select(Neuron(layer, whole(number, sizes[layer])))
            case _:
                raise NotUnderstoodError(message)

    def _show_from(self, first: int) -> None:
        self.show(first=first)
        self._stage.choose(from_number(self._session.network, first))
