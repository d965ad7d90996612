"""The quiz of the lesson's edge detector: which of four images does the empty neuron answer to?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import param

from core.edit.sandbox import BIAS, LAYER, QUIZ, SPARE, edge_detector
from core.explain.weighted_sum import explain
from core.ink import Drawing
from core.nn.network import Network
from explorer.state.networks import SANDBOX
from explorer.state.session import Neuron, Session
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError

_NEURON = Neuron(LAYER, SPARE)


class Quiz(LiveComponent):
    """Four images to guess the weighted sum of, and the lesson's weights; for the sandbox alone."""

    script = Path(__file__).with_name("quiz.js")
    bundle = "edit"

    shown = param.Boolean(default=False, doc="Whether the network is the sandbox.")
    images = param.Dict(
        default={}, doc="Shades of grey, 0-255, row by row, by the images' names; once it is shown."
    )
    sums = param.Dict(
        default={}, doc="Weighted sum without and with the bias, for each image that was tried."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._session = session
        self._tried: list[str] = []
        session.param.watch(self._show, "network")
        self._show()

    def receive(self, message: Message) -> None:
        """Try an image, or give the neuron the weights or the bias of the lesson."""
        if not self.shown:
            raise NotUnderstoodError(message)
        network = self._session.present_edits.network
        with self._session.saying_errors():
            match message:
                case {"type": "try", "name": str(name)} if name in QUIZ:
                    self._try(name)
                case {"type": "bar"}:
                    self._edit(network.with_weights(*_NEURON, edge_detector()))
                case {"type": "bias"}:
                    self._edit(network.with_bias(*_NEURON, BIAS))
                case _:
                    raise NotUnderstoodError(message)

    def _try(self, name: str) -> None:
        """Put an image on the pad as it is: centring would move it away from the weights."""
        self._session.centre(False)
        self._session.replace_drawing(Drawing(QUIZ[name]))
        self._tried = [*(each for each in self._tried if each != name), name]
        self._show()

    def _edit(self, network: Network) -> None:
        self._session.edit(network)
        self._session.select(_NEURON)

    def _show(self, *_: Any) -> None:
        if self._session.network_name != SANDBOX:
            self.show(shown=False)
            return
        self.show(
            shown=True, images=_shades(), sums={name: self._sums(name) for name in self._tried}
        )

    def _sums(self, name: str) -> list[float]:
        network = self._session.network
        found = explain(network, network.trace(QUIZ[name].ravel()), *_NEURON)
        return [float(found.weighted_sum), float(found.z)]


def _shades() -> dict[str, list[int]]:
    return {name: (255 * image.ravel()).astype(int).tolist() for name, image in QUIZ.items()}
