"""The plot of the landscape: the loss over the distance that the network is moved."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from bokeh.models import BasicTicker, ColumnDataSource, Line, Plot, Range1d

from explorer.diagram.axes import axis, framed_plot
from explorer.diagram.palette import POSITIVE, RING, SELECTED
from explorer.texts import text

CURVES: Final = ("drawing", "drawing_random", "sample", "sample_random")
MARK: Final = ("distance", "loss")
_HEIGHT: Final = 190

#: The drawing is white and the sample blue; the random direction is dashed.
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "drawing": {"line_color": RING},
    "drawing_random": {"line_color": RING, "line_dash": "dashed"},
    "sample": {"line_color": POSITIVE},
    "sample_random": {"line_color": POSITIVE, "line_dash": "dashed"},
}


class LandscapePlot(NamedTuple):
    """The plot, its ranges, whose ends the browser sets, and its sources."""

    plot: Plot
    distances: Range1d
    losses: Range1d
    curves: ColumnDataSource
    mark: ColumnDataSource


def draw_landscape() -> LandscapePlot:
    """Curves over the column `distance`, and an upright line where the network stands."""
    curves = ColumnDataSource({each: [] for each in ("distance", *CURVES)}, name="landscape")
    mark = ColumnDataSource({each: [] for each in MARK}, name="landscape_mark")
    distances, losses = Range1d(-1, 1), Range1d(0, 1)
    plot = framed_plot("landscape_plot", distances, losses, _HEIGHT)
    few = BasicTicker(desired_num_ticks=4, num_minor_ticks=0)
    plot.add_layout(axis(few, text("train.loss")), "left")
    plot.add_layout(axis(few.clone(), text("backward.distance")), "below")
    for name in reversed(CURVES):
        plot.add_glyph(curves, Line(x="distance", y=name, line_width=1.8, **_LOOKS[name]))
    plot.add_glyph(mark, Line(x="distance", y="loss", line_color=SELECTED, line_width=2))
    return LandscapePlot(plot, distances, losses, curves, mark)
