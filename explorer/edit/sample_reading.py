"""Before and after: how the network reads a thousand digits, as it was and as it is now."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeGuard

import param
from panel.custom import Child

from core.evaluation.comparison import Comparison, Reading, read
from core.evaluation.sample import SIZE, Sample, sample
from core.ink import Drawing
from core.ink.brush import PAD
from core.nn.image_network import reads_digits
from core.nn.network import Network
from explorer.edit.hypothesis import Hypothesis
from explorer.state.session import Session
from explorer.transport.background import for_all_pages
from explorer.transport.component import LiveComponent
from explorer.transport.latest import Latest
from explorer.transport.messages import Message, NotUnderstoodError, whole

#: Seconds between two readings, so that a slider that is dragged asks for some six a second.
_REST: Final = 0.15

#: How many of the newly misread are shown.
_SHOWN: Final = 24


class _Asked(NamedTuple):
    """What is compared: two networks, and whether they see the digits through the lens.

    While a change goes on there are no pictures: to paint them would keep the browser from
    following the hand.
    """

    original: Network
    network: Network
    centred: bool
    goes_on: bool


class SampleReading(LiveComponent):
    """The accuracy before and now, overall and by digit, and the digits that are newly misread.

    The digits are read as the page reads its drawing: through the lens if that is on. Nothing is
    read while the session's place is another.
    """

    script = Path(__file__).with_name("sample_reading.js")
    bundle = "edit"

    content = param.Dict(
        default={},
        doc="Where the digits come from, how they were seen, whether the network is changed, the "
        "accuracy of each, 0-1, how many are newly misread, shown of these, and newly read, and "
        "whether those shown are the present ones; empty before the first.",
    )
    misread = param.List(
        default=[],
        doc="The first of the newly misread: number in the sample, digit, what is read, pixels.",
    )
    reads_digits = param.Boolean(default=True, doc="Whether the network does, or all this is off.")
    hypothesis = Child(doc="The form that silences a neuron.")

    def __init__(self, session: Session) -> None:
        super().__init__(hypothesis=Hypothesis(session), sizing_mode="stretch_width")
        self._session = session
        self._shown: _Asked | None = None
        self._comparison: Comparison | None = None
        self._reader = Latest(self._read, _REST)
        session.param.watch(self._ask, ["place", "edits", "network_name", "centred"])
        self._ask()

    def receive(self, message: Message) -> Awaitable[None]:
        """Put a digit of the sample on the pad."""
        match message:
            case {"type": "draw", "number": number}:
                return self._draw(whole(number, SIZE))
            case _:
                raise NotUnderstoodError(message)

    @property
    def _asked(self) -> _Asked | None:
        """What a person wants to see compared; None while nobody looks."""
        session = self._session
        if session.place != "edit" or not reads_digits(session.original):
            return None
        edits = session.present_edits
        return _Asked(session.original, edits.network, session.centred, edits.goes_on)

    def _ask(self, *_: Any) -> None:
        self.show(reads_digits=reads_digits(self._session.original))
        if self._is_news(self._asked):
            self._reader.ask()

    def _is_news(self, asked: _Asked | None) -> TypeGuard[_Asked]:
        return asked is not None and asked != self._shown

    async def _read(self) -> None:
        asked = self._asked
        if not self._is_news(asked):
            return
        digits = await _sample(asked.centred)
        comparison = self._known(asked)
        if comparison is None:
            comparison = await self.in_background(_compare, asked)
        if self._is_about(asked):
            self._shown, self._comparison = asked, comparison
            with self.one_frame():
                self.show(content=_content(asked, digits, comparison))
                if not asked.goes_on:
                    self.show(misread=_misread(digits, comparison))

    def _known(self, asked: _Asked) -> Comparison | None:
        """The comparison that is shown, if it is that of the movement that has ended now."""
        shown = self._shown
        return self._comparison if shown and shown._replace(goes_on=False) == asked else None

    def _is_about(self, asked: _Asked) -> bool:
        """Whether that is still the question, though the network may have changed meanwhile."""
        now = self._asked
        if now is None:
            return False
        return now._replace(network=asked.network, goes_on=asked.goes_on) == asked

    async def _draw(self, number: int) -> None:
        drawn = await _sample(centred=False)
        image = drawn.images.images[number].reshape(PAD, PAD)
        with self.one_frame(), self._session.saying_errors():
            self._session.replace_drawing(Drawing(base=image))


async def _sample(centred: bool) -> Sample:
    """The sample; it takes a second once in a process, which is nobody's alone to pay for."""
    return await for_all_pages(sample, centred)


@lru_cache(maxsize=16)
def _before(original: Network, centred: bool) -> Reading:
    """What a network reads that is not changed, and that other pages may have as well."""
    return read(original, sample(centred).images)


def _compare(asked: _Asked) -> Comparison:
    before = _before(asked.original, asked.centred)
    if asked.network is asked.original:
        return Comparison(before, before)
    return Comparison(before, read(asked.network, sample(asked.centred).images))


def _content(asked: _Asked, digits: Sample, comparison: Comparison) -> dict[str, Any]:
    return {
        "count": len(digits.images),
        "source": digits.source,
        "centred": asked.centred,
        "changed": asked.network is not asked.original,
        "before": _accuracies(comparison.before),
        "now": _accuracies(comparison.now),
        "newly_misread": len(comparison.newly_misread),
        "shown": min(len(comparison.newly_misread), _SHOWN),
        "newly_read": len(comparison.newly_read),
        "pictured": not asked.goes_on,
    }


def _accuracies(reading: Reading) -> dict[str, Any]:
    return {"all": reading.accuracy, "digits": reading.accuracy_by_digit.tolist()}


def _misread(digits: Sample, comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "digit": int(comparison.now.labels[number]),
            "read": int(comparison.now.digits[number]),
            "pixels": (255 * digits.images.images[number]).round().astype(int).tolist(),
        }
        for number in comparison.newly_misread[:_SHOWN].tolist()
    ]
