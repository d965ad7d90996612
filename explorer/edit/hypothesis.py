"""A hypothesis on a neuron: which digits suffer when it is silenced?"""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Final

import numpy as np
import param
from numpy.typing import NDArray

from core.edit.neurons import silenced
from core.evaluation.comparison import Comparison, compare
from core.evaluation.sample import sample
from core.nn.image_network import reads_digits
from core.nn.network import Network
from explorer.edit.selection import neuron_with_sum
from explorer.state.session import Neuron, Session
from explorer.texts.names import name_in
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

_DIGITS: Final = 10

#: How many digits are named, and the share of the largest loss that each of them has.
_MOST_NAMED: Final = 3
_SHARE: Final = 0.5


class Hypothesis(LiveComponent):
    """A form to say which digits the selected neuron looks for, and to see which suffer without it.

    The session's network stays as it is.
    """

    script = Path(__file__).with_name("hypothesis.js")
    bundle = "edit"

    neuron = param.String(default="", doc="What the selected neuron is called; empty for none.")
    verdict = param.Dict(
        default={},
        doc="The accuracy before and without it, 0-1, the digits that lose most with what they "
        "lose in percentage points, and those that were said; empty for none.",
    )

    def __init__(self, session: Session) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._session = session
        session.param.watch(self._forget, ["selected", "edits", "network_name", "centred", "place"])
        self._forget()

    def receive(self, message: Message) -> Awaitable[None]:
        """Silence the selected neuron, which is said to look for these digits."""
        neuron = neuron_with_sum(self._session)
        if not reads_digits(self._session.original):
            raise NotUnderstoodError(message)
        match message:
            case {"type": "silence", "digits": [*digits]} if neuron is not None:
                said = {whole(digit, _DIGITS) for digit in digits[:_DIGITS]}
                return self._silence(neuron, sorted(said))
            case _:
                raise NotUnderstoodError(message)

    def _forget(self, *_: Any) -> None:
        neuron = neuron_with_sum(self._session)
        name = "" if neuron is None else name_in(self._session.network, *neuron)
        self.show(neuron=name, verdict={})

    async def _silence(self, neuron: Neuron, said: list[int]) -> None:
        session = self._session
        asked = session.present_edits.network, neuron, session.centred
        comparison = await self.in_background(_compare, *asked)
        if asked == (session.present_edits.network, neuron_with_sum(session), session.centred):
            self.show(verdict=_verdict(comparison) | {"said": said})


def _compare(network: Network, neuron: Neuron, centred: bool) -> Comparison:
    return compare(network, silenced(network, *neuron), sample(centred).images)


def _verdict(comparison: Comparison) -> dict[str, Any]:
    before, now = comparison.before, comparison.now
    changes = 100 * (now.accuracy_by_digit - before.accuracy_by_digit)
    return {
        "before": before.accuracy,
        "now": now.accuracy,
        "worst": [(digit, float(changes[digit])) for digit in hit_hardest(changes)],
    }


def hit_hardest(changes: NDArray[np.float64]) -> list[int]:
    """The digits that lose most, the worst first: up to three.

    ``changes`` are those of the accuracy of each digit, (10,), in percentage points. Each digit
    that is named loses at least half of what the first loses; none is if none loses a point.
    """
    least = max(-_SHARE * float(changes.min()), 1.0)
    worst = np.argsort(changes, kind="stable")[:_MOST_NAMED]
    return [int(digit) for digit in worst if changes[digit] <= -least]
