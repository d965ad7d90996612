"""The curves of robustness: accuracy over the amount of each kind of change."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from bokeh.models import ColumnDataSource, Line, Plot, Range1d, Scatter

from core.evaluation.robustness import AMOUNTS
from explorer.diagram.palette import GROUND, POSITIVE, RING, SELECTED
from explorer.testing.plots import plot_with_axes
from explorer.texts import text

_HEIGHT: Final = 150
_TICKS: Final = {
    "shift": [0.0, 2.0, 4.0, 6.0, 8.0],
    "size": [0.4, 0.6, 0.8, 1.0, 1.2],
    "rotation": [-45.0, -20.0, 0.0, 20.0, 45.0],
    "stroke": [-1.0, 0.0, 1.0, 2.0, 3.0],
    "noise": [0.0, 0.1, 0.2, 0.3, 0.4, 0.5],
}


class CurvePlot:
    """The curves of one kind, for one network or two, and a mark where the drawing is."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self.curve = ColumnDataSource(self.no_columns, name=f"curve_{kind}", syncable=False)
        self.mark = ColumnDataSource({"x": [], "y": []}, name=f"mark_{kind}", syncable=False)

    def columns(self, accuracies: list[list[float]]) -> dict[str, Any]:
        """Those of the curve, from the accuracies, 0-1, of each network at the first amounts."""
        percent = 100 * np.array(accuracies)
        amounts = np.array(AMOUNTS[self._kind][: len(percent)], float)
        # Of one network, the other curve is the same, below it.
        return {"x": amounts, "y": percent[:, 0], "other": percent[:, -1]}

    @property
    def no_columns(self) -> dict[str, list[float]]:
        """Those of a curve of which nothing is known."""
        return {name: [] for name in ("x", "y", "other")}

    def drawn(self) -> Plot:
        """A plot of them."""
        amounts = AMOUNTS[self._kind]
        beside = 0.03 * (amounts[-1] - amounts[0])
        across = Range1d(amounts[0] - beside, amounts[-1] + beside)
        plot = plot_with_axes(
            f"{self._kind}_plot",
            (across, Range1d(0, 104)),
            _HEIGHT,
            (_TICKS[self._kind], text(f"robustness.{self._kind}")),
            ([0.0, 50.0, 100.0], text("robustness.accuracy")),
        )
        for column, colour, dash in (("other", POSITIVE, "dashed"), ("y", RING, "solid")):
            look = {"line_color": colour, "line_dash": dash, "line_width": 2}
            plot.add_glyph(self.curve, Line(x="x", y=column, **look))
        circle = Scatter(
            x="x", y="y", size=12, fill_color=SELECTED, line_color=GROUND, line_width=2
        )
        plot.add_glyph(self.mark, circle)
        return plot
