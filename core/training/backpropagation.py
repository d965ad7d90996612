"""Backpropagation: what every weight and bias of a network does to the loss.

The four equations are those of M. Nielsen, "Neural Networks and Deep Learning", chapter 2.
"""

from typing import NamedTuple

import numpy as np

from core.arrays import Array
from core.nn.network import Network
from core.training.losses import Loss


class Gradient(NamedTuple):
    """∂L/∂W, shape ``(n_out, n_in)``, and ∂L/∂b, shape ``(n_out,)``, of one layer."""

    weights: Array
    biases: Array


def backpropagate(
    network: Network, inputs: Array, targets: Array, loss: Loss, weights: Array | None = None
) -> tuple[float, tuple[Gradient, ...]]:
    """The mean loss of a batch and its gradient for every layer, in the order of the layers.

    ``inputs`` has shape ``(m, n_in)``, ``targets`` shape ``(m, n_out)``, both 0-1. ``weights``,
    shape ``(m,)``, says how often each example counts; None is once each.
    """
    counts = np.ones(len(inputs), np.float32) if weights is None else weights
    trace = network.trace(inputs)
    output = network.layers[-1].activation
    shares = counts / np.float32(len(inputs))
    delta: Array = loss.delta(trace.z[-1], targets, output) * shares[:, None]
    gradients = []
    for number in reversed(range(len(network.layers))):
        before = trace.a[number - 1] if number else trace.inputs
        gradients.append(Gradient(delta.T @ before, delta.sum(axis=0)))
        if number:
            grad_a = delta @ network.layers[number].weights
            activation = network.layers[number - 1].activation
            delta = activation.backpropagate(trace.z[number - 1], grad_a)
    mean = float(loss.value(trace.z[-1], targets, output) @ shares)
    return mean, tuple(reversed(gradients))
