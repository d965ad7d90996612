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
from explorer.texts import text
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
        numbers = {"z": f"{check.z:.9g}", "a": f"{check.a:.9g}"}
        largest = f"{max(check.z_difference, check.a_difference):.1e}"
        sentence = text("audit.of_neuron", neuron=neuron, difference=largest, **numbers)
        return [(sentence, check.agrees)]

    def _network(self) -> list[tuple[str, bool]]:
        layers = audit(self._session.network, self._session.trace)
        return [
            (
                text(
                    "audit.of_layer",
                    layer=layer.layer,
                    z_difference=f"{layer.z_difference:.1e}",
                    a_difference=f"{layer.a_difference:.1e}",
                ),
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
                text("audit.circles", count=len(circles), difference=f"{shown.largest:.1e}"),
                shown.largest <= _OPACITY,
            ),
            (
                text(
                    "audit.edges",
                    count=len(held["weights"]),
                    difference=f"{weights.largest:.1e}",
                ),
                weights.largest <= _OPACITY,
            ),
            (text("audit.colours", wrong=colours), colours == 0),
        ]


def _weights(network: Network) -> list[float]:
    weights = np.concatenate([layer.weights.ravel() for layer in network.layers])
    return list(map(float, weights))
