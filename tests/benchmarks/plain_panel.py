"""The peer: what a user of Panel would write first, a figure that is rebuilt on every change."""

from __future__ import annotations

import argparse

import numpy as np
import panel as pn
import param
from bokeh.models import Plot
from bokeh.plotting import figure
from panel.custom import JSComponent

from core import Network
from core.assets import asset
from core.ink import Stroke, rasterize

NETWORK = Network.load(asset("networks/default.npz"))


class Pad(JSComponent):
    """A canvas whose points are a parameter."""

    points = param.List(default=[], doc="Where the pen was, in pixels of the pad.")

    _esm = """
    export function render({model}) {
      const canvas = document.createElement("canvas")
      canvas.width = canvas.height = 288
      canvas.dataset.testid = "pad"
      canvas.style.background = "#000"
      const at = event => [event.offsetX / 288 * 28, event.offsetY / 288 * 28]
      canvas.addEventListener("pointerdown", event => { model.points = [at(event)] })
      canvas.addEventListener("pointermove", event => {
        if (event.buttons) model.points = [...model.points, at(event)]
      })
      return canvas
    }"""


def places(layer: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the neurons of a layer stand."""
    count = NETWORK.sizes[layer]
    if layer == 0:
        row, column = np.divmod(np.arange(count), 28)
        return column.astype(float), 28.0 - row
    return np.full(count, 30.0 + 10 * layer), 28 * (np.arange(count)[::-1] + 0.5) / count


def picture(points: list[list[float]]) -> Plot:
    """The whole figure for what is drawn."""
    image = rasterize([Stroke(np.array(points))]) if points else np.zeros((28, 28))
    trace = NETWORK.trace(image.reshape(-1))
    plot = figure(name="network", width=900, height=600, background_fill_color="#0b0d12")
    for number, layer in enumerate(NETWORK.layers):
        (x0, y0), (x1, y1) = places(number), places(number + 1)
        target, source = np.indices(layer.weights.shape).reshape(2, -1)
        weights = layer.weights.ravel()
        plot.segment(
            x0[source],
            y0[source],
            x1[target],
            y1[target],
            line_alpha=np.abs(weights) / np.abs(weights).max(),
            line_color=np.where(weights > 0, "#58C4DD", "#FC6255"),
        )
    for number, activations in enumerate((trace.inputs, *trace.a)):
        plot.scatter(*places(number), size=8, fill_alpha=activations, color="#ffffff")
    return plot


def page() -> pn.Row:
    """The page of one session."""
    pad = Pad()
    return pn.Row(pad, pn.bind(picture, pad.param.points))


def main() -> None:
    """Serve it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    pn.extension()
    pn.serve({"/": page}, port=parser.parse_args().port, show=False)


if __name__ == "__main__":
    main()
