"""The wall: the gradients of the neurons of the first layer, as pictures of the pixels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import param

from core.arrays import Doubles
from explorer.backpropagation.example import Example
from explorer.diagram.palette import weight_colours
from explorer.diagram.tiles import farthest_from_zero
from explorer.state.session import Neuron
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole


class GradientWall(LiveComponent):
    """The gradient of the drawing, or that of the mini-batch if one is chosen."""

    script = Path(__file__).with_name("gradient_wall.js")
    bundle = "backpropagation"

    shown = param.Boolean(default=False, doc="Whether the time line stands at the first layer.")
    content = param.Dict(
        default={},
        doc="How many digits the gradient is of, 0 for the drawing; δ and the pixels, whose "
        "products it is, or the whole `gradient`; what full colour stands for; which neurons these "
        "are and of how many. Empty for none.",
    )
    colours = param.Parameter(constant=True, doc="The palette of slopes, (255, 3).")

    def __init__(self, example: Example) -> None:
        super().__init__(colours=weight_colours(), sizing_mode="stretch_width")
        self._example = example
        example.param.watch(self._show, ["place", "answer", "amplification", "of_batch"])
        self._show()

    def receive(self, message: Message) -> None:
        """A picture was chosen."""
        session = self._example.session
        match message:
            case {"type": "choose", "number": number}:
                session.select(Neuron(1, whole(number, session.network.sizes[1])))
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        example = self._example
        is_shown = example.answer is not None and example.layer == 1
        self.show(shown=is_shown, content=_content(example) if is_shown else {})


def _content(example: Example) -> dict[str, Any]:
    if example.answer is None:
        return {}
    layer, full = example.answer.backward.layers[0], example.scale_of(1).weight
    batch, network = example.of_batch, example.answer.request.network
    if batch is None or not batch.fits(network):
        told = _told(layer.delta, full)
        delta = layer.delta[told["neurons"]].astype(np.float32)
        return {"count": 0, **told, "delta": delta, "inputs": layer.inputs.astype(np.float32)}
    sources, size = network.sizes[:2]
    weights = batch.gradient[: size * sources].reshape(size, sources)
    told = _told(batch.gradient[size * sources :][:size], full)
    first = weights[told["neurons"]].astype(np.float32).ravel()
    return {"count": batch.size, **told, "gradient": first}


def _told(slopes: Doubles, full: float) -> dict[str, Any]:
    """Which neurons have a picture, by the slopes of their biases: all, or the farthest from 0."""
    return {"full": full, "neurons": farthest_from_zero(slopes), "all": len(slopes)}
