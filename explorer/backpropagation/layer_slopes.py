"""The gradient of a layer: δ of each neuron, and what it is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import param

from explorer.backpropagation.example import Example
from explorer.backpropagation.words import delta_words, layer_words
from explorer.state.session import Neuron
from explorer.texts.names import short_name_in
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

#: So many neurons of a wide layer are listed, those with the largest δ.
_LISTED: Final = 16

_AMPLIFICATIONS: Final = tuple(Example.param.amplification.objects)


class LayerSlopes(LiveComponent):
    """The layer where the time line stands."""

    script = Path(__file__).with_name("layer_slopes.js")
    bundle = "backpropagation"

    content = param.Dict(
        default={},
        doc="What the layer is called, how δ comes about, the rows of its neurons, how many are "
        "left out, the |δ| of full colour, and the |∂C/∂w| to choose from; empty for none.",
    )

    def __init__(self, example: Example) -> None:
        super().__init__(sizing_mode="stretch_width")
        self._example = example
        example.param.watch(self._show, ["place", "answer", "amplification"])
        self._show()

    def receive(self, message: Message) -> None:
        """A neuron is chosen."""
        session, layer = self._example.session, self._example.layer
        match message:
            case {"type": "choose", "neuron": number} if layer is not None:
                session.select(Neuron(layer, whole(number, session.network.sizes[layer])))
            case {"type": "amplify", "times": times} if times in _AMPLIFICATIONS:
                self._example.amplification = times
            case _:
                raise NotUnderstoodError(message)

    def _show(self, *_: Any) -> None:
        self.show(content=_content(self._example))


def _content(example: Example) -> dict[str, Any]:
    answer, layer = example.answer, example.layer
    if answer is None or layer is None:
        return {}
    backward = answer.backward
    slopes, layers = backward.layers[layer - 1], len(backward.layers) + 1
    order = np.argsort(-np.abs(slopes.delta), kind="stable")[:_LISTED]
    is_last = layer == layers - 1
    activation = backward.network.layers[layer - 1].activation
    shows_factors = activation.jacobian_product is None and not (
        is_last and answer.request.loss.name != "quadratic"
    )
    grad_a = 2 * (slopes.a - backward.target) if slopes.grad_a is None else slopes.grad_a
    scale = example.scale_of(layer)
    return {
        "title": layer_words(layer, layers),
        "before": layer_words(layer - 1, layers),
        "formula": delta_words(answer.request.loss.name, activation, is_last=is_last),
        "rows": [
            {
                "number": int(i),
                "name": short_name_in(backward.network, layer, int(i)),
                "factors": [float(grad_a[i]), float(slopes.slope[i])] if shows_factors else None,
                "delta": float(slopes.delta[i]),
            }
            for i in sorted(order)
        ],
        "more": len(slopes.delta) - len(order),
        "full": scale.delta,
        "amplification": example.amplification,
        "fulls": [[each, scale.weight * example.amplification / each] for each in _AMPLIFICATIONS],
    }
