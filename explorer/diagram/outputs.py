"""The answer: the outputs as bars with their numbers, and the largest in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from core.nn.image_network import labels, reads_digits
from core.nn.network import Network
from explorer.diagram.scales import activation_scales
from explorer.state.answer import counts_by_softmax
from explorer.state.session import Session
from explorer.transport.component import LiveComponent


class Outputs(LiveComponent):
    """What the network says about the drawing."""

    script = Path(__file__).with_name("outputs.js")

    labels = param.List(doc="What the outputs stand for.")
    digits = param.Boolean(default=True, doc="Whether that is the digits in their order.")
    activations = param.List(doc="The outputs.")
    full = param.Number(default=1.0, doc="The output that fills a bar.")
    answer = param.Dict(
        default={"digit": None, "sure": False},
        doc="The number of the largest output (none on a blank pad), and whether it counts.",
    )
    lens = param.Dict(default={}, doc="The answers as drawn and centred, to compare.")
    threshold = param.Number(default=0.5, doc="The output from which on an answer counts.")
    by_softmax = param.Boolean(
        default=False, doc="Whether it is the softmax of an output that is to reach the threshold."
    )
    held = param.List(default=[], doc="The outputs that are held, to compare; empty for none.")

    def __init__(self, session: Session) -> None:
        super().__init__(sizing_mode="stretch_width", **_reading(session.network))
        self._session = session
        session.param.watch(self._show, "trace")
        session.param.watch(self._show_held, "held")
        session.param.watch(self._show_threshold, "network")
        self._show()
        self._show_threshold()

    def _show(self, *_: Any) -> None:
        self.show_now(
            activations=self._session.trace.outputs.tolist(),
            answer=self._session.answer._asdict(),
            lens=self._lens(),
        )

    def _show_threshold(self, *_: Any) -> None:
        session = self._session
        self.show(
            **_reading(session.network),
            threshold=session.threshold,
            by_softmax=counts_by_softmax(session.network),
            full=activation_scales(session)[-1],
        )

    def _lens(self) -> dict[str, Any]:
        session = self._session
        here, there = session.answer._asdict(), session.other_answer._asdict()
        return {
            "drawn": there if session.centred else here,
            "centred": here if session.centred else there,
        }

    def _show_held(self, *_: Any) -> None:
        held = self._session.held
        self.show(held=[] if held is None else held.outputs.tolist())


def _reading(network: Network) -> dict[str, Any]:
    return {"labels": list(labels(network)), "digits": reads_digits(network)}
