"""What the plots of the place Test have in common: two axes with larger words."""

from __future__ import annotations

from bokeh.models import FixedTicker, Plot, Range1d

from explorer.diagram import axes

_LEFT, _FOOT, _SIZE = 50, 40, 12


def plot_with_axes(
    name: str,
    ranges: tuple[Range1d, Range1d],
    height: int,
    across: tuple[list[float], str],
    up: tuple[list[float], str],
) -> Plot:
    """A plot; ``across`` and ``up`` are the ticks and the title of an axis each."""
    plot = axes.framed_plot(name, *ranges, height, min_border_left=_LEFT, min_border_bottom=_FOOT)
    for (ticks, title), side in ((up, "left"), (across, "below")):
        plot.add_layout(axes.axis(FixedTicker(ticks=ticks), title, _SIZE), side)
    return plot
