"""Why this digit and not that one: what the difference of two outputs' z is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import param

from core.explain.contrast import Attributions, compare, leading_pair
from core.nn.image_network import labels
from core.nn.network import Network
from core.nn.trace import Trace
from explorer.diagram.palette import shades
from explorer.inspector.question import Question
from explorer.state.session import Session
from explorer.transport.latest import Latest
from explorer.transport.messages import Message, NotUnderstoodError, whole

_NAMED = 5

#: Networks with more parameters are compared beside the strokes: that takes up to a second.
_AT_ONCE: Final = 100_000

#: Seconds between two such comparisons.
_REST: Final = 0.05


class Contrast(Question):
    """Two outputs, by default the largest two, and each layer's share in the difference."""

    script = Path(__file__).with_name("contrast.js")
    name_in_session = "contrast"

    pair = param.List(default=[None, None], doc="The outputs that were chosen; None: the leading.")
    labels = param.List(default=[], doc="What the outputs stand for.")

    def __init__(self, session: Session) -> None:
        self._latest = Latest(self._show_later, _REST)
        super().__init__(session, labels=list(labels(session.network)))
        session.param.watch(self._follow_network, ["network"])

    def is_asked(self) -> bool:
        """While no neuron is selected, and there is something on the pad."""
        session = self._session
        return session.selected is None and session.comparing and bool(session.trace.inputs.any())

    def answer(self) -> dict[str, Any]:
        """The difference, and every layer's attributions from the pixels on."""
        session = self._session
        return _compared(session.network, session.trace, *self._pair())

    def receive(self, message: Message) -> None:
        """Two outputs were chosen, or the leading ones are wanted again."""
        match message:
            case {"type": "pair", "pair": [one, other]}:
                count = self._session.network.sizes[-1]
                pair = (each if each is None else whole(each, count) for each in (one, other))
                self.show(pair=list(pair))
                self._show()
            case {"type": "compare", "on": bool(on)}:
                self._session.comparing = on
            case _:
                raise NotUnderstoodError(message)

    def _follow_network(self, *_: Any) -> None:
        """Outputs that another network does not have are not compared any more."""
        names = list(labels(self._session.network))
        if names != self.labels:
            self.show(labels=names, pair=[None, None])
        self._show()

    def _pair(self) -> tuple[int, int]:
        """The outputs that were chosen, or where none was, the leading ones."""
        first, second = leading_pair(self._session.trace)
        one, other = self.pair
        return first if one is None else one, second if other is None else other

    def _show(self, *_: Any) -> None:
        """At once, but for a network that takes longer than a stroke may."""
        if self._session.network.n_stored <= _AT_ONCE:
            super()._show()
        elif self.is_asked():
            self._latest.ask()

    async def _show_later(self) -> None:
        if self.is_asked():
            session, pair = self._session, self._pair()
            asked = session.network, session.trace, *pair
            content = await self.in_background(_compared, *asked)
            if self.is_asked() and session.network is asked[0]:
                self.show(content=content)


def _compared(network: Network, trace: Trace, one: int, other: int) -> dict[str, Any]:
    difference = compare(network, trace, one, other)
    pixels, *layers = difference.layers
    return {
        "one": one,
        "other": other,
        "value": difference.value,
        "pixels": _picture(pixels),
        "layers": [_named(number, found) for number, found in enumerate(layers, 1)],
    }


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
