"""The scales of slopes and losses: what full colour stands for. They are fixed, whatever is drawn.

The slopes of a digit that is read well are a thousandth of those of one that is misread, so there
is no natural largest. A typical one is measured once for a network, as it was before anything was
changed, on example drawings that are each said to be the digit that the network thinks least of.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from core.arrays import Doubles
from core.nn.network import Network
from core.training.backward_pass import LayerGradient, backward_pass
from core.training.loop import one_hot
from core.training.losses import Loss
from explorer.diagram.brightness import examples_seen_by
from explorer.diagram.scales import rounded_up

#: So many examples, and networks that are remembered: each step of a training is another one.
_EXAMPLES: Final = 10
_REMEMBERED: Final = 64


class LayerScale(NamedTuple):
    """The |∂C/∂z|, |∂C/∂a| and |∂C/∂w| from which on there is full colour in one layer."""

    delta: float
    grad_a: float
    weight: float

    def amplified(self, times: float) -> LayerScale:
        """The scale on which slopes have so many times the colour."""
        return LayerScale(*(each / times for each in self))


class Scales(NamedTuple):
    """The scale of each layer, from 1 on, and the loss at the top of a plot: round numbers."""

    layers: tuple[LayerScale, ...]
    loss: float


@lru_cache(_REMEMBERED)
def scales_of(network: Network, loss: Loss) -> Scales:
    """The scales of a network, as it was before anything was changed, for one kind of loss."""
    images = examples_seen_by(network)[:_EXAMPLES]
    targets = one_hot(network(images).argmin(axis=1).astype(np.uint8), network.sizes[-1])
    passes = [
        backward_pass(network, image, target, loss)
        for image, target in zip(images, targets, strict=True)
    ]
    layers = zip(*(each.layers for each in passes), strict=True)
    highest = max(each.loss for each in passes)
    return Scales(tuple(map(_scale, layers)), rounded_up(highest) or 1.0)


def _scale(layers: tuple[LayerGradient, ...]) -> LayerScale:
    """The scale of one layer, from its gradients by each of the examples."""
    largest = [
        (
            _largest(each.delta),
            0.0 if each.grad_a is None else _largest(each.grad_a),
            _largest(each.delta) * _largest(each.inputs),
        )
        for each in layers
    ]
    return LayerScale(*(rounded_up(float(each)) or 1.0 for each in np.median(largest, axis=0)))


def _largest(values: Doubles) -> float:
    return float(np.abs(values).max())
