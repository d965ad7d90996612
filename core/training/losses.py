"""Losses: how far a network's outputs are from their targets, each with its gradient beside it.

``z`` are the weighted sums of the last layer, ``targets`` the activations they should give (0-1),
both of shape ``(m, n_out)``. A loss has one ``value`` per example, shape ``(m,)``, and a ``delta``,
its ∂L/∂z, shape ``(m, n_out)``. The cross-entropies work on ``z`` itself, where no digit is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.arrays import Floats
from core.nn.activations import Activation, sigmoid, softmax


@dataclass(frozen=True)
class Loss:
    """A loss function with its gradient by the last layer's weighted sums."""

    name: str
    value: Callable[[Floats, Floats, Activation], Floats]
    delta: Callable[[Floats, Floats, Activation], Floats]

    def __repr__(self) -> str:
        return self.name


def _quadratic(z: Floats, targets: Floats, activation: Activation) -> Floats:
    squares: Floats = ((activation(z) - targets) ** 2).sum(axis=-1)
    return squares


def _quadratic_delta(z: Floats, targets: Floats, activation: Activation) -> Floats:
    return activation.backpropagate(z, 2 * (activation(z) - targets))


def _cross_entropy(z: Floats, targets: Floats, _: Activation) -> Floats:
    # -y·log σ(z) - (1-y)·log(1-σ(z)), with log σ(z) = -log(1 + exp(-z)).
    entropies: Floats = (np.logaddexp(0, z) - targets * z).sum(axis=-1)
    return entropies


def _cross_entropy_delta(z: Floats, targets: Floats, _: Activation) -> Floats:
    return sigmoid(z) - targets


def _softmax_cross_entropy(z: Floats, targets: Floats, _: Activation) -> Floats:
    largest = z.max(axis=-1, keepdims=True)
    logarithms = z - largest - np.log(np.exp(z - largest).sum(axis=-1, keepdims=True))
    entropies: Floats = -(targets * logarithms).sum(axis=-1)
    return entropies


def _softmax_cross_entropy_delta(z: Floats, targets: Floats, _: Activation) -> Floats:
    delta: Floats = softmax(z) * targets.sum(axis=-1, keepdims=True) - targets
    return delta


quadratic = Loss("quadratic", _quadratic, _quadratic_delta)
"""Σ(a - y)² of each example."""

cross_entropy = Loss("cross-entropy", _cross_entropy, _cross_entropy_delta)
"""The cross-entropy of every output by itself, each a sigmoid: for outputs that need not add up."""

softmax_cross_entropy = Loss(
    "softmax-cross-entropy", _softmax_cross_entropy, _softmax_cross_entropy_delta
)
"""The cross-entropy of all outputs together: only the differences between them count."""


def _digit_or_none(z: Floats, targets: Floats, activation: Activation) -> Floats:
    which: Floats = _softmax_cross_entropy(z, targets, activation)
    return which + _cross_entropy(z, targets, activation)


def _digit_or_none_delta(z: Floats, targets: Floats, activation: Activation) -> Floats:
    which: Floats = _softmax_cross_entropy_delta(z, targets, activation)
    return which + _cross_entropy_delta(z, targets, activation)


digit_or_none = Loss("digit-or-none", _digit_or_none, _digit_or_none_delta)
"""The sum of both cross-entropies: which digit it is, and for every output whether it is that one.

Targets may be all zero, for what is no digit: then only the second counts.
"""

LOSSES = {
    each.name: each for each in (quadratic, cross_entropy, softmax_cross_entropy, digit_or_none)
}
