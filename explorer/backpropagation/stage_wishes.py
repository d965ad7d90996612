"""What is asked of weights and neurons, over the picture of the network: blue to be raised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import param

from explorer.backpropagation.example import Example
from explorer.diagram.figure import Picture
from explorer.transport.component import LiveComponent


class StageWishes(LiveComponent):
    """A transparent sheet with the wishes of the layer where the time line stands."""

    script = Path(__file__).with_name("stage_wishes.js")
    bundle = "backpropagation"

    content = param.Dict(
        default={},
        doc="The layer, δ of it and of each later one, ∂C/∂a of the one before if it is hidden, "
        "the activations of that one, and what full colour stands for; empty for none.",
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
        example.param.watch(self._show, ["place", "answer", "amplification"])
        example.session.param.watch(self._show_selection, "selected")
        self._show()
        self._show_selection()

    def _show(self, *_: Any) -> None:
        self.show(content=_content(self._example))

    def _show_selection(self, *_: Any) -> None:
        selected = self._example.session.selected
        self.show(chosen=None if selected is None else list(selected))


def _content(example: Example) -> dict[str, Any]:
    answer, layer = example.answer, example.layer
    if answer is None or layer is None:
        return {}
    layers = answer.backward.layers
    scale = example.scale_of(layer)
    asked = layers[layer - 2].grad_a if layer > 1 else None
    return {
        "layer": layer,
        "deltas": [each.delta.astype(np.float32) for each in layers[layer - 1 :]],
        "full": [example.scale_of(each).delta for each in range(layer, len(layers) + 1)],
        "full_weight": scale.weight,
        "inputs": layers[layer - 1].inputs.astype(np.float32),
        "asked": [] if asked is None else asked.astype(np.float32),
        "full_asked": example.scale_of(layer - 1).grad_a if layer > 1 else 1.0,
    }
