"""The pulse that runs through the network when a stroke is answered, and the forward pass told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from core.nn.layer import Layer
from core.nn.network import Network
from explorer.diagram.figure import Picture
from explorer.state.session import Session
from explorer.texts import text
from explorer.transport.component import LiveComponent


class Pulse(LiveComponent):
    """A transparent sheet over the picture; it moves in the browser alone."""

    script = Path(__file__).with_name("propagation.js")

    enabled = param.Boolean(default=True, doc="Whether a pulse runs at all.")
    pace = param.Number(default=1.0, doc="Speed of the propagation that is played.")
    signal = param.Boolean(default=False, doc="Whether edges show w·a instead of the weight.")
    words = param.List(default=[], doc="What happens in each step, in words.")
    plot = param.Parameter(constant=True, doc="The plot's model; so are the four below.")
    edges = param.Parameter(constant=True)
    inputs = param.Parameter(constant=True)
    neurons = param.Parameter(constant=True)
    winner = param.Parameter(constant=True)

    def __init__(self, session: Session, picture: Picture) -> None:
        sources = picture.sources
        super().__init__(
            enabled=session.pulses,
            words=_words(session.network),
            plot=picture.plot,
            edges=sources.edges,
            inputs=sources.inputs,
            neurons=sources.neurons,
            winner=sources.winner,
        )
        self._session = session
        session.param.watch(self._show, ["pulses", "pace", "signal"])
        session.param.watch(self._show_words, "network")

    def _show(self, *_: Any) -> None:
        session = self._session
        self.show(enabled=session.pulses, pace=session.pace, signal=session.signal)

    def _show_words(self, *_: Any) -> None:
        self.show(words=_words(self._session.network))


def _words(network: Network) -> list[str]:
    """One sentence a layer: what its numbers are made of."""
    return [_sentence(layer) for layer in network.layers]


def _sentence(layer: Layer) -> str:
    function = text(f"function.{layer.activation.name}")
    of = {"outputs": layer.n_out, "inputs": layer.n_seen, "function": function}
    if layer.activation.bounded:
        return text("propagation.bounded", **of)
    return text("propagation.unbounded", **of)
