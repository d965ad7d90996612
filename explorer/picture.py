"""The Bokeh figure of a network: its data sources, and the glyphs that draw them."""

from __future__ import annotations

import numpy as np
from bokeh.core.properties import value
from bokeh.models import (
    ColumnDataSource,
    CustomJS,
    GlyphRenderer,
    HoverTool,
    Range1d,
)
from bokeh.plotting import figure

from core.network import Network
from explorer import edges, palette
from explorer.geometry import HEIGHT, SIDE, WIDTH, Geometry

_LABEL_GAP = 4.2
_VEIL_RIGHT, _VEIL_BOTTOM = 102.3, 5.5
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"

#: Text keeps its proportion to the picture: the figure tells its height, the text follows.
_SCALE_TEXT = """
for (const [glyph, units] of sizes)
    glyph.text_font_size = {value: `${Math.max(10, units * figure.inner_height / 100)}px`}
"""

#: Edges that lie under the pointer's neuron glow at once: the browser needs no server for it.
_EMPTY_EDGES = ("x0", "y0", "x1", "y1", "colour", "alpha", "width", "weight", "source", "target")


class Sources:
    """The data of the picture. Only `activation` columns change while somebody draws."""

    def __init__(self, network: Network, geometry: Geometry) -> None:
        columns = edges.edge_columns(network, geometry)
        self.edges = ColumnDataSource({**columns, **edges.faint_look(columns)}, name="edges")
        self.selected_edges = ColumnDataSource(_nothing(), name="selected_edges")
        self.inputs = ColumnDataSource(_lattice_columns(geometry), name="inputs")
        self.neurons = ColumnDataSource(_neuron_columns(geometry), name="neurons")
        self.winner = ColumnDataSource({"x": [], "y": []}, name="winner")
        self.selection = ColumnDataSource({"x": [], "y": [], "radius": []}, name="selection")
        self.veil = ColumnDataSource(veil(drawn=False), name="veil")


def veil(drawn: bool) -> dict[str, list[float]]:
    """What dims all edges, but neither digits nor captions, while a few are looked at."""
    left, right, bottom, top = 0.0, _VEIL_RIGHT, _VEIL_BOTTOM, HEIGHT
    place = {
        "x": (left + right) / 2,
        "y": (bottom + top) / 2,
        "width": right - left,
        "height": top - bottom,
    }
    return {name: [value] if drawn else [] for name, value in place.items()}


def _nothing() -> dict[str, list[object]]:
    return {name: [] for name in _EMPTY_EDGES}


def _lattice_columns(geometry: Geometry) -> dict[str, object]:
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    return {
        "x": geometry.positions[0][:, 0],
        "y": geometry.positions[0][:, 1],
        "row": row.astype(np.uint8),
        "column": column.astype(np.uint8),
        "activation": np.zeros(SIDE * SIDE, dtype=np.float32),
    }


def _neuron_columns(geometry: Geometry) -> dict[str, object]:
    layers, sizes = geometry.positions[1:], [len(layer) for layer in geometry.positions[1:]]
    x, y = np.concatenate(layers).T
    return {
        "x": x,
        "y": y,
        "radius": np.repeat(geometry.radii[1:], sizes).astype(np.float32),
        "layer": np.repeat(np.arange(1, len(sizes) + 1), sizes).astype(np.uint8),
        "index": np.concatenate([np.arange(size) for size in sizes]).astype(np.uint8),
        "activation": np.zeros(sum(sizes), dtype=np.float32),
    }


def network_figure(sources: Sources, geometry: Geometry) -> figure:
    """Draw the sources, the edges beneath and all that changes with a stroke on top."""
    plot = _empty_figure()
    _draw_edges(plot, sources.edges, level="underlay")
    plot.rect(
        "x",
        "y",
        "width",
        "height",
        source=sources.veil,
        level="overlay",
        fill_color=palette.GROUND,
        fill_alpha=0.8,
        line_color=None,
    )
    selected = _draw_edges(plot, sources.selected_edges, level="overlay")
    lattice, neurons = _draw_circles(plot, sources, geometry)
    _draw_marks(plot, sources)
    _draw_text(plot, geometry)
    plot.add_tools(*_hover_tools(lattice, neurons, selected))
    return plot


def _empty_figure() -> figure:
    plot = figure(
        name="network",
        x_range=Range1d(0, WIDTH),
        y_range=Range1d(0, HEIGHT),
        sizing_mode="stretch_both",
        toolbar_location=None,
        tools="",
        min_border=0,
        background_fill_color=palette.GROUND,
        border_fill_color=palette.GROUND,
        outline_line_color=None,
        lod_threshold=None,
        stylesheets=[":host { --highlight-color: transparent }"],
    )
    plot.axis.visible = False
    plot.grid.visible = False
    return plot


def _draw_edges(plot: figure, source: ColumnDataSource, level: str) -> GlyphRenderer:
    return plot.segment(
        "x0",
        "y0",
        "x1",
        "y1",
        source=source,
        level=level,
        line_color="colour",
        line_alpha="alpha",
        line_width="width",
    )


def _draw_circles(
    plot: figure, sources: Sources, geometry: Geometry
) -> tuple[GlyphRenderer, GlyphRenderer]:
    lattice = plot.circle(
        "x",
        "y",
        radius=geometry.radii[0],
        source=sources.inputs,
        level="overlay",
        fill_color=palette.RING,
        fill_alpha="activation",
        line_color=palette.RING,
        line_alpha=0.22,
        line_width=0.75,
    )
    plot.circle(
        "x",
        "y",
        radius="radius",
        source=sources.neurons,
        level="overlay",
        fill_color=palette.GROUND,
        line_color=None,
    )
    neurons = plot.circle(
        "x",
        "y",
        radius="radius",
        source=sources.neurons,
        level="overlay",
        fill_color=palette.RING,
        fill_alpha="activation",
        line_color=palette.RING,
        line_width=1.75,
    )
    return lattice, neurons


def _draw_marks(plot: figure, sources: Sources) -> None:
    plot.circle(
        "x",
        "y",
        radius="radius",
        source=sources.selection,
        level="overlay",
        fill_color=None,
        line_color=palette.SELECTED,
        line_width=3,
    )
    plot.rect(
        "x",
        "y",
        11.4,
        5.6,
        source=sources.winner,
        level="overlay",
        border_radius=4,
        fill_color=None,
        line_color=palette.SELECTED,
        line_width=2,
    )


def _draw_text(plot: figure, geometry: Geometry) -> None:
    outputs = geometry.positions[-1]
    digits = plot.text(
        outputs[:, 0] + _LABEL_GAP,
        outputs[:, 1],
        [str(digit) for digit in range(len(outputs))],
        text_color=palette.RING,
        text_font=value(_FONT),
        text_align="center",
        text_baseline="middle",
        level="underlay",
    )
    captions = plot.text(
        [float(layer[:, 0].mean()) for layer in geometry.positions],
        [2.6] * len(geometry.positions),
        [_caption(number, len(layer)) for number, layer in enumerate(geometry.positions)],
        text_color=palette.CAPTION,
        text_font=value(_FONT),
        text_align="center",
        text_baseline="middle",
        level="underlay",
    )
    sizes = [(digits.glyph, 3.7), (captions.glyph, 2.5)]
    plot.js_on_change(
        "inner_height", CustomJS(args={"figure": plot, "sizes": sizes}, code=_SCALE_TEXT)
    )


def _caption(layer: int, size: int) -> str:
    return f"{size} {'pixels' if layer == 0 else 'neurons'}"


def _hover_tools(
    lattice: GlyphRenderer, neurons: GlyphRenderer, selected: GlyphRenderer
) -> list[HoverTool]:
    """Numbers under the pointer, for circles and for the few edges of a selected neuron.

    Asking all edges would cost a frame and name one of hundreds that lie under the pointer.
    """
    hints = [
        (lattice, "pixel (@column, @row) · activation @activation{0.000000}"),
        (neurons, "neuron @layer:@index · activation @activation{0.000000}"),
        (selected, "weight @weight{0.000000} from @source to @target"),
    ]
    return [
        HoverTool(renderers=[renderer], tooltips=text, visible=False) for renderer, text in hints
    ]
