"""How well the network reads digits that were moved, scaled, turned, thickened or made noisy."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import param
from panel.custom import Child

from core.arrays import Doubles
from core.evaluation.metrics import accuracy
from core.evaluation.robustness import AMOUNTS, amounts_of
from core.nn.network import Network
from explorer.state.session import Session
from explorer.testing import worker
from explorer.testing.evaluation import Evaluation
from explorer.testing.image_sets import CLASS, OWN
from explorer.testing.plot_part import PlotRoom
from explorer.testing.preparation import prepared
from explorer.testing.robustness_plots import CurvePlot
from explorer.testing.worker import PIECE, ChangedImages
from explorer.transport.component import LiveComponent
from explorer.transport.latest import Latest
from explorer.transport.messages import Message, NotUnderstoodError

_STEPS: Final = [(kind, amount) for kind, amounts in AMOUNTS.items() for amount in amounts]
_REST: Final = 0.3

#: Accuracies, 0-1: by kind, at each amount, of each network.
Accuracies = dict[str, list[list[float]]]


class _Asked(NamedTuple):
    """On which images is measured, which networks, and how they see them."""

    source: str
    networks: tuple[Network, ...]
    centred: bool


class Robustness(LiveComponent):
    """Curves of accuracy, one for each kind of change, and where on them the drawing is."""

    script = Path(__file__).with_name("robustness.js")
    bundle = "testing"

    pictures = Child(doc="The curves.")
    count = param.Integer(default=PIECE, doc="On how many images each point is measured.")
    compares = param.Boolean(default=False, doc="Whether there are two networks.")
    progress = param.Number(
        default=None, allow_None=True, doc="The share that is measured, 0-1; None for all or none."
    )
    drawing = param.Dict(
        default={}, doc="By kind, the amount of the drawing and the accuracy there, 0-1; if known."
    )

    def __init__(self, session: Session, evaluation: Evaluation) -> None:
        self._plots = {kind: CurvePlot(kind) for kind in AMOUNTS}
        self._room = PlotRoom()
        super().__init__(pictures=self._room, sizing_mode="stretch_width")
        self._session = session
        self._evaluation = evaluation
        self._is_open = False
        self._measured: _Asked | None = None
        self._accuracies: Accuracies = {}
        self._usual: dict[str, Doubles] = {}
        self._measurer = Latest(self._measure, _REST)
        evaluation.param.watch(self._ask, "result")
        session.param.watch(self._ask, "place")  # what was under way may have been left
        session.param.watch(self._show_drawing, "trace")

    def receive(self, message: Message) -> Awaitable[None]:
        """It is opened or closed; what is not seen is not measured."""
        match message:
            case {"type": "open", "on": bool(on)}:
                return self._open(on)
            case _:
                raise NotUnderstoodError(message)

    async def _open(self, on: bool) -> None:
        self._is_open = on
        if self._room.is_empty:
            await self._build()
        self._ask()
        self._show_drawing()

    async def _build(self) -> None:
        """One plot after the other: whoever draws meanwhile waits for none but one."""
        for each in self._plots.values():
            self._room.add(each.drawn(), self)
            await asyncio.sleep(0)

    @property
    def _is_seen(self) -> bool:
        return self._is_open and self._evaluation.is_wanted

    @property
    def _asked(self) -> _Asked | None:
        """Drawings of people here are too few for a curve: it is measured on others."""
        result = self._evaluation.result
        if not self._is_seen or result is None:
            return None
        images, networks, centred = result.asked
        few = images.source in (OWN, CLASS)
        source = self._evaluation.sources[0] if few else images.source
        return _Asked(source, networks, centred)

    def _ask(self, *_: Any) -> None:
        if self._asked not in (None, self._measured):
            self._measurer.ask()

    async def _measure(self) -> None:
        asked = self._asked
        if asked is None or asked == self._measured:
            return
        self._forget()
        self._usual = await prepared(worker.usual_measures, asked.source)
        found = await self._curves(asked)
        if found is not None:
            self._measured, self._accuracies = asked, found
        with self.one_frame():
            if self._is_seen:
                self.show(progress=None, compares=len(asked.networks) > 1)
            self._show_drawing()

    def _forget(self) -> None:
        """Show nothing of what was measured of other networks, or on other images."""
        self._measured, self._accuracies = None, {}
        with self.one_frame():
            for plot in self._plots.values():
                self.show_columns(plot.curve, plot.no_columns)
                self.show_columns(plot.mark, {"x": [], "y": []})
            self.show(drawing={})

    async def _curves(self, asked: _Asked) -> Accuracies | None:
        """The accuracies at all amounts; None if they are not wanted any more."""
        found: Accuracies = {kind: [] for kind in AMOUNTS}
        for done, (kind, amount) in enumerate(_STEPS, start=1):
            images = await prepared(
                worker.changed_images, asked.source, kind, amount, asked.centred
            )
            found[kind].append(await self.in_background(_accuracies, asked.networks, images))
            if self._asked != asked:
                return None
            with self.one_frame():
                self.show(progress=done / len(_STEPS))
                self._show_curve(kind, found[kind])
        return found

    def _show_curve(self, kind: str, accuracies: list[list[float]]) -> None:
        """As far as it is known."""
        plot = self._plots[kind]
        self.show_columns(plot.curve, plot.columns(accuracies))

    def _show_drawing(self, *_: Any) -> None:
        """Where on the curves the drawing is, as it is drawn: nowhere while the pad is blank."""
        if not self._is_seen or not self._accuracies:
            return
        shown = self._places()
        with self.one_frame():
            for kind, plot in self._plots.items():
                x, y = ([shown[kind][0]], [100 * shown[kind][1]]) if kind in shown else ([], [])
                self.show_columns(plot.mark, {"x": x, "y": y})
            self.show(drawing=shown)

    def _places(self) -> dict[str, list[float]]:
        drawing = self._session.drawing
        if drawing.is_blank:
            return {}
        amounts = amounts_of(drawing.image.reshape(-1), self._usual)
        return {kind: [amount, self._accuracy_at(kind, amount)] for kind, amount in amounts.items()}

    def _accuracy_at(self, kind: str, amount: float) -> float:
        """On the curve of the first network, in straight lines between its points."""
        curve = [first for first, *_ in self._accuracies[kind]]
        return float(np.interp(amount, AMOUNTS[kind], curve))


def _accuracies(networks: tuple[Network, ...], changed: ChangedImages) -> list[float]:
    """The share of them that each network reads, 0-1."""
    images = changed.images
    return [accuracy(network, images) for network in networks]
