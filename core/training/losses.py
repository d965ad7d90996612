"""Losses: how far a network's outputs are from their targets, each with its gradient beside it.

``targets`` are the activations that the outputs should have (0-1), of shape ``(m, n_out)``. A loss
has ``terms``, one per output, shape ``(m, n_out)``, whose sum is the ``value`` of each example,
shape ``(m,)``, and a ``delta``, its ∂L/∂z, shape ``(m, n_out)``. The cross-entropies work on ``z``
itself, where no digit is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.arrays import Floats
from core.nn.activations import Activation, sigmoid, softmax


class Outputs(NamedTuple):
    """The weighted sums ``z`` of the last layer and its activations ``a``, both ``(m, n_out)``."""

    z: Floats
    a: Floats
    activation: Activation

    @classmethod
    def of(cls, z: Floats, activation: Activation) -> "Outputs":
        """The outputs of the weighted sums ``z``."""
        return cls(z, activation(z), activation)


@dataclass(frozen=True)
class Loss:
    """A loss function with its gradient by the last layer's weighted sums."""

    name: str
    terms: Callable[[Outputs, Floats], Floats]
    delta: Callable[[Outputs, Floats], Floats]

    def value(self, outputs: Outputs, targets: Floats) -> Floats:
        """The loss of each example, ``(m,)``: the sum of its terms."""
        total: Floats = self.terms(outputs, targets).sum(axis=-1)
        return total

    def __repr__(self) -> str:
        return self.name


def _quadratic(outputs: Outputs, targets: Floats) -> Floats:
    squares: Floats = (outputs.a - targets) ** 2
    return squares


def _quadratic_delta(outputs: Outputs, targets: Floats) -> Floats:
    return outputs.activation.backpropagate(outputs.a, 2 * (outputs.a - targets))


def _cross_entropy(outputs: Outputs, targets: Floats) -> Floats:
    # -y·log σ(z) - (1-y)·log(1-σ(z)), with log σ(z) = -log(1 + exp(-z)).
    entropies: Floats = np.logaddexp(0, outputs.z) - targets * outputs.z
    return entropies


def _cross_entropy_delta(outputs: Outputs, targets: Floats) -> Floats:
    return (outputs.a if outputs.activation is sigmoid else sigmoid(outputs.z)) - targets


def _softmax_cross_entropy(outputs: Outputs, targets: Floats) -> Floats:
    z = outputs.z
    largest = z.max(axis=-1, keepdims=True)
    logarithms = z - largest - np.log(np.exp(z - largest).sum(axis=-1, keepdims=True))
    entropies: Floats = -targets * logarithms
    return entropies


def _softmax_cross_entropy_delta(outputs: Outputs, targets: Floats) -> Floats:
    delta: Floats = softmax(outputs.z) * targets.sum(axis=-1, keepdims=True) - targets
    return delta


quadratic = Loss("quadratic", _quadratic, _quadratic_delta)
"""Σ(a - y)² of each example."""

cross_entropy = Loss("cross-entropy", _cross_entropy, _cross_entropy_delta)
"""The cross-entropy of every output by itself, each a sigmoid: for outputs that need not add up."""

softmax_cross_entropy = Loss(
    "softmax-cross-entropy", _softmax_cross_entropy, _softmax_cross_entropy_delta
)
"""The cross-entropy of all outputs together: only the differences between them count."""


def _digit_or_none(outputs: Outputs, targets: Floats) -> Floats:
    return _softmax_cross_entropy(outputs, targets) + _cross_entropy(outputs, targets)


def _digit_or_none_delta(outputs: Outputs, targets: Floats) -> Floats:
    which = _softmax_cross_entropy_delta(outputs, targets)
    return which + _cross_entropy_delta(outputs, targets)


digit_or_none = Loss("digit-or-none", _digit_or_none, _digit_or_none_delta)
"""The sum of both cross-entropies: which digit it is, and for every output whether it is that one.

Targets may be all zero, for what is no digit: then only the second counts.
"""

LOSSES = {
    each.name: each for each in (quadratic, cross_entropy, softmax_cross_entropy, digit_or_none)
}
