"""The Bokeh figure of a network: its data sources, and the glyphs that draw them."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from math import isqrt
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
from explorer.diagram.geometry import WIDTH
from explorer.diagram.layout import Layout
from explorer.diagram.shown import Shown
from explorer.texts import number, on_plot, text
from explorer.texts.names import neuron_name

_LABEL_GAP = 4.2
_CAPTION_Y, _WEIGHTS_Y = 4.1, 1.5
_GHOST = np.float32(1.32)

#: How high a caption is, in units of the picture.
CAPTION_HEIGHT = 1.9

#: Of a caption, with the space between two of them.
_LETTER_WIDTH = 0.6 * CAPTION_HEIGHT

#: How wide and how opaque the rings of circles are: in columns, and as small as in feature maps.
_RIM, _RIM_ALPHA = (1.75, 0.75), (1.0, 0.35)

#: Between two columns, if a caption of several words shall have room on a phone too.
_ROOM_FOR_WORDS = 16.0

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

    def __init__(self, layout: Layout) -> None:
        # One for all: Bokeh would make one for each.
        new = partial(ColumnDataSource, selection_policy=UnionRenderers())
        self.neurons = new(_neuron_columns(layout), name="neurons")
        self.digit_labels = new(layout.labels.columns(layout.geometry), name="digit_labels")
        self.layer_captions = new(_captions(layout), name="layer_captions")
        self.weight_counts = new(_weight_counts(layout), name="weight_counts")
        # Edges are worked out in the browser, from weights and places, and stay there.
        self.edges = new(_NO_EDGES, name="edges", syncable=False)
        self.hovered_edges = new(_NO_EDGES, name="hovered_edges", syncable=False)
        self.selected_edges = new(_NO_EDGES, name="selected_edges", syncable=False)
        # What dims all edges, but neither circles nor texts, while a few are looked at: in the
        # browser too.
        nothing: dict[str, list[float]] = {name: [] for name in ("x", "y", "width", "height")}
        self.veil = new(nothing, name="veil", syncable=False)
        self.inputs = new(_lattice_columns(layout), name="inputs")
        self.rings = new(_ring_columns(layout), name="rings")
        self.ghost = new(ghost(layout, None), name="ghost")
        self.winner = new(layout.labels.box(layout.geometry, None), name="winner")
        self.selection = new({"x": [], "y": [], "radius": []}, name="selection")

    def placed(self, layout: Layout) -> list[tuple[ColumnDataSource, dict[str, Any]]]:
        """What they hold for another shape or a network of other sizes, all its neurons off."""
        return [
            (self.inputs, _lattice_columns(layout)),
            (self.rings, _ring_columns(layout)),
            (self.digit_labels, layout.labels.columns(layout.geometry)),
            (self.weight_counts, _weight_counts(layout)),
            *self.chosen(layout),
        ]

    def chosen(self, layout: Layout) -> list[tuple[ColumnDataSource, dict[str, Any]]]:
        """What they hold where other neurons of the same network stand in the picture."""
        return [(self.neurons, _neuron_columns(layout)), (self.layer_captions, _captions(layout))]


def ghost(layout: Layout, activations: Floats | None) -> dict[str, object]:
    """Thin rings around the neurons, as bright as the activations that are held."""
    columns = _neuron_columns(layout)
    shown = {name: columns[name] for name in ("x", "y", "radius")}
    if activations is None:
        return {name: [] for name in (*shown, "activation", "brightness")}
    return {
        **shown,
        "radius": columns["radius"] * _GHOST,
        "activation": activations,
        "brightness": brightness(activations, columns["full"]),
    }


def _pixel_places(layout: Layout) -> dict[str, object]:
    x, y = layout.geometry.positions[0].T
    return {"x": x, "y": y}


def _ring_columns(layout: Layout) -> dict[str, object]:
    places = _pixel_places(layout)
    return {**places, "radius": np.full(layout.sizes[0], layout.geometry.radii[0], np.float32)}


def _lattice_columns(layout: Layout) -> dict[str, object]:
    row, column = np.divmod(np.arange(layout.sizes[0]), isqrt(layout.sizes[0]))
    return {
        **_ring_columns(layout),
        # As people count them.
        "row": (row + 1).astype(np.uint8),
        "column": (column + 1).astype(np.uint8),
        "activation": np.zeros(layout.sizes[0], dtype=np.float32),
    }


def _neuron_columns(layout: Layout) -> dict[str, Any]:
    geometry, counts, maps = layout.geometry, layout.shown.counts[1:], layout.shown.maps
    x, y = np.concatenate(geometry.positions[1:]).T
    return {
        "x": x,
        "y": y,
        "radius": np.repeat(geometry.radii[1:], counts).astype(np.float32),
        "rim": np.repeat([_RIM[bool(one)] for one in maps], counts).astype(np.float32),
        "rim_alpha": np.repeat([_RIM_ALPHA[bool(one)] for one in maps], counts).astype(np.float32),
        "layer": np.repeat(np.arange(1, len(counts) + 1), counts).astype(np.int32),
        "index": np.concatenate(layout.shown.numbers[1:]).astype(np.int32),
        "name": _names(layout),
        "activation": np.zeros(sum(counts), dtype=np.float32),
        "full": np.repeat(layout.full, counts).astype(np.float32),
        "brightness": np.zeros(sum(counts), dtype=np.float32),
    }


def _names(layout: Layout) -> list[str]:
    numbers, labels, maps = layout.shown.numbers, layout.labels.texts, layout.shown.maps
    return [
        neuron_name(layer, number, len(numbers), labels=labels, maps=maps[layer - 1])
        for layer in range(1, len(numbers))
        for number in numbers[layer].tolist()
    ]


class Picture:
    """The plot of a network: the edges beneath, and all that changes with a stroke on top.

    The glyphs are put into a bare `Plot`: `bokeh.plotting.figure` would add axes, grids and
    four more glyphs to each renderer, which every page would build, send and never show.

    ``layout`` is what stands where now: `Stage` puts another one there.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.sources = sources = Sources(layout)
        across, up = Range1d(0, WIDTH), Range1d(0, layout.geometry.height)
        self.plot = plot = empty_plot("network", across, up)
        self._everything = AllIndices()
        self.edges = self._add(sources.edges, glyphs.edges(), level="underlay")
        self._add(sources.veil, glyphs.veil(), level="glyph")
        self._add(sources.rings, glyphs.pixel_rings(), level="guide")
        selected = self._add(sources.selected_edges, glyphs.edges(), level="glyph")
        self._add(sources.hovered_edges, glyphs.edges(), level="overlay")
        self.lattice = self._add(sources.inputs, glyphs.pixels(), level="overlay")
        self._add(sources.neurons, glyphs.ground(), level="overlay")
        self.neurons = self._add(sources.neurons, glyphs.neurons(), level="overlay")
        self._add(sources.ghost, glyphs.ghost_ring(), level="overlay")
        self._add(sources.selection, glyphs.selection_ring(), level="overlay")
        self._add(sources.winner, glyphs.winner_box(), level="overlay")
        ring, caption = palette.RING, palette.CAPTION
        self.digits = self._add(sources.digit_labels, glyphs.label(ring, align="align"))
        self.captions = self._add(sources.layer_captions, glyphs.label(caption))
        self.counts = self._add(sources.weight_counts, glyphs.label(caption), syncable=False)
        plot.add_tools(*glyphs.hover_tools(self.lattice, self.neurons, selected))

    def _add(self, source: ColumnDataSource, glyph: Glyph, **options: Any) -> GlyphRenderer:
        """Bokeh would make a filter that lets everything through for each of them."""
        return self.plot.add_glyph(source, glyph, view=CDSView(filter=self._everything), **options)


def empty_plot(name: str, x_range: Range1d, y_range: Range1d) -> Plot:
    """A plot that is nothing but its ranges; it reads from left to right in every language."""
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
        styles={"direction": "ltr"},
        stylesheets=[".bk-Canvas { --outline-style: none }"],
    )


def _captions(layout: Layout) -> dict[str, Any]:
    middles = _middles(layout)
    are_far = len(middles) < 3 or middles[2] - middles[1] >= _ROOM_FOR_WORDS
    if any(layout.shown.maps):  # their captions are longer
        are_far = layout.geometry.height <= WIDTH
    texts = [_caption(layout.shown, layer, are_far) for layer in range(len(middles))]
    return _line_of_text(middles, _CAPTION_Y, texts)


def _weight_counts(layout: Layout) -> dict[str, Any]:
    """Between two layers, how many weights join them; the number alone where it is narrow."""
    between = [(before + after) / 2 for before, after in pairwise(_middles(layout))]
    counts = _counts_of_weights(layout.shown)
    texts = [_count_of_weights(*each) for each in zip(layout.shown.edges, counts, strict=True)]
    needed = [_LETTER_WIDTH * (len(left) + len(right)) / 2 for left, right in pairwise(texts)]
    if (np.diff(between) < needed).any():
        texts[1:] = map(number, counts[1:])
    return _line_of_text(between, _WEIGHTS_Y, texts)


def _counts_of_weights(shown: Shown) -> list[int]:
    """How many weights each layer has; of feature maps, how many different ones."""
    pairs = zip(pairwise(shown.sizes), shown.maps, strict=True)
    return [maps.count * maps.n_seen if maps else before * after for (before, after), maps in pairs]


def _count_of_weights(drawn: int, count: int) -> str:
    if drawn >= count:
        return text("stage.weights", count=count)
    return text("stage.weights_shown", shown=number(drawn), count=count)


def _middles(layout: Layout) -> list[float]:
    return [float(layer[:, 0].mean()) for layer in layout.geometry.positions]


def _line_of_text(x: list[float], y: float, texts: list[str]) -> dict[str, Any]:
    return {"x": x, "y": [y] * len(x), "text": list(map(on_plot, texts))}


def _caption(all_shown: Shown, layer: int, has_room: bool) -> str:
    shown, size = all_shown.counts[layer], all_shown.sizes[layer]
    if layer == 0:
        return text("stage.pixels", count=size)
    if maps := all_shown.maps[layer - 1]:
        about = {"count": maps.count, "side": maps.side}
        return text("stage.maps", **about) if has_room else text("stage.maps_narrow", **about)
    if shown == size:
        return text("stage.neurons", count=size)
    if has_room:
        return text("stage.shown", shown=shown, size=size)
    return text("stage.shown_narrow", shown=shown, size=size)
