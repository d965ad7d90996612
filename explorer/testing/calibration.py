"""Does it know when it does not know? How often it is right when it is sure, what it rejects."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import param
from bokeh.models import ColumnDataSource, Line, Plot, Quad, Range1d, Scatter
from panel.custom import Child

from core.arrays import Array
from core.evaluation.calibration import Reliability, reliability
from core.evaluation.predictions import Predictions
from core.evaluation.rejection import rejection_rate
from core.nn.network import Network
from explorer.diagram.axes import GRID
from explorer.diagram.palette import POSITIVE, RING
from explorer.testing import worker
from explorer.testing.evaluation import Evaluation
from explorer.testing.plot_part import PlotRoom
from explorer.testing.plots import plot_with_axes
from explorer.testing.preparation import prepared
from explorer.texts import text
from explorer.texts.known import translated
from explorer.transport.component import LiveComponent
from explorer.transport.latest import Latest
from explorer.transport.messages import Message, NotUnderstoodError

_HEIGHT: Final = 210
_REST: Final = 0.3


class Calibration(LiveComponent):
    """The reliability diagram of the network, and what it rejects rightly and falsely."""

    script = Path(__file__).with_name("calibration.js")
    bundle = "testing"

    picture = Child(doc="The reliability diagram.")
    content = param.Dict(
        default={},
        doc="The calibration error, by bin its ends, count and accuracy, the threshold, and of how "
        "many images how many are rejected that would be read right, and wrong; empty for nothing.",
    )
    non_digits = param.List(
        default=[], doc="Kinds of what is no digit, and the share of each that is rejected, 0-1."
    )

    def __init__(self, evaluation: Evaluation) -> None:
        self._bars = ColumnDataSource(_bars(None), name="reliability", syncable=False)
        self._room = PlotRoom()
        super().__init__(picture=self._room, sizing_mode="stretch_width")
        self._evaluation = evaluation
        self._is_open = False
        self._read: Network | None = None
        self._reader = Latest(self._read_non_digits, _REST)
        evaluation.param.watch(self._show, "result")
        evaluation.session.param.watch(self._show, "place")  # what was read may have been left

    def receive(self, message: Message) -> None:
        """It is opened or closed; what is not seen is not read."""
        match message:
            case {"type": "open", "on": bool(on)}:
                self._is_open = on
                if self._room.is_empty:
                    self._room.add(_drawn(self._bars), self)
                self._show()
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        result = self._evaluation.result
        if not self._is_open or result is None:
            return
        if not result.predictions:
            self.show(content={})
            return
        predictions = result.predictions[0]
        found = reliability(predictions.confidence, predictions.right)
        with self.one_frame():
            self.show_columns(self._bars, _bars(found))
            self.show(content=_content(predictions, found))
            if self._read is not result.asked.networks[0]:
                self.show(non_digits=[])
        self._reader.ask()

    async def _read_non_digits(self) -> None:
        result = self._evaluation.result
        network = None if result is None else result.asked.networks[0]
        if network is None or network is self._read:
            return
        images = await prepared(worker.non_digits)
        rates = await self.in_background(_rejection_rates, network, images)
        if not self._evaluation.is_wanted:
            return
        self._read = network
        self.show(non_digits=[[translated(kind), rate] for kind, rate in rates.items()])


def _rejection_rates(network: Network, images: dict[str, Array]) -> dict[str, float]:
    return {kind: rejection_rate(network, each) for kind, each in images.items()}


def _content(predictions: Predictions, found: Reliability) -> dict[str, Any]:
    rejected = predictions.rejected
    ends = np.linspace(0, 1, len(found.counts) + 1).tolist()
    return {
        "error": found.error,
        "bins": [
            {"low": ends[i], "high": ends[i + 1], "count": int(count), "accuracy": accuracy}
            for i, (count, accuracy) in enumerate(
                zip(found.counts, found.accuracy.tolist(), strict=True)
            )
            if count
        ],
        "threshold": predictions.threshold,
        "count": len(rejected),
        "falsely": int((rejected & predictions.right).sum()),
        "rightly": int((rejected & ~predictions.right).sum()),
    }


def _bars(found: Reliability | None) -> dict[str, Any]:
    """The bars of the bins that have images; none before the first test."""
    if found is None:
        return {name: [] for name in ("left", "right", "top", "x")}
    ends = np.linspace(0, 1, len(found.counts) + 1)
    some = found.counts > 0
    return {
        "left": ends[:-1][some],
        "right": ends[1:][some],
        "top": found.accuracy[some],
        "x": found.confidence[some],
    }


def _drawn(bars: ColumnDataSource) -> Plot:
    ticks = [0.0, 0.5, 1.0]
    plot = plot_with_axes(
        "reliability_plot",
        (Range1d(0, 1), Range1d(0, 1.03)),
        _HEIGHT,
        (ticks, text("calibration.says")),
        (ticks, text("calibration.right")),
    )
    plot.add_glyph(
        bars,
        Quad(left="left", right="right", bottom=0, top="top", fill_color=POSITIVE,
             fill_alpha=0.35, line_color=GRID),
    )  # fmt: skip
    diagonal = ColumnDataSource({"x": [0, 1], "y": [0, 1]})
    plot.add_glyph(diagonal, Line(x="x", y="y", line_color=RING, line_dash="dashed"))
    plot.add_glyph(bars, Scatter(x="x", y="top", size=7, fill_color=POSITIVE, line_color=RING))
    return plot
