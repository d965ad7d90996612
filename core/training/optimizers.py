"""Optimizers: from the gradient of a batch to how far each parameter moves against it."""

from typing import Protocol

import numpy as np

from core.arrays import Array


class Optimizer(Protocol):
    """Turns the gradient of all parameters, one vector, into a step for a learning rate of 1.

    An optimizer may remember earlier gradients, so every training run needs its own.
    """

    def step(self, gradient: Array) -> Array:
        """The step, of the same shape, to be subtracted; whoever gets it may overwrite it."""
        ...


class GradientDescent:
    """Plain descent: the step is the gradient."""

    def step(self, gradient: Array) -> Array:
        """The gradient as it is."""
        return gradient


class Adam:
    """Adaptive moments (Kingma and Ba 2015): steps of about 1 whatever the gradient's size.

    ``beta1`` and ``beta2`` are the decays of the mean gradient and of the mean squared gradient.
    """

    def __init__(self, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8) -> None:
        self._beta1 = beta1
        self._beta2 = beta2
        self._epsilon = epsilon
        self._count = 0
        self._mean: Array | np.float32 = np.float32(0)
        self._square: Array | np.float32 = np.float32(0)

    def step(self, gradient: Array) -> Array:
        """The mean gradient over the root of the mean square, both freed of their start at 0."""
        self._count += 1
        self._mean = _towards(self._mean, gradient, 1 - self._beta1)
        self._square = _towards(self._square, gradient**2, 1 - self._beta2)
        root = self._square / (1 - self._beta2**self._count)
        np.sqrt(root, out=root)
        root += self._epsilon
        step = self._mean / (1 - self._beta1**self._count)
        step /= root
        return step


def _towards(mean: Array | np.float32, new: Array, share: float) -> Array:
    """The mean, moved by that share of the way to what is new."""
    moved: Array = new - mean
    moved *= share
    moved += mean
    return moved


OPTIMIZERS: dict[str, type[GradientDescent] | type[Adam]] = {
    "sgd": GradientDescent,
    "adam": Adam,
}
