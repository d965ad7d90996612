"""The audit button: is what is shown what follows from the stored weights?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import param

from core.explain.audit import audit, audit_neuron
from core.nn.network import Network
from core.nn.trace import Trace
from explorer.diagram.figure import Picture
from explorer.diagram.scales import activation_scales, weight_scales
from explorer.diagram.weights import in_a_row
from explorer.state.session import Neuron, Session
from explorer.texts import text
from explorer.texts.names import name_in
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

#: Networks with more parameters are recomputed beside the strokes.
_AT_ONCE: Final = 100_000

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

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Check the selected neuron, or everything, and what the browser draws."""
        session = self._session
        match message:
            case {"type": "neuron"} if self.selected and session.selected is not None:
                check = partial(_of_neuron, session.network, session.trace, session.selected)
            case {"type": "network"}:
                check = partial(_of_network, session.network, session.trace)
            case _:
                raise NotUnderstoodError(message)
        if session.network.n_stored > _AT_ONCE:
            return self._check_beside(session.trace, check)
        self._show_result(check())
        return None

    async def _check_beside(self, trace: Trace, check: Callable[[], list[Finding]]) -> None:
        """Of a large network: it takes seconds, in which one may draw on."""
        recomputed = await self.in_background(check)
        if self._session.trace is trace:
            self._show_result(recomputed)

    def _show_result(self, recomputed: list[Finding]) -> None:
        self.show(result={"recomputed": recomputed, "stored": self._stored()})

    def _forget(self, *_: Any) -> None:
        selected = self._session.selected
        checkable = selected is not None and selected.layer > 0
        if self.result is not None or checkable != self.selected:
            self.show(result=None, selected=checkable)

    def _stored(self) -> dict[str, Any]:
        """What all that is drawn has to follow from: weights and activations as in `Stage`."""
        session, shown = self._session, self._picture.layout.shown
        return {
            "counts": list(shown.counts),
            "numbers": shown.chosen,
            "most": shown.edges,
            "shared": [maps is not None for maps in shown.maps],
            "largest": list(weight_scales(session)),
            "weights": in_a_row(shown.all_weights(session.network)),
            "activations": np.concatenate(
                shown.activations([session.trace.inputs, *session.trace.a])
            ),
            "full": [1.0, *activation_scales(session)],
            "least": session.least,
            "signal": session.signal,
        }


def _of_neuron(network: Network, trace: Trace, neuron: Neuron) -> list[Finding]:
    check = audit_neuron(network, trace, *neuron)
    numbers = {"z": f"{check.z:.9g}", "a": f"{check.a:.9g}"}
    largest = f"{max(check.z_difference, check.a_difference):.1e}"
    name = name_in(network, *neuron)
    sentence = text("audit.of_neuron", neuron=name, difference=largest, **numbers)
    return [(sentence, check.agrees)]


def _of_network(network: Network, trace: Trace) -> list[Finding]:
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
        for layer in audit(network, trace)
    ]
