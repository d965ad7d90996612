"""The audit button: is what is shown what follows from the stored weights?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import param

from core.explain.audit import audit, audit_neuron, differences
from core.nn.network import Network
from explorer.diagram.figure import Picture
from explorer.state.session import Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

#: How far a 32-bit opacity may be from the activation that it shows.
_OPACITY = 1e-6


class Audit(LiveComponent):
    """Recomputes a neuron or the network along another path, and asks the browser what it shows."""

    script = Path(__file__).with_name("audit.js")

    neurons = param.Parameter(constant=True, doc="The model with the activations that are drawn.")
    inputs = param.Parameter(constant=True, doc="The model with the pixels that are drawn.")
    edges = param.Parameter(constant=True, doc="The model with the edges that are drawn.")
    verdict = param.List(default=[], doc="Sentences, each with whether it is good news.")
    selected = param.Boolean(default=False, doc="Whether there is a neuron to check.")

    def __init__(self, session: Session, picture: Picture) -> None:
        sources = picture.sources
        super().__init__(
            neurons=sources.neurons,
            inputs=sources.inputs,
            edges=sources.edges,
            sizing_mode="stretch_width",
        )
        self._session = session
        session.param.watch(self._forget, ["trace", "selected"])

    def receive(self, message: Message) -> None:
        """Check the selected neuron, or everything, and what the browser holds."""
        match message:
            case {"type": "neuron", "held": dict(held)} if self.selected:
                self.show(verdict=[*self._neuron(), *self._browser(held)])
            case {"type": "network", "held": dict(held)}:
                self.show(verdict=[*self._network(), *self._browser(held)])
            case _:
                raise NotUnderstoodError(message)

    def _forget(self, *_: Any) -> None:
        selected = self._session.selected
        checkable = selected is not None and selected.layer > 0
        if self.verdict or checkable != self.selected:
            self.show(verdict=[], selected=checkable)

    def _neuron(self) -> list[tuple[str, bool]]:
        neuron = self._session.selected
        if neuron is None or neuron.layer == 0:
            raise LookupError("no neuron with a sum is selected")
        check = audit_neuron(self._session.network, self._session.trace, *neuron)
        text = (
            f"Neuron {neuron}, computed again in 64 bits: z = {check.z:.9g}, a = {check.a:.9g}. "
            f"Largest difference {max(check.z_difference, check.a_difference):.1e}."
        )
        return [(text, check.agrees)]

    def _network(self) -> list[tuple[str, bool]]:
        layers = audit(self._session.network, self._session.trace)
        return [
            (
                f"Layer {layer.layer}, computed again in 64 bits: largest difference "
                f"{layer.z_difference:.1e} in z, {layer.a_difference:.1e} in activation.",
                layer.agrees,
            )
            for layer in layers
        ]

    def _browser(self, held: dict[str, Any]) -> list[tuple[str, bool]]:
        """What the browser holds, against what was computed."""
        trace = self._session.trace
        circles = [*trace.inputs.tolist(), *np.concatenate(trace.a).tolist()]
        shown = differences(held["circles"], circles)
        weights = differences(held["weights"], _weights(self._session.network))
        colours = held["miscoloured"]
        return [
            (
                f"{len(circles)} circles drawn: largest difference {shown.largest:.1e}.",
                shown.largest <= _OPACITY,
            ),
            (
                f"{len(held['weights']):,} edges drawn: largest difference {weights.largest:.1e}.",
                weights.largest <= _OPACITY,
            ),
            (f"Edges with another colour or strength than their weight: {colours}.", colours == 0),
        ]


def _weights(network: Network) -> list[float]:
    weights = np.concatenate([layer.weights.ravel() for layer in network.layers])
    return list(map(float, weights))
