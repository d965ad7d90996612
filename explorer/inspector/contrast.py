"""Why this digit and not that one: what the difference of two outputs' z is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import param

from core.explain.contrast import Attributions, compare, leading_pair
from explorer.diagram.palette import shades
from explorer.inspector.question import Question
from explorer.state.session import Session
from explorer.transport.messages import Message, NotUnderstoodError, whole

_NAMED = 5


class Contrast(Question):
    """Two digits, by default the first and the second, and each layer's share in the difference."""

    script = Path(__file__).with_name("contrast.js")
    name_in_session = "contrast"

    pair = param.List(default=[None, None], doc="The digits that were chosen; None: the leading.")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        session.param.watch(self._show, ["network"])

    def is_asked(self) -> bool:
        """While no neuron is selected, and there is something on the pad."""
        session = self._session
        return session.selected is None and session.comparing and bool(session.trace.inputs.any())

    def answer(self) -> dict[str, Any]:
        """The difference, and every layer's attributions from the pixels on."""
        network, trace = self._session.network, self._session.trace
        leading = leading_pair(trace)
        one, other = (
            chosen if chosen is not None else leading[i] for i, chosen in enumerate(self.pair)
        )
        difference = compare(network, trace, one, other)
        pixels, *layers = difference.layers
        return {
            "one": one,
            "other": other,
            "value": difference.value,
            "pixels": _picture(pixels),
            "layers": [_named(number, found) for number, found in enumerate(layers, 1)],
        }

    def receive(self, message: Message) -> None:
        """Two digits were chosen, or the leading ones are wanted again."""
        match message:
            case {"type": "pair", "pair": [one, other]}:
                self.show(pair=[each if each is None else whole(each, 10) for each in (one, other)])
                self._show()
            case {"type": "compare", "on": bool(on)}:
                self._session.comparing = on
            case _:
                raise NotUnderstoodError(message)


def _picture(found: Attributions) -> dict[str, Any]:
    largest = float(np.abs(found.values).max())
    return {"shades": shades(found.values, largest), "largest": largest, **_sum(found)}


def _named(layer: int, found: Attributions) -> dict[str, Any]:
    order = np.argsort(-np.abs(found.values), kind="stable")
    named = [(f"{layer}:{i}", float(found.values[i])) for i in order[:_NAMED]]
    others = float(found.values[order[_NAMED:]].sum())
    return {"layer": layer, "named": named, "others": others, **_sum(found)}


def _sum(found: Attributions) -> dict[str, Any]:
    return {
        "total": float(found.values.sum()),
        "constant": found.constant,
        "residual": found.residual,
        "exact": found.exact,
    }
