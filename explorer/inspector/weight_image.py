"""The incoming weights of a neuron as a picture, on one symmetric colour scale with its bar.

A neuron that looks at the pixels has an image of as many, and one that looks at feature maps has
all of these in a square; so has a pixel that such maps look at. Another deeper one has a tile for
each source: the small weight image of the neuron that the weight comes from, framed in the colour
of the weight. Of very many sources, those with the largest weights have one.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from bokeh.models import (
    BasicTicker,
    ColorBar,
    ColumnDataSource,
    GlyphRenderer,
    HoverTool,
    Image,
    LinearColorMapper,
    Plot,
    Range1d,
    Rect,
    Text,
)

from core.nn.image_network import labels
from core.nn.network import Network
from explorer.diagram import palette
from explorer.diagram.figure import empty_plot
from explorer.diagram.scales import steady
from explorer.diagram.tiles import farthest_from_zero, maps_beside, mosaic, square, tile
from explorer.state.session import Neuron, Session
from explorer.texts import text
from explorer.texts.names import name_in

_FRAME = 0.06

#: How wide and high the picture is, in units of its own.
_EXTENT: Final = 28


class WeightPicture:
    """One figure that shows the weights of whichever neuron it is told."""

    def __init__(self, session: Session, image: ColumnDataSource, tiles: ColumnDataSource) -> None:
        self._session = session
        self._mapper = LinearColorMapper(palette=palette.weight_palette(), low=-1, high=1)
        self._image = image
        self._tiles = tiles
        self.figure = self._draw()

    def show(self, neuron: Neuron | None) -> None:
        """Draw the weights into (of an input: out of) a neuron; nothing for none."""
        image, tiles = _no_image(), _no_tiles()
        if neuron is not None:
            weights = _weights(self._session.network, neuron)
            limit = self._limit(neuron)
            self._mapper.update(low=-limit, high=limit)
            maps = maps_beside(self._session.network, neuron.layer)
            if neuron.layer == 1:
                image = {"image": [square(weights)]}
            elif maps:
                image = {"image": [mosaic(weights, maps)]}
            else:
                tiles = _tile_columns(self._session.network, neuron, weights)
        self._image.data, self._tiles.data = image, tiles

    def _limit(self, neuron: Neuron) -> float:
        """The |weight| of full colour."""
        largest = float(np.abs(_weights(self._session.original, neuron)).max())
        return steady(self._session, largest) or 1.0

    def _draw(self) -> Plot:
        plot = empty_plot("weight_picture", Range1d(0, _EXTENT), Range1d(_EXTENT, 0))
        plot.update(background_fill_color="#000000", border_fill_color=None)
        whole = Image(image="image", x=0, y=0, dw=_EXTENT, dh=_EXTENT, color_mapper=self._mapper)
        pixels = plot.add_glyph(self._image, whole)
        tiles = plot.add_glyph(self._tiles, _frame(self._mapper))
        plot.add_glyph(self._tiles, _thumbnails())
        plot.add_glyph(self._tiles, _number())
        plot.add_tools(
            _hover(
                pixels,
                text("weights.over_pixel", weight="@image{0.00}"),
            ),
            _hover(tiles, text("weights.over_tile", name="@name", weight="@weight{0.00}")),
        )
        plot.add_layout(_colour_bar(self._mapper), "below")
        return plot


def _frame(mapper: LinearColorMapper) -> Rect:
    colour = {"field": "weight", "transform": mapper}
    return Rect(x="x", y="y", width="side", height="side", line_color=None, fill_color=colour)


def _thumbnails() -> Image:
    mapper = LinearColorMapper(palette=palette.weight_palette(), low=-1, high=1)
    return Image(image="image", x="left", y="top", dw="inner", dh="inner", color_mapper=mapper)


def _number() -> Text:
    """Which neuron a tile is."""
    return Text(
        x="left",
        y="top",
        text="text",
        text_baseline="top",
        x_offset=2,
        y_offset=1,
        text_color=palette.RING,
        text_font_size="11px",
    )


def _weights(network: Network, neuron: Neuron) -> npt.NDArray[np.float32]:
    layers = network.layers
    if neuron.layer == 0:
        return np.asarray(layers[0].weights[:, neuron.number])
    return np.asarray(layers[neuron.layer - 1].weights[neuron.number])


def image_source() -> ColumnDataSource:
    """The weights of a first-layer neuron as `image`, (side, side), row 0 at the top."""
    return ColumnDataSource(_no_image(), name="weights")


def tile_source() -> ColumnDataSource:
    """The tiles of the sources of a deeper neuron, which are `index` of `layer`."""
    return ColumnDataSource(_no_tiles(), name="weight_tiles")


def _no_image() -> dict[str, list[Any]]:
    return {"image": []}


def _no_tiles() -> dict[str, list[Any]]:
    return {
        name: []
        for name in (
            *("image", "x", "y", "left", "top", "side", "inner"),
            *("weight", "name", "text", "layer", "index"),
        )
    }


def _tile_columns(
    network: Network, neuron: Neuron, weights: npt.NDArray[np.float32]
) -> dict[str, Any]:
    """Tiles in reading order on the square of the figure, one for each weight that has one."""
    other = 1 if neuron.layer == 0 else neuron.layer - 1
    chosen = farthest_from_zero(weights)
    in_row = int(np.ceil(np.sqrt(len(chosen))))
    row, column = np.divmod(np.arange(len(chosen)), in_row)
    pitch = _EXTENT / in_row
    side, inner = pitch * (1 - _FRAME), pitch * (1 - 5 * _FRAME)
    return {
        "image": [_thumbnail(network, Neuron(other, index)) for index in chosen],
        "x": (column + 0.5) * pitch,
        "y": (row + 0.5) * pitch,
        "left": (column + 0.5) * pitch - inner / 2,
        "top": (row + 0.5) * pitch - inner / 2,
        "side": np.full(len(chosen), side),
        "inner": np.full(len(chosen), inner),
        "weight": weights[chosen],
        "name": [name_in(network, other, index) for index in chosen],
        "layer": np.full(len(chosen), other),
        "index": np.array(chosen),
        "text": [_short(network, other, index) for index in chosen],
    }


def _short(network: Network, layer: int, index: int) -> str:
    """What stands in a tile: neurons are counted from 1, outputs are what they stand for."""
    is_output = layer == len(network.sizes) - 1
    return labels(network)[index] if is_output else str(index + 1)


def _thumbnail(network: Network, neuron: Neuron) -> npt.NDArray[np.float32]:
    """The incoming weights of a neuron as a small square, against its own largest."""
    weights = _weights(network, neuron)
    return tile(weights / (np.abs(weights).max() or 1.0))


def _hover(renderer: GlyphRenderer, text: str) -> HoverTool:
    return HoverTool(renderers=[renderer], tooltips=text, visible=False)


def _colour_bar(mapper: LinearColorMapper) -> ColorBar:
    return ColorBar(
        color_mapper=mapper,
        ticker=BasicTicker(desired_num_ticks=5),
        height=10,
        padding=8,
        margin=0,
        background_fill_color=None,
        major_label_text_color=palette.CAPTION,
        major_label_text_font_size="12px",
        major_tick_line_color=None,
        bar_line_color=None,
    )
