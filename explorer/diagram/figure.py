"""The Bokeh figure of a network: its data sources, and the glyphs that draw them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from bokeh.models import (
    AllIndices,
    CDSView,
    ColumnDataSource,
    Glyph,
    GlyphRenderer,
    Plot,
    Range1d,
    UnionRenderers,
)

from core.nn.display_scale import brightness
from explorer.diagram import glyphs, palette
from explorer.diagram.geometry import SIDE, WIDTH, Geometry
from explorer.texts import number, text
from explorer.texts.names import neuron_name

_LABEL_GAP = 4.2
_CAPTION_Y, _WEIGHTS_Y = 4.1, 1.5
_GHOST = np.float32(1.32)

#: Heights of the texts in units of the picture: digits, captions.
DIGIT_HEIGHT, CAPTION_HEIGHT = 3.4, 1.9

#: Of a caption, with the space between two of them.
_LETTER_WIDTH = 0.6 * CAPTION_HEIGHT

_NO_EDGES: dict[str, list[float]] = {
    column: []
    for column in (
        "x0",
        "y0",
        "x1",
        "y1",
        "alpha",
        "width",
        "carried",
        "layer",
        "source",
        "target",
        "weight",
    )
}


Floats = npt.NDArray[np.float32]


class Sources:
    """The data of the picture. Only `activation` and the winner change while somebody draws."""

    def __init__(self, geometry: Geometry, full: Sequence[float]) -> None:
        """`full` is the activation of full brightness in each layer, from 1 on."""
        # One for all: Bokeh would make one for each.
        new = partial(ColumnDataSource, selection_policy=UnionRenderers())
        self.neurons = new(_neuron_columns(geometry, full), name="neurons")
        self.digit_labels = new(_digit_labels(geometry), name="digit_labels")
        self.layer_captions = new(_captions(geometry), name="layer_captions")
        self.weight_counts = new(_weight_counts(geometry), name="weight_counts")
        # Edges are worked out in the browser, from weights and places, and stay there.
        self.edges = new(_NO_EDGES, name="edges", syncable=False)
        self.hovered_edges = new(_NO_EDGES, name="hovered_edges", syncable=False)
        self.selected_edges = new(_NO_EDGES, name="selected_edges", syncable=False)
        # What dims all edges, but neither circles nor texts, while a few are looked at: in the
        # browser too.
        nothing: dict[str, list[float]] = {name: [] for name in ("x", "y", "width", "height")}
        self.veil = new(nothing, name="veil", syncable=False)
        self.inputs = new(_lattice_columns(geometry), name="inputs")
        self.rings = new(_pixel_places(geometry), name="rings")
        self.ghost = new(ghost(geometry, full, None), name="ghost")
        self.winner = new({"x": [], "y": []}, name="winner")
        self.selection = new({"x": [], "y": [], "radius": []}, name="selection")

    def placed(
        self, geometry: Geometry, full: Sequence[float]
    ) -> list[tuple[ColumnDataSource, dict[str, Any]]]:
        """What they hold for another shape or a network of other sizes, all its neurons off."""
        return [
            (self.inputs, _lattice_columns(geometry)),
            (self.rings, _pixel_places(geometry)),
            (self.neurons, _neuron_columns(geometry, full)),
            (self.digit_labels, _digit_labels(geometry)),
            (self.layer_captions, _captions(geometry)),
            (self.weight_counts, _weight_counts(geometry)),
        ]


def ghost(
    geometry: Geometry, full: Sequence[float], activations: Floats | None
) -> dict[str, object]:
    """Thin rings around the neurons, as bright as the activations that are held."""
    columns = _neuron_columns(geometry, full)
    shown = {name: columns[name] for name in ("x", "y", "radius")}
    if activations is None:
        return {name: [] for name in (*shown, "activation", "brightness")}
    return {
        **shown,
        "radius": columns["radius"] * _GHOST,
        "activation": activations,
        "brightness": brightness(activations, columns["full"]),
    }


def _pixel_places(geometry: Geometry) -> dict[str, object]:
    return {"x": geometry.positions[0][:, 0], "y": geometry.positions[0][:, 1]}


def _lattice_columns(geometry: Geometry) -> dict[str, object]:
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    return {
        **_pixel_places(geometry),
        # As people count them.
        "row": (row + 1).astype(np.uint8),
        "column": (column + 1).astype(np.uint8),
        "activation": np.zeros(SIDE * SIDE, dtype=np.float32),
    }


def _neuron_columns(geometry: Geometry, full: Sequence[float]) -> dict[str, Any]:
    layers, sizes = geometry.positions[1:], [len(layer) for layer in geometry.positions[1:]]
    x, y = np.concatenate(layers).T
    return {
        "x": x,
        "y": y,
        "radius": np.repeat(geometry.radii[1:], sizes).astype(np.float32),
        "layer": np.repeat(np.arange(1, len(sizes) + 1), sizes).astype(np.int32),
        "index": np.concatenate([np.arange(size) for size in sizes]).astype(np.int32),
        "name": [
            neuron_name(layer, index, len(sizes) + 1)
            for layer, size in enumerate(sizes, start=1)
            for index in range(size)
        ],
        "activation": np.zeros(sum(sizes), dtype=np.float32),
        "full": np.repeat(full, sizes).astype(np.float32),
        "brightness": np.zeros(sum(sizes), dtype=np.float32),
    }


class Picture:
    """The plot of a network: the edges beneath, and all that changes with a stroke on top.

    The glyphs are put into a bare `Plot`: `bokeh.plotting.figure` would add axes, grids and
    four more glyphs to each renderer, which every page would build, send and never show.
    """

    def __init__(self, geometry: Geometry, full: Sequence[float]) -> None:
        self.sources = sources = Sources(geometry, full)
        self.plot = plot = empty_plot("network", Range1d(0, WIDTH), Range1d(0, geometry.height))
        self._everything = AllIndices()
        self.edges = self._add(sources.edges, glyphs.edges(), level="underlay")
        self._add(sources.veil, glyphs.veil(), level="glyph")
        self._add(sources.rings, glyphs.pixel_rings(geometry.radii[0]), level="guide")
        selected = self._add(sources.selected_edges, glyphs.edges(), level="glyph")
        self._add(sources.hovered_edges, glyphs.edges(), level="overlay")
        self.lattice = self._add(sources.inputs, glyphs.pixels(geometry.radii[0]), level="overlay")
        self._add(sources.neurons, glyphs.ground(), level="overlay")
        self.neurons = self._add(sources.neurons, glyphs.neurons(), level="overlay")
        self._add(sources.ghost, glyphs.ghost_ring(), level="overlay")
        self._add(sources.selection, glyphs.selection_ring(), level="overlay")
        self._add(sources.winner, glyphs.winner_box(), level="overlay")
        ring, caption = palette.RING, palette.CAPTION
        self.digits = self._add(sources.digit_labels, glyphs.label(ring))
        self.captions = self._add(sources.layer_captions, glyphs.label(caption))
        self.counts = self._add(sources.weight_counts, glyphs.label(caption), syncable=False)
        plot.add_tools(*glyphs.hover_tools(self.lattice, self.neurons, selected))

    def _add(self, source: ColumnDataSource, glyph: Glyph, **options: Any) -> GlyphRenderer:
        """Bokeh would make a filter that lets everything through for each of them."""
        return self.plot.add_glyph(source, glyph, view=CDSView(filter=self._everything), **options)


def empty_plot(name: str, x_range: Range1d, y_range: Range1d) -> Plot:
    """A plot that is nothing but its ranges."""
    return Plot(
        name=name,
        x_range=x_range,
        y_range=y_range,
        sizing_mode="stretch_both",
        toolbar_location=None,
        min_border=0,
        background_fill_color=palette.GROUND,
        border_fill_color=palette.GROUND,
        outline_line_color=None,
        lod_threshold=None,
        stylesheets=[".bk-Canvas { --outline-style: none }"],
    )


def _digit_labels(geometry: Geometry) -> dict[str, Any]:
    outputs = geometry.positions[-1]
    return {
        "x": outputs[:, 0] + np.float32(_LABEL_GAP),
        "y": outputs[:, 1],
        "text": [str(digit) for digit in range(len(outputs))],
    }


def _captions(geometry: Geometry) -> dict[str, Any]:
    sizes = map(len, geometry.positions)
    texts = [_caption(layer, size) for layer, size in enumerate(sizes)]
    return _line_of_text(_middles(geometry), _CAPTION_Y, texts)


def _weight_counts(geometry: Geometry) -> dict[str, Any]:
    """Between two layers, how many weights join them; the number alone where it is narrow."""
    middles = _middles(geometry)
    between = [(before + after) / 2 for before, after in pairwise(middles)]
    counts = [before * after for before, after in pairwise(map(len, geometry.positions))]
    texts = [text("stage.weights", count=count) for count in counts]
    needed = [_LETTER_WIDTH * (len(left) + len(right)) / 2 for left, right in pairwise(texts)]
    if (np.diff(between) < needed).any():
        texts[1:] = map(number, counts[1:])
    return _line_of_text(between, _WEIGHTS_Y, texts)


def _middles(geometry: Geometry) -> list[float]:
    return [float(layer[:, 0].mean()) for layer in geometry.positions]


def _line_of_text(x: list[float], y: float, texts: list[str]) -> dict[str, Any]:
    return {"x": x, "y": [y] * len(x), "text": texts}


def _caption(layer: int, size: int) -> str:
    return text("stage.pixels", count=size) if layer == 0 else text("stage.neurons", count=size)
