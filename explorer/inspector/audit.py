"""The audit button: is what is shown what follows from the stored weights?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import param

from core.explain.audit import audit, audit_neuron
from explorer.diagram.figure import Picture
from explorer.diagram.scales import activation_scales, weight_scales
from explorer.diagram.shown import MOST_EDGES
from explorer.diagram.weights import in_a_row
from explorer.state.session import Session
from explorer.texts import text
from explorer.texts.names import name_in
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

#: A sentence, and whether it is good news.
Finding = tuple[str, bool]


class Audit(LiveComponent):
    """Recomputes a neuron or the network along another path, and has the browser compare.

    The browser is sent the stored numbers anew and works out from them how everything has to look,
    by formulas of its own: a message with all that is drawn could be larger than one may be.
    """

    script = Path(__file__).with_name("audit.js")

    inputs = param.Parameter(constant=True, doc="What draws the pixels: a model, as below.")
    neurons = param.Parameter(constant=True, doc="What draws the neurons.")
    edges = param.Parameter(constant=True, doc="What draws the edges.")
    result = param.Dict(
        default=None,
        allow_None=True,
        doc="What was `recomputed`, as findings, and what is `stored`, for the browser to compare.",
    )
    selected = param.Boolean(default=False, doc="Whether there is a neuron to check.")

    def __init__(self, session: Session, picture: Picture) -> None:
        super().__init__(
            inputs=picture.lattice,
            neurons=picture.neurons,
            edges=picture.edges,
            sizing_mode="stretch_width",
        )
        self._session = session
        self._picture = picture
        session.param.watch(self._forget, ["trace", "selected", "least", "signal"])

    def receive(self, message: Message) -> None:
        """Check the selected neuron, or everything, and what the browser draws."""
        match message:
            case {"type": "neuron"} if self.selected:
                recomputed = self._neuron()
            case {"type": "network"}:
                recomputed = self._network()
            case _:
                raise NotUnderstoodError(message)
        self.show(result={"recomputed": recomputed, "stored": self._stored()})

    def _forget(self, *_: Any) -> None:
        selected = self._session.selected
        checkable = selected is not None and selected.layer > 0
        if self.result is not None or checkable != self.selected:
            self.show(result=None, selected=checkable)

    def _neuron(self) -> list[Finding]:
        neuron = self._session.selected
        if neuron is None or neuron.layer == 0:
            raise LookupError("no neuron with a sum is selected")
        check = audit_neuron(self._session.network, self._session.trace, *neuron)
        numbers = {"z": f"{check.z:.9g}", "a": f"{check.a:.9g}"}
        largest = f"{max(check.z_difference, check.a_difference):.1e}"
        name = name_in(self._session.network, *neuron)
        sentence = text("audit.of_neuron", neuron=name, difference=largest, **numbers)
        return [(sentence, check.agrees)]

    def _network(self) -> list[Finding]:
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

    def _stored(self) -> dict[str, Any]:
        """What all that is drawn has to follow from: weights and activations as in `Stage`."""
        session, shown = self._session, self._picture.layout.shown
        return {
            "counts": list(shown.counts),
            "numbers": shown.chosen,
            "most": MOST_EDGES,
            "largest": list(weight_scales(session)),
            "weights": in_a_row(shown.weights(session.network)),
            "activations": np.concatenate(
                shown.activations([session.trace.inputs, *session.trace.a])
            ),
            "full": [1.0, *activation_scales(session)],
            "least": session.least,
            "signal": session.signal,
        }
