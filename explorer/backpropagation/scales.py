"""The scales of slopes: what full colour stands for. They are fixed, whatever is drawn.

The slopes of a digit that is read well are a thousandth of those of one that is misread, so there
is no natural largest. It is measured once for a network, as it was before anything was changed, on
example drawings that are each said to be the digit that the network thinks least of.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from core.nn.network import Network
from core.training.backward_pass import BackwardPass, backward_pass
from core.training.loop import one_hot
from core.training.losses import Loss
from explorer.diagram.brightness import example_inputs
from explorer.diagram.scales import rounded_up

#: So many examples, and networks that are remembered: each step of a training is another one.
_EXAMPLES: Final = 10
_REMEMBERED: Final = 64


class LayerScale(NamedTuple):
    """The |∂C/∂z|, |∂C/∂a| and |∂C/∂w| of full colour in one layer."""

    delta: float
    grad_a: float
    weight: float


@lru_cache(_REMEMBERED)
def scales_of(network: Network, loss: Loss) -> tuple[LayerScale, ...]:
    """The scale of each layer from 1 on: round numbers."""
    images = example_inputs()[:_EXAMPLES]
    targets = one_hot(network(images).argmin(axis=1).astype(np.uint8))
    passes = [
        backward_pass(network, image, target, loss)
        for image, target in zip(images, targets, strict=True)
    ]
    return tuple(_scale(passes, layer) for layer in range(len(network.layers)))


def _scale(passes: list[BackwardPass], layer: int) -> LayerScale:
    layers = [each.layers[layer] for each in passes]
    delta, grad_a, weight = (
        max(sizes)
        for sizes in zip(
            *(
                (
                    _largest(each.delta),
                    0.0 if each.grad_a is None else _largest(each.grad_a),
                    _largest(each.delta) * _largest(each.inputs),
                )
                for each in layers
            ),
            strict=True,
        )
    )
    return LayerScale(*(rounded_up(each) or 1.0 for each in (delta, grad_a, weight)))


def _largest(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return float(np.abs(values).max())
