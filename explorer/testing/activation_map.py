"""Where do the images lie? Those of the test by the activations of the last hidden layer."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import param
from bokeh.models import ColumnDataSource, Plot, Range1d, Scatter
from panel.custom import Child
from panel.pane import Bokeh

from core.arrays import Array, Doubles
from core.evaluation.predictions import MOST_HIDDEN, Predictions, last_hidden
from core.explain.principal_components import Plane, principal_plane
from core.nn.network import Network
from explorer.diagram.figure import empty_plot
from explorer.diagram.glyphs import label
from explorer.diagram.palette import DIGIT_COLOURS, GROUND, RING, SELECTED
from explorer.testing.chosen_images import Region
from explorer.testing.evaluation import Evaluation, Result
from explorer.testing.gallery import Gallery
from explorer.transport.component import LiveComponent
from explorer.transport.latest import Latest
from explorer.transport.messages import Message, NotUnderstoodError, whole

#: How many images are on the map at most: more would hide each other.
MOST: Final = MOST_HIDDEN

#: Fewer lie on any plane.
_FEWEST: Final = 4

#: Seconds between two maps of a network that goes on changing.
_REST: Final = 0.3

#: How far the outermost images are from the edge, as a share of the map's width.
_MARGIN: Final = 0.04


class _Map(NamedTuple):
    """A plane that was fitted into a square from 0 to 1, both axes on one scale."""

    network: Network
    plane: Plane
    middle: Doubles
    side: float

    def places(self, activations: Array) -> Doubles:
        """(m, 2) places of activations (m, n); beyond the edge of the square there are none."""
        at = (self.plane.places(activations) - self.middle) / self.side + 0.5
        return np.asarray(np.clip(at, 0, 1))


class ActivationMap(LiveComponent):
    """A digit for each image, in the colour of what it is; and the drawing, which moves in it."""

    script = Path(__file__).with_name("activation_map.js")
    bundle = "testing"

    picture = Child(doc="The map.")
    gallery = Child(doc="The images of a region.")
    points = param.Parameter(constant=True, doc="The source of the images.")
    content = param.Dict(
        default={}, doc="How many images are shown, of how many, and the share of the variance."
    )
    has_hidden = param.Boolean(default=True, doc="Whether it is a hidden layer: else the outputs.")

    def __init__(self, evaluation: Evaluation) -> None:
        none: dict[str, Any] = {"x": [], "y": []}
        self._images = ColumnDataSource(
            none | {"text": [], "colour": []}, name="map_images", syncable=False
        )
        self._own = ColumnDataSource(none, name="map_drawing", syncable=False)
        self._gallery = Gallery(evaluation)
        super().__init__(
            picture=Bokeh(_drawn(self._images, self._own), sizing_mode="stretch_both"),
            points=self._images,
            gallery=self._gallery,
            sizing_mode="stretch_width",
        )
        self._evaluation = evaluation
        self._map: _Map | None = None
        self._is_open = False
        self._fitter = Latest(self._fit, _REST)
        evaluation.param.watch(self._ask, "result")
        evaluation.session.param.watch(self._show_drawing, "trace")

    def receive(self, message: Message) -> None:
        """It is opened or closed, or the images of a region are looked at."""
        match message:
            case {"type": "open", "on": bool(on)}:
                self._is_open = on
                self._ask()
            case {"type": "region", "numbers": [*numbers]} if len(numbers) <= MOST:
                shown = self.content.get("shown", 0)
                chosen = tuple(whole(number, shown) for number in numbers)
                self._gallery.look_at(Region(chosen))
            case _:
                raise NotUnderstoodError(message)

    def _ask(self, *_: Any) -> None:
        if (result := self._evaluation.result) is None:
            return
        self.show(has_hidden=len(result.asked.networks[0].layers) > 1)
        if self._is_open:
            self._fitter.ask()

    async def _fit(self) -> None:
        result = self._evaluation.result
        if not self._is_open or result is None:
            return
        if not _can_be_shown(result):
            self._map = None
            self.show(content={})
            return
        predictions = result.predictions[0]
        network = result.asked.networks[0]
        fitted = await self.in_background(_fitted, network, predictions.hidden)
        if self._evaluation.result is result:
            self._map = fitted
            self._show(fitted, predictions)

    def _show(self, fitted: _Map, predictions: Predictions) -> None:
        x, y = fitted.places(predictions.hidden).T
        labels = predictions.labels[:MOST].tolist()
        columns = {
            "x": x,
            "y": y,
            "text": [str(digit) for digit in labels],
            "colour": [DIGIT_COLOURS[digit] for digit in labels],
        }
        with self.one_frame():
            self.show_columns(self._images, columns)
            self.show(
                content={
                    "shown": len(labels),
                    "count": len(predictions.labels),
                    "share": float(fitted.plane.shares.sum()),
                },
            )
            self._show_drawing()

    def _show_drawing(self, *_: Any) -> None:
        """Only on the map of the network that is shown: another has other activations."""
        session, shown = self._evaluation.session, self._map
        if not self._is_open or shown is None or not self._evaluation.is_wanted:
            return
        place: list[list[float]] = []
        if shown.network is session.network and not session.drawing.is_blank:
            place = shown.places(last_hidden(session.trace)[None]).tolist()
        self.show_columns(self._own, {"x": [x for x, _ in place], "y": [y for _, y in place]})


def _can_be_shown(result: Result) -> bool:
    return bool(result.predictions) and len(result.asked.images) >= _FEWEST


def _fitted(network: Network, activations: Array) -> _Map:
    plane = principal_plane(activations)
    places = plane.places(activations)
    low, high = places.min(axis=0), places.max(axis=0)
    side = float((high - low).max()) / (1 - 2 * _MARGIN) or 1.0
    return _Map(network, plane, (low + high) / 2, side)


def _drawn(images: ColumnDataSource, own: ColumnDataSource) -> Plot:
    plot = empty_plot("activation_map", Range1d(0, 1), Range1d(0, 1))
    digits = label(RING)
    digits.update(text_color="colour", text_font_size="11px")
    plot.add_glyph(images, digits)
    for size, colour, width in ((20, GROUND, 6), (20, SELECTED, 3)):
        ring = Scatter(
            x="x", y="y", size=size, fill_color=None, line_color=colour, line_width=width
        )
        plot.add_glyph(own, ring, level="overlay")
    return plot
