"""What the plots of the place Test have in common: dark in both themes, quiet axes."""

from __future__ import annotations

from typing import Final

from bokeh.models import FixedTicker, LinearAxis, Plot, Range1d

from explorer.diagram.figure import empty_plot
from explorer.diagram.palette import CAPTION

GRID: Final = "#2a303c"
_LEFT, _FOOT = 50, 40


def framed_plot(name: str, across: Range1d, up: Range1d, height: int) -> Plot:
    """A plot in a frame, so many pixels high, with room for its axes."""
    plot = empty_plot(name, across, up)
    plot.update(
        height=height,
        sizing_mode="stretch_width",
        min_border=8,
        min_border_left=_LEFT,
        min_border_bottom=_FOOT,
        outline_line_color=GRID,
    )
    return plot


def quiet_axis(ticks: list[float], title: str) -> LinearAxis:
    """An axis with a number at each tick."""
    return LinearAxis(
        ticker=FixedTicker(ticks=ticks),
        axis_label=title,
        axis_label_standoff=2,
        axis_label_text_color=CAPTION,
        axis_label_text_font_size="12px",
        axis_label_text_font_style="normal",
        axis_line_color=None,
        major_tick_line_color=GRID,
        minor_tick_line_color=None,
        major_label_text_color=CAPTION,
        major_label_text_font_size="12px",
    )
