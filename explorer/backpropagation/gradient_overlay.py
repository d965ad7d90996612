"""The gradient of weights and neurons, over the picture of the network: blue is to be raised."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import param

from core.nn.network import Network
from core.training.gradient_check import place_of
from explorer.backpropagation.example import Answer, BatchGradient, Example
from explorer.diagram.figure import Picture
from explorer.transport.component import LiveComponent

#: The gradients of so many weights are told: lines are drawn for a few of them.
_MOST_TOLD: Final = 60_000

Floats = npt.NDArray[np.float32]


class GradientOverlay(LiveComponent):
    """A transparent sheet with the gradient of the layer where the time line stands."""

    script = Path(__file__).with_name("gradient_overlay.js")
    bundle = "backpropagation"

    content = param.Dict(
        default={},
        doc="The sizes of the network, the layer, how many digits it is about, 0 for the drawing, "
        "δ of it and of each later "
        "layer, and what full colour stands for; the activations before it, and if they are of a "
        "hidden layer ∂C/∂a of them, or of a mini-batch the gradient itself. Empty for none.",
    )
    chosen = param.Parameter(default=None, doc="Layer and number of the selected neuron.")
    plot = param.Parameter(constant=True, doc="The plot's model; so are the two below.")
    inputs = param.Parameter(constant=True)
    neurons = param.Parameter(constant=True)

    def __init__(self, example: Example, drawn: Picture) -> None:
        super().__init__(
            plot=drawn.plot,
            inputs=drawn.sources.inputs,
            neurons=drawn.sources.neurons,
            sizing_mode="stretch_both",
        )
        self._example = example
        self._shown: tuple[Any, ...] | None = None
        example.param.watch(self._show, ["place", "answer", "amplification", "of_batch"])
        example.session.param.watch(self._show_selection, "selected")
        self._show()
        self._show_selection()

    def _show(self, *_: Any) -> None:
        """The gradient of a mini-batch does not change with a stroke, and is not told again."""
        example = self._example
        batch = example.of_batch if example.answer is not None else None
        seen = (batch, example.place, example.amplification)
        if batch is None or seen != self._shown:
            self.show(content=_content(example))
        self._shown = seen

    def _show_selection(self, *_: Any) -> None:
        selected = self._example.session.selected
        self.show(chosen=None if selected is None else list(selected))


def _content(example: Example) -> dict[str, Any]:
    answer, layer = example.answer, example.layer
    if answer is None or layer is None:
        return {}
    last = len(answer.backward.layers)
    common = {
        "sizes": list(answer.request.network.sizes),
        "layer": layer,
        "full": [example.scale_of(each).delta for each in range(layer, last + 1)],
        "full_weight": example.scale_of(layer).weight,
    }
    if (batch := example.of_batch) is not None and batch.fits(answer.request.network):
        return common | _of_batch(batch, answer.request.network, layer)
    return common | _of_drawing(example, answer, layer)


def _of_drawing(example: Example, answer: Answer, layer: int) -> dict[str, Any]:
    layers = answer.backward.layers
    grad_a = layers[layer - 2].grad_a if layer > 1 else None
    return {
        "count": 0,
        "deltas": [each.delta.astype(np.float32) for each in layers[layer - 1 :]],
        "inputs": layers[layer - 1].inputs.astype(np.float32),
        "grad_a": [] if grad_a is None else grad_a.astype(np.float32),
        "full_grad_a": example.scale_of(layer - 1).grad_a if layer > 1 else 1.0,
    }


def _of_batch(batch: BatchGradient, network: Network, layer: int) -> dict[str, Any]:
    """Without activations and their gradient: these are other ones for each digit."""
    weights = batch.gradient[place_of(network, layer, 0, 0) : place_of(network, layer, 0)]
    biases = (
        batch.gradient[place_of(network, each, 0) :][: network.sizes[each]].astype(np.float32)
        for each in range(layer, len(network.sizes))
    )
    return {
        "count": batch.size,
        "deltas": list(biases),
        **_steepest(weights.astype(np.float32)),
        "sources": network.sizes[layer - 1],
        "grad_a": [],
    }


def _steepest(weights: Floats) -> dict[str, Any]:
    """A gradient by the weights into a layer; of very many, the largest, and which these are."""
    if weights.size <= _MOST_TOLD:
        return {"gradient": weights}
    places = np.argpartition(np.abs(weights), -_MOST_TOLD)[-_MOST_TOLD:]
    return {"gradient": weights[places], "places": places.astype(np.int32)}
