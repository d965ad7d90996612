"""A plot that is built when it is first seen: plots take most of the time of opening a place."""

from __future__ import annotations

from pathlib import Path

from bokeh.models import Plot
from panel.custom import Child
from panel.layout import Column
from panel.pane import Bokeh

from explorer.transport.component import LiveComponent


class PlotPart(LiveComponent):
    """A plot in a part of its own: what its sources are told before it has come waits for it."""

    script = Path(__file__).with_name("plot_part.js")
    bundle = "testing"

    plot = Child(doc="The plot.")

    def __init__(self, plot: Plot) -> None:
        shown = Bokeh(plot, sizing_mode="stretch_width")
        super().__init__(plot=shown, sizing_mode="stretch_width")


class PlotRoom(Column):
    """The place of plots that come later, each as wide as it."""

    def __init__(self) -> None:
        super().__init__(sizing_mode="stretch_width")

    @property
    def is_empty(self) -> bool:
        """Whether no plot has come yet."""
        return not self.objects

    def add(self, plot: Plot, owner: LiveComponent) -> None:
        """Put a plot into it, which is the owner's."""
        self.append(owner.adopt(PlotPart(plot)))
