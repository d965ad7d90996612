"""How everything on the stage is drawn: circles, lines, marks and text."""

from __future__ import annotations

from bokeh.core.properties import value
from bokeh.models import (
    Circle,
    GlyphRenderer,
    HoverTool,
    LinearColorMapper,
    Rect,
    Segment,
    Text,
)

from explorer.diagram import palette
from explorer.texts import text

_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"


def edges() -> Segment:
    """Weights as lines: colour by sign, opacity and width by strength."""
    sign = LinearColorMapper(palette=[palette.NEGATIVE, palette.POSITIVE], low=-1e-30, high=1e-30)
    return Segment(
        x0="x0",
        y0="y0",
        x1="x1",
        y1="y1",
        line_color={"field": "carried", "transform": sign},
        line_alpha="alpha",
        line_width="width",
    )


def veil() -> Rect:
    """What dims all edges while a few are looked at."""
    return Rect(
        x="x",
        y="y",
        width="width",
        height="height",
        fill_color=palette.GROUND,
        fill_alpha=0.8,
        line_color=None,
    )


def pixel_rings() -> Circle:
    """The input's circles without their light: they dim the edges that run behind them."""
    return Circle(
        x="x",
        y="y",
        radius="radius",
        fill_color=palette.GROUND,
        fill_alpha=0.75,
        line_color=palette.RING,
        line_alpha=0.22,
        line_width=0.75,
    )


def pixels() -> Circle:
    """What lights up in them; their dark ground is the stage itself."""
    return Circle(
        x="x",
        y="y",
        radius="radius",
        fill_color=palette.RING,
        fill_alpha="activation",
        line_color=None,
    )


def ground() -> Circle:
    """The dark disc behind a neuron: no edge shines through a neuron that is off."""
    return Circle(x="x", y="y", radius="radius", fill_color=palette.GROUND, line_color=None)


def neurons() -> Circle:
    """Rings, filled with white as much as the neuron is on; those of small circles are thin."""
    return Circle(
        x="x",
        y="y",
        radius="radius",
        fill_color=palette.RING,
        fill_alpha="brightness",
        line_color=palette.RING,
        line_alpha="rim_alpha",
        line_width="rim",
    )


def ghost_ring() -> Circle:
    """A thin ring around a neuron, as bright as the activation that is held."""
    return Circle(
        x="x",
        y="y",
        radius="radius",
        fill_color=None,
        line_color=palette.POSITIVE,
        line_alpha="brightness",
        line_width=2,
    )


def selection_ring() -> Circle:
    """The ring around the selected neuron."""
    return Circle(
        x="x", y="y", radius="radius", fill_color=None, line_color=palette.SELECTED, line_width=3
    )


def winner_box() -> Rect:
    """The box around the largest output and its label."""
    return Rect(
        x="x",
        y="y",
        width="width",
        height="height",
        border_radius=4,
        fill_color=None,
        line_color=palette.SELECTED,
        line_width=2,
    )


def label(colour: str, align: str = "center") -> Text:
    """Text of a size that the browser keeps in proportion to the picture.

    ``align`` is where its place is in it, or the name of the column that says so.
    """
    return Text(
        x="x",
        y="y",
        text="text",
        text_color=colour,
        text_font=value(_FONT),
        text_align=align,
        text_baseline="middle",
        syncable=False,
    )


def hover_tools(
    lattice: GlyphRenderer, neurons: GlyphRenderer, selected: GlyphRenderer
) -> list[HoverTool]:
    """Numbers under the pointer, for circles and for the few edges of a selected neuron.

    Asking all edges would cost a frame and name one of hundreds that lie under the pointer.
    """
    activation, weight = {"activation": "@activation{0.00}"}, "@weight{0.00}"
    hints = [
        (lattice, text("stage.over_pixel", column="@column", row="@row", **activation)),
        (neurons, text("stage.over_neuron", neuron="@name", **activation)),
        (selected, text("stage.over_edge", weight=weight)),
    ]
    return [
        HoverTool(renderers=[renderer], tooltips=hint, visible=False, limit=1, attachment="above")
        for renderer, hint in hints
    ]
