"""Backpropagation: what every weight and bias of a network does to the loss.

The four equations are those of M. Nielsen, "Neural Networks and Deep Learning", chapter 2.
"""

import numpy as np

from core.arrays import Array, Floats
from core.nn.network import Network
from core.training.losses import Loss, Outputs
from core.training.parameters import Parameters, ParameterVector


def backpropagate(
    network: Network, inputs: Array, targets: Array, loss: Loss, weights: Array | None = None
) -> tuple[float, tuple[Parameters, ...]]:
    """The mean loss of a batch and its gradient for every layer, in the order of the layers.

    ``inputs`` has shape ``(m, n_in)``, ``targets`` shape ``(m, n_out)``, both 0-1. ``weights``,
    shape ``(m,)``, says how often each example counts; None is once each.
    """
    parameters = ParameterVector(network)
    mean = compute_gradient(parameters, network.checked(inputs), targets, loss, weights)
    return mean, parameters.gradients


def compute_gradient(
    parameters: ParameterVector,
    inputs: Floats,
    targets: Floats,
    loss: Loss,
    weights: Array | None = None,
) -> float:
    """Write the gradient of a batch's mean loss into ``parameters``, and give that mean.

    As `backpropagate`, for arrays of the parameters' type, whose shapes and ranges were checked
    before.
    """
    activations, outputs = forward(parameters, inputs)
    m = np.float32(len(inputs))
    delta: Floats = loss.delta(outputs, targets) * (
        1 / m if weights is None else (weights / m)[:, None]
    )
    for number in reversed(range(len(parameters.layers))):
        before, gradient = activations[number], parameters.gradients[number]
        np.dot(delta.T, before, out=gradient.weights)
        np.add.reduce(delta, axis=0, out=gradient.biases)
        if number:
            grad_a = delta.dot(parameters.layers[number].weights)
            activation = parameters.network.layers[number - 1].activation
            delta = activation.backpropagate(before, grad_a)
    parameters.gather()
    values = loss.value(outputs, targets)
    total = values.sum() if weights is None else values.dot(weights)
    return float(total / m)


def forward(parameters: ParameterVector, inputs: Floats) -> tuple[list[Floats], Outputs]:
    """What each layer looks at, ``(m, n_in)``, and what the last one computes.

    ``inputs`` have the type of the parameters.
    """
    parameters.spread()
    a, seen = inputs, []
    for layer, (weights, biases) in zip(parameters.network.layers, parameters.layers, strict=True):
        seen.append(a)
        z = a.dot(weights.T)
        z += biases
        a = layer.activation.function(z)
    return seen, Outputs(z, a, layer.activation)
