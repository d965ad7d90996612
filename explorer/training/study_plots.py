"""The plots of a study: accuracy against parameters and against width, a point for each seed.

What belongs to a number of hidden layers is told by the shape of its points and the dashes of its
line as well as by colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import ceil
from typing import Any, Final, NamedTuple

from bokeh.models import (
    ColumnDataSource,
    FixedTicker,
    GlyphRenderer,
    HoverTool,
    Legend,
    LegendItem,
    LogTicker,
    NumeralTickFormatter,
    Range1d,
    Ticker,
)
from bokeh.plotting import figure

from core.training.study import Result, Row, architecture, table
from explorer.diagram.axes import GRID
from explorer.diagram.palette import CAPTION, GROUND, NEGATIVE, POSITIVE, RING, SELECTED
from explorer.texts import number, percent, text

#: As many shapes as there can be hidden layers; the first few differ most.
_MARKERS: Final = (
    *("circle", "square", "triangle", "diamond", "inverted_triangle", "hex", "star"),
    *("square_pin", "triangle_pin", "circle_cross", "square_cross", "diamond_cross"),
    *("circle_x", "square_x", "circle_dot", "square_dot"),
)
_DIVERGED: Final = "x"
_COLOURS: Final = (POSITIVE, SELECTED, RING, NEGATIVE, CAPTION)
_DASHES: Final = ("solid", "dashed", "dotted", "dotdash", "dashdot")

_HEIGHT: Final = 370
_LEGEND_COLUMNS, _LEGEND_ROW = 2, 24
_SIZE: Final = 11
_LINE: Final = 1.5

_MARGIN: Final = 0.15
"""Room above and below the points, as a share of the range that they fill."""

_ROOM: Final = 1.25
"""By which factor the axes of parameters and of widths go on beyond the points."""

_APART: Final = 1.03
"""By which factor the points of one width stand apart, so that numbers of layers do not hide."""


def point_columns(results: Sequence[Result]) -> dict[str, list[Any]]:
    """A point for each result; one whose training diverged lies at the foot of the plots."""
    low, high = _accuracy_range(results)
    foot = low + (high - low) * _MARGIN / 4
    depths = [len(each.hidden) for each in results]
    middle = (len(set(depths)) - 1) / 2
    places = {depth: place for place, depth in enumerate(sorted(set(depths)))}
    return {
        "parameters": [each.n_parameters for each in results],
        "width": [
            each.hidden[0] * _APART ** (places[depth] - middle)
            for each, depth in zip(results, depths, strict=True)
        ],
        "accuracy": [_percent(each, foot) for each in results],
        "marker": [
            _DIVERGED if each.accuracy is None else _style(_MARKERS, depth)
            for each, depth in zip(results, depths, strict=True)
        ],
        "colour": [_style(_COLOURS, depth) for depth in depths],
        "hidden": [architecture(each.hidden) for each in results],
        "seed": [str(each.seed) for each in results],
        "outcome": [_outcome(each) for each in results],
        "seconds": [number(each.seconds, 1) for each in results],
    }


class _Axis(NamedTuple):
    """What the accuracy is shown against: a column of the points, in words and in ticks."""

    column: str
    title: str
    label: str
    values: list[int]
    ticker: Ticker

    def value_of(self, row: Row) -> int:
        """Where an architecture stands on it."""
        return row.n_parameters if self.column == "parameters" else row.hidden[0]


def accuracy_plots(source: ColumnDataSource, results: Sequence[Result]) -> list[figure]:
    """Both plots, whose points are those of ``source``."""
    rows = table(results)
    parameters = _Axis(
        "parameters",
        text("study.by_parameters"),
        text("study.parameters_axis"),
        sorted({row.n_parameters for row in rows}),
        LogTicker(mantissas=[1, 2, 5], desired_num_ticks=3),
    )
    widths = sorted({row.hidden[0] for row in rows})
    width = _Axis(
        "width",
        text("study.by_width"),
        text("study.width_axis"),
        widths,
        FixedTicker(ticks=widths),
    )
    return [_plot(source, results, axis) for axis in (parameters, width)]


def _plot(source: ColumnDataSource, results: Sequence[Result], axis: _Axis) -> figure:
    plot = figure(
        title=axis.title,
        x_axis_label=axis.label,
        y_axis_label=text("study.accuracy_axis"),
        x_axis_type="log",
        x_range=_range(axis.values),
        y_range=Range1d(*_accuracy_range(results)),
        height=_HEIGHT,
        sizing_mode="stretch_width",
        tools="",
        toolbar_location=None,
    )
    plot.xaxis.ticker = axis.ticker
    plot.xaxis.formatter = NumeralTickFormatter(format="0,0")
    _draw_means(plot, axis, table(results))
    points = _draw_points(plot, axis, source)
    items = _legend_items(points, results)
    plot.add_layout(Legend(items=items, ncols=_LEGEND_COLUMNS), "below")
    plot.height += _LEGEND_ROW * ceil(len(items) / _LEGEND_COLUMNS)
    plot.add_tools(HoverTool(renderers=[points], tooltips=_tooltips()))
    _paint_dark(plot)
    return plot


def _draw_means(plot: figure, axis: _Axis, rows: Sequence[Row]) -> None:
    """A line through the mean accuracies of each number of hidden layers."""
    for depth, group in groupby(rows, lambda row: len(row.hidden)):
        means = {axis.value_of(row): row.accuracy for row in group if row.accuracy is not None}
        plot.line(
            list(means),
            [100 * accuracy for accuracy in means.values()],
            line_color=_style(_COLOURS, depth),
            line_dash=_style(_DASHES, depth),
            line_width=_LINE,
        )


def _draw_points(plot: figure, axis: _Axis, source: ColumnDataSource) -> GlyphRenderer:
    return plot.scatter(
        axis.column,
        "accuracy",
        source=source,
        marker="marker",
        size=_SIZE,
        fill_color="colour",
        fill_alpha=0.6,
        line_color="colour",
        line_width=_LINE,
    )


def _legend_items(points: GlyphRenderer, results: Sequence[Result]) -> list[LegendItem]:
    """One for each number of hidden layers and one for what diverged, as the points show them."""
    first: dict[tuple[bool, int], int] = {}
    for index, each in enumerate(results):
        diverged = each.accuracy is None
        first.setdefault((diverged, 0 if diverged else len(each.hidden)), index)
    return [
        LegendItem(
            label=text("study.diverged") if diverged else text("study.layers", count=depth),
            renderers=[points],
            index=index,
        )
        for (diverged, depth), index in sorted(first.items())
    ]


def _tooltips() -> list[tuple[str, str]]:
    return [
        (text("study.hidden"), "@hidden"),
        (text("study.seed"), "@seed"),
        (text("study.accuracy"), "@outcome"),
        (text("study.parameters"), "@parameters{0,0}"),
        (text("study.seconds"), "@seconds"),
    ]


def _paint_dark(plot: figure) -> None:
    plot.background_fill_color = plot.border_fill_color = GROUND
    plot.outline_line_color = GRID
    plot.title.text_color = RING
    plot.title.text_font_size = "16px"
    plot.grid.grid_line_color = GRID
    plot.axis.axis_label_text_color = plot.axis.major_label_text_color = CAPTION
    plot.axis.axis_label_text_font_style = "normal"
    plot.axis.axis_label_text_font_size = plot.axis.major_label_text_font_size = "13px"
    plot.axis.axis_line_color = plot.axis.major_tick_line_color = CAPTION
    plot.axis.minor_tick_line_color = None
    plot.legend.background_fill_color = plot.legend.border_line_color = GROUND
    plot.legend.label_text_color = RING
    plot.legend.orientation = "horizontal"
    plot.legend.location = "top_left"


def _accuracy_range(results: Iterable[Result]) -> tuple[float, float]:
    """What the axis of accuracy shows, in per cent: all points, and some room around them."""
    found = [100 * each.accuracy for each in results if each.accuracy is not None]
    if not found:
        return 0.0, 100.0
    margin = max(_MARGIN * (max(found) - min(found)), 1.0)
    return max(min(found) - margin, -1.0), min(max(found) + margin, 101.0)


def _range(values: Sequence[int]) -> Range1d:
    if not values:
        return Range1d(1, 10)
    return Range1d(values[0] / _ROOM, values[-1] * _ROOM)


def _percent(result: Result, foot: float) -> float:
    return foot if result.accuracy is None else 100 * result.accuracy


def _outcome(result: Result) -> str:
    if result.accuracy is None:
        return text("study.diverged")
    return percent(result.accuracy, 2)


def _style(styles: Sequence[str], depth: int) -> str:
    """How a number of hidden layers looks: the same in every study."""
    return styles[(depth - 1) % len(styles)]
