"""Integrated gradients: a change of the outcome, shared out among the inputs that made it.

M. Sundararajan, A. Taly and Q. Yan, "Axiomatic Attribution for Deep Networks" (2017): let the
inputs fade from a start to an end, all at the same pace. What an input does to the outcome on the
way, its slope times its growth, added up, is its share. All shares together are the whole change,
but for what the steps of the way are too coarse to see.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from core.arrays import Doubles, Floats
from core.nn.layer import Layer

_STEPS: Final = 512


def integrated_gradients(
    layers: Sequence[Layer], start: Doubles, end: Doubles, direction: Doubles
) -> Doubles:
    """(n_in,) each input's share in the change of `direction` · a from `start` to `end`.

    a are the activations of the last of the `layers` (one or more), `direction` has their shape;
    `start` and `end`, (n_in,), are inputs of the first.
    """
    activations = _activations_on_the_way(layers, start, end)
    grad_a: Floats = direction
    for layer, a in zip(reversed(layers[1:]), reversed(activations[1:]), strict=True):
        grad_a = layer.activation.backpropagate(a, grad_a) @ layer.weights.astype(np.float64)
    # The slopes are averaged before the first weights: the same sum, and not 784 numbers per step.
    delta = layers[0].activation.backpropagate(activations[0], grad_a).mean(axis=0)
    return np.asarray((end - start) * (delta @ layers[0].weights.astype(np.float64)))


def _activations_on_the_way(layers: Sequence[Layer], start: Doubles, end: Doubles) -> list[Floats]:
    """The activations of every layer, (steps, n_out), in the middle of each step."""
    shares = ((np.arange(_STEPS) + 0.5) / _STEPS)[:, None]
    first, last = (_sums(layers[0], a) for a in (start, end))
    activations = [layers[0].activation(first + shares * (last - first))]
    for layer in layers[1:]:
        activations.append(layer.activation(_sums(layer, activations[-1])))
    return activations


def _sums(layer: Layer, a: Floats) -> Doubles:
    return np.asarray(a @ layer.weights.T.astype(np.float64) + layer.biases)
