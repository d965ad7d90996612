"""Axes of curves: quiet lines and small words on the dark of the stage."""

from __future__ import annotations

from typing import Final

from bokeh.models import LinearAxis, Ticker

from explorer.diagram.palette import CAPTION

GRID: Final = "#2a303c"


def axis(ticker: Ticker, label: str) -> LinearAxis:
    """An axis with its label beside it."""
    return LinearAxis(
        ticker=ticker,
        axis_label=label,
        axis_label_standoff=2,
        axis_label_text_color=CAPTION,
        axis_label_text_font_size="11px",
        axis_label_text_font_style="normal",
        axis_line_color=None,
        major_tick_line_color=GRID,
        minor_tick_line_color=None,
        major_label_text_color=CAPTION,
        major_label_text_font_size="11px",
    )
