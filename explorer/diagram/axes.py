"""Frames and axes of curves: quiet lines and small words on the dark of the stage."""

from __future__ import annotations

from typing import Final

from bokeh.models import LinearAxis, Plot, Range1d, Ticker

from explorer.diagram.figure import empty_plot
from explorer.diagram.palette import CAPTION
from explorer.texts import on_plot

GRID: Final = "#2a303c"


def framed_plot(
    name: str, across: Range1d, up: Range1d, height: int, border: int = 8, **room: int
) -> Plot:
    """A plot in a frame, as wide as its place and so many pixels high, without axes.

    ``border`` is the room around it in pixels, ``room`` that at some of its sides, by Bokeh's names
    (``min_border_left``).
    """
    plot = empty_plot(name, across, up)
    plot.update(
        height=height,
        sizing_mode="stretch_width",
        min_border=border,
        outline_line_color=GRID,
        **room,
    )
    return plot


def axis(ticker: Ticker, label: str, size: int = 11) -> LinearAxis:
    """An axis with its label beside it; the words are ``size`` pixels high."""
    return LinearAxis(
        ticker=ticker,
        axis_label=on_plot(label),
        axis_label_standoff=2,
        axis_label_text_color=CAPTION,
        axis_label_text_font_size=f"{size}px",
        axis_label_text_font_style="normal",
        axis_line_color=None,
        major_tick_line_color=GRID,
        minor_tick_line_color=None,
        major_label_text_color=CAPTION,
        major_label_text_font_size=f"{size}px",
    )
