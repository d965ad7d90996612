"""The curves of a training: accuracy above, loss below, over the epochs."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from bokeh.layouts import column
from bokeh.models import (
    BasicTicker,
    Column,
    ColumnDataSource,
    FixedTicker,
    Line,
    Plot,
    Range1d,
    Text,
)

from explorer.diagram.axes import axis, framed_plot
from explorer.diagram.palette import GROUND, POSITIVE, RING, SELECTED
from explorer.texts import text

_HEIGHT, _FOOT = 84, 36
_ROOM: Final = {"border": 6, "min_border_left": 50}
COLUMNS: Final = ("epoch", "accuracy", "validation_accuracy", "loss", "validation_loss")
MARK_COLUMNS: Final = ("epoch", "accuracy", "loss")
LETTER_COLUMNS: Final = ("epoch", "accuracy", "loss", "letter")
_RESTING: Final = {"line_alpha": 0.75, "line_dash": [5, 4]}
_LETTER_SIZE: Final = "17px"


class CurvePlots(NamedTuple):
    """The plots, and the ranges of epochs and losses, whose ends the browser sets."""

    layout: Column
    epochs: Range1d
    losses: Range1d


def curve_source(name: str) -> ColumnDataSource:
    """Columns `epoch`, and of training and validation `accuracy` in percent and `loss`."""
    return ColumnDataSource({each: [] for each in COLUMNS}, name=name)


def mark_source(name: str) -> ColumnDataSource:
    """The ends of an upright line in both plots: columns `epoch`, `accuracy` and `loss`."""
    return ColumnDataSource({each: [] for each in MARK_COLUMNS}, name=name)


def letter_source(name: str) -> ColumnDataSource:
    """Letters at the ends of curves: columns `epoch`, `accuracy`, `loss` and `letter`."""
    return ColumnDataSource({each: [] for each in LETTER_COLUMNS}, name=name)


def draw_curves(
    shown: ColumnDataSource,
    other: ColumnDataSource,
    mark: ColumnDataSource,
    letters: ColumnDataSource,
) -> CurvePlots:
    """The curves of a run over the dashed ones of another, letters, and a mark at an epoch."""
    epochs, losses = Range1d(0, 1), Range1d(0, 1)
    accuracy = framed_plot("training_accuracy", epochs, Range1d(0, 100), _HEIGHT, **_ROOM)
    loss = framed_plot("training_loss", epochs, losses, _HEIGHT + _FOOT, **_ROOM)
    percent = FixedTicker(ticks=[0, 50, 100])
    accuracy.add_layout(axis(percent, text("train.accuracy_axis")), "left")
    loss.add_layout(axis(BasicTicker(desired_num_ticks=2), text("train.loss")), "left")
    ticks = BasicTicker(desired_num_ticks=5, num_minor_ticks=0)
    loss.add_layout(axis(ticks, text("train.epoch_axis")), "below")
    for source, look in ((other, _RESTING), (shown, {})):
        for plot, quantity in ((accuracy, "accuracy"), (loss, "loss")):
            _add_line(plot, source, quantity, RING, look)
            _add_line(plot, source, f"validation_{quantity}", POSITIVE, look)
    for plot, quantity in ((accuracy, "accuracy"), (loss, "loss")):
        _add_line(plot, mark, quantity, SELECTED, {})
        _add_letters(plot, letters, quantity)
    return CurvePlots(
        column(accuracy, loss, sizing_mode="stretch_width", spacing=0), epochs, losses
    )


def _add_line(
    plot: Plot, source: ColumnDataSource, column: str, colour: str, look: dict[str, Any]
) -> None:
    plot.add_glyph(source, Line(x="epoch", y=column, line_color=colour, line_width=1.8, **look))


def _add_letters(plot: Plot, source: ColumnDataSource, column: str) -> None:
    """On a ground of their own, so that they can be read over the curves."""
    letters = Text(
        x="epoch",
        y=column,
        text="letter",
        x_offset=5,
        text_baseline="middle",
        text_color=RING,
        text_font_size=_LETTER_SIZE,
        text_font_style="bold",
        background_fill_color=GROUND,
        background_fill_alpha=0.7,
    )
    plot.add_glyph(source, letters)
