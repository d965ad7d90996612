"""The backward pass of one example, number by number.

The equations are those of M. Nielsen, "Neural Networks and Deep Learning", chapter 2:

    δᴸ = ∂C/∂zᴸ,    ∂C/∂aˡ = Wˡ⁺¹ᵀ δˡ⁺¹,    δˡ = ∂C/∂aˡ ⊙ σ′(zˡ),    ∂C/∂b = δ,    ∂C/∂w = δ aᵀ

The "nudges" of 3Blue1Brown's "What is backpropagation really doing?" are these gradients with the
other sign, the direction in which the loss falls.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.arrays import Array, Doubles, Floats
from core.nn.network import Network
from core.training.backpropagation import compute_gradient, forward
from core.training.losses import Loss
from core.training.parameters import ParameterVector


@dataclass(frozen=True, eq=False)
class LayerGradient:
    """One layer of ``n`` neurons that look at ``inputs`` ``(n_in,)``: its numbers and their slopes.

    ``a``, ``slope`` = σ′(z) and ``delta`` = ∂C/∂z have the shape ``(n,)``; so has ``grad_a`` =
    ∂C/∂a, which is None for the last layer: losses begin at its z.
    """

    inputs: Doubles
    a: Doubles
    slope: Doubles
    delta: Doubles
    grad_a: Doubles | None

    @property
    def biases(self) -> Doubles:
        """∂C/∂b, ``(n,)``."""
        return self.delta

    @property
    def weights(self) -> Doubles:
        """∂C/∂w, ``(n, n_in)``."""
        return np.multiply.outer(self.delta, self.inputs)

    def weights_of(self, neuron: int) -> Doubles:
        """∂C/∂w of one neuron, ``(n_in,)``."""
        gradient: Doubles = self.delta[neuron] * self.inputs
        return gradient


@dataclass(frozen=True, eq=False)
class BackwardPass:
    """The gradient of the loss of one example by all that a network computes, in 64 bits.

    ``terms`` ``(n_out,)`` add up to the loss, ``target`` ``(n_out,)`` is what the outputs should
    be, and ``layers[i]`` belongs to ``network.layers[i]``.
    """

    network: Network
    target: Array
    terms: Doubles
    layers: tuple[LayerGradient, ...]

    @property
    def loss(self) -> float:
        """The loss of the example."""
        return float(self.terms.sum())

    def contributions(self, layer: int, neuron: int) -> Doubles:
        """What each neuron of the next layer adds to ∂C/∂a of a hidden one: w·δ, ``(n_next,)``.

        Layers count from 0, the input, and so do neurons; the last layer has no next.
        """
        column = self.network.layers[layer].weights[:, neuron].astype(np.float64)
        added: Doubles = column * self.layers[layer].delta
        return added


def backward_pass(network: Network, image: Array, target: Array, loss: Loss) -> BackwardPass:
    """Go back from the loss of one ``image`` ``(n_in,)``, 0-1, to every weight and bias.

    ``target`` is ``(n_out,)``, 0-1. Raises ``ImageError`` for what is no image.
    """
    parameters = ParameterVector(network, np.float64)
    inputs = network.checked(image)[None].astype(np.float64)
    targets = target[None].astype(np.float64)
    compute_gradient(parameters, inputs, targets, loss)
    seen, outputs = forward(parameters, inputs)
    return BackwardPass(
        network,
        target,
        _doubles(loss.terms(outputs, targets)[0]),
        tuple(_layers(parameters, [*seen, outputs.a])),
    )


def _layers(parameters: ParameterVector, activations: list[Floats]) -> Iterator[LayerGradient]:
    """The layers of a network whose gradient by one example is known. For one, ∂C/∂b is δ."""
    deltas = [_doubles(gradient.biases) for gradient in parameters.gradients]
    for number, layer in enumerate(parameters.network.layers):
        before, a = (_doubles(each[0]) for each in activations[number : number + 2])
        is_last = number + 1 == len(deltas)
        grad_a = None if is_last else deltas[number + 1] @ parameters.layers[number + 1].weights
        yield LayerGradient(before, a, _doubles(layer.activation.slope(a)), deltas[number], grad_a)


def _doubles(values: Floats) -> Doubles:
    return np.asarray(values, np.float64)
