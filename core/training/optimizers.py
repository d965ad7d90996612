"""Optimizers: from the gradients of a batch to how far each parameter moves against them."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from core.arrays import Array


class Optimizer(Protocol):
    """Turns the gradients of all parameters into steps for a learning rate of 1.

    The lists have one array per parameter array, always in the same order. An optimizer may
    remember earlier gradients, so every training run needs its own.
    """

    def step(self, gradients: Sequence[Array]) -> Sequence[Array]:
        """One step for each gradient, of the same shape, to be subtracted."""
        ...


class GradientDescent:
    """Plain descent: the step is the gradient."""

    def step(self, gradients: Sequence[Array]) -> Sequence[Array]:
        """The gradients as they are."""
        return gradients


class Adam:
    """Adaptive moments (Kingma and Ba 2015): steps of about 1 whatever the gradients' size.

    ``beta1`` and ``beta2`` are the decays of the mean gradient and of the mean squared gradient.
    """

    def __init__(self, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8) -> None:
        self._beta1 = beta1
        self._beta2 = beta2
        self._epsilon = epsilon
        self._count = 0
        self._means: list[Array] = []
        self._squares: list[Array] = []

    def step(self, gradients: Sequence[Array]) -> Sequence[Array]:
        """The mean gradient over the root of the mean square, both freed of their start at 0."""
        if not self._count:
            self._means = [np.zeros_like(gradient) for gradient in gradients]
            self._squares = [np.zeros_like(gradient) for gradient in gradients]
        self._count += 1
        return [
            self._moved(mean, square, gradient)
            for mean, square, gradient in zip(self._means, self._squares, gradients, strict=True)
        ]

    def _moved(self, mean: Array, square: Array, gradient: Array) -> Array:
        mean += (1 - self._beta1) * (gradient - mean)
        square += (1 - self._beta2) * (gradient**2 - square)
        root = np.sqrt(square / (1 - self._beta2**self._count)) + self._epsilon
        moved: Array = mean / (1 - self._beta1**self._count) / root
        return moved


OPTIMIZERS: dict[str, type[GradientDescent] | type[Adam]] = {
    "sgd": GradientDescent,
    "adam": Adam,
}
