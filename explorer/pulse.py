"""The pulse that runs through the network when the pen lifts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from explorer.live import LiveComponent
from explorer.picture import Picture
from explorer.session import Session


class Pulse(LiveComponent):
    """A transparent sheet over the picture; it moves in the browser alone."""

    _bundle = Path(__file__).with_name("pulse.js")

    enabled = param.Boolean(default=True, doc="Whether a pulse runs at all.")
    plot = param.Parameter(doc="The plot's model; so are the four below.")
    edges = param.Parameter()
    inputs = param.Parameter()
    neurons = param.Parameter()
    winner = param.Parameter()

    def __init__(self, session: Session, picture: Picture) -> None:
        sources = picture.sources
        super().__init__(
            enabled=session.pulses,
            plot=picture.plot,
            edges=sources.edges,
            inputs=sources.inputs,
            neurons=sources.neurons,
            winner=sources.winner,
        )
        self._session = session
        session.param.watch(self._show, "pulses")

    def _show(self, *_: Any) -> None:
        self.show(enabled=self._session.pulses)
