"""A confusion matrix: which digits are taken for which, to look at and to open cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import param
from bokeh.models import ColumnDataSource, Plot, Range1d, Rect
from panel.custom import Child
from panel.pane import Bokeh

from core.evaluation.metrics import Counts
from explorer.diagram import palette
from explorer.diagram.figure import empty_plot
from explorer.diagram.glyphs import label
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

DIGITS: Final = 10
_MARGIN: Final = 1  # for the digits at the edges, in cells
_ROWS, _COLUMNS = np.divmod(np.arange(DIGITS * DIGITS), DIGITS)


class ConfusionMatrix(LiveComponent):
    """Rows are true digits, columns what they were read as; a cell is as bright as its share."""

    script = Path(__file__).with_name("confusion_matrix.js")
    bundle = "testing"

    picture = Child(doc="The Bokeh plot.")
    texts = param.List(constant=True, doc="The renderers of its texts.")
    counts = param.List(default=[], doc="Rows of counts, shape (10, 10); empty before the first.")

    def __init__(self, open_cell: Callable[[int, int], None]) -> None:
        """``open_cell`` is told the true digit and the one that was read."""
        self._open_cell = open_cell
        self._cells = ColumnDataSource(_columns(np.zeros((DIGITS, DIGITS), np.int64)))
        self._cells.update(name="confusion", syncable=False)
        plot, texts = _drawn(self._cells)
        super().__init__(
            picture=Bokeh(plot, sizing_mode="stretch_both"),
            texts=texts,
            sizing_mode="stretch_width",
        )

    def show_counts(self, counts: Counts) -> None:
        """Show how often each digit (rows) was read as each (columns), shape (10, 10)."""
        if self.counts != counts.tolist():
            self.show_columns(self._cells, _columns(counts))
            self.show(counts=counts.tolist())

    def receive(self, message: Message) -> None:
        """A cell is opened."""
        match message:
            case {"type": "open", "cell": [true, predicted]}:
                self._open_cell(whole(true, DIGITS), whole(predicted, DIGITS))
            case _:
                raise NotUnderstoodError(message)


def _drawn(cells: ColumnDataSource) -> tuple[Plot, list[Any]]:
    """The plot, and its renderers of texts."""
    plot = empty_plot("matrix", Range1d(-_MARGIN, DIGITS), Range1d(DIGITS, -_MARGIN))
    square = Rect(
        x="x",
        y="y",
        width=1,
        height=1,
        fill_color="colour",
        line_color=palette.GROUND,
        line_width=1,
    )
    plot.add_glyph(cells, square)
    counts = label(palette.RING)
    counts.text_color = "ink"
    return plot, [plot.add_glyph(cells, counts), plot.add_glyph(_edges(), label(palette.CAPTION))]


def _edges() -> ColumnDataSource:
    """The digits above the columns and before the rows."""
    middles, edge = np.arange(DIGITS) + 0.5, np.full(DIGITS, -0.5)
    x, y = np.concatenate([middles, edge]), np.concatenate([edge, middles])
    return ColumnDataSource({"x": x, "y": y, "text": [*map(str, range(DIGITS))] * 2})


def _columns(counts: Counts) -> dict[str, Any]:
    shares = (counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)).ravel()
    return {
        "x": _COLUMNS + 0.5,
        "y": _ROWS + 0.5,
        "text": [str(count) if count else "" for count in counts.ravel().tolist()],
        "colour": palette.share_colours(shares),
        "ink": palette.inks_on(shares),
    }
