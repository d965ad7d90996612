"""Optimisers: from the gradients of a batch to how far each parameter moves against them."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from core.arrays import Array


class Optimiser(Protocol):
    """Turns the gradients of all parameters into steps for a learning rate of 1.

    The lists have one array per parameter array, always in the same order. An optimiser may
    remember earlier gradients, so every training run needs its own.
    """

    def steps(self, gradients: Sequence[Array]) -> Sequence[Array]:
        """One step for each gradient, of the same shape, to be subtracted."""
        ...


class GradientDescent:
    """Plain descent: the step is the gradient."""

    def steps(self, gradients: Sequence[Array]) -> Sequence[Array]:
        """The gradients as they are."""
        return gradients


class Adam:
    """Adaptive moments (Kingma and Ba 2015): steps of about 1 whatever the gradients' size.

    ``memory`` holds the decay of the mean gradient and of the mean squared gradient.
    """

    def __init__(self, memory: tuple[float, float] = (0.9, 0.999), epsilon: float = 1e-8) -> None:
        self._memory = memory
        self._epsilon = epsilon
        self._count = 0
        self._means: list[Array] = []
        self._squares: list[Array] = []

    def steps(self, gradients: Sequence[Array]) -> Sequence[Array]:
        """The mean gradient over the root of the mean square, both freed of their start at 0."""
        if not self._count:
            self._means = [np.zeros_like(gradient) for gradient in gradients]
            self._squares = [np.zeros_like(gradient) for gradient in gradients]
        self._count += 1
        return [
            self._step(mean, square, gradient)
            for mean, square, gradient in zip(self._means, self._squares, gradients, strict=True)
        ]

    def _step(self, mean: Array, square: Array, gradient: Array) -> Array:
        slow, slower = self._memory
        mean += (1 - slow) * (gradient - mean)
        square += (1 - slower) * (gradient**2 - square)
        root: Array = np.sqrt(square / (1 - slower**self._count))
        step: Array = mean / (1 - slow**self._count) / (root + self._epsilon)
        return step


OPTIMISERS: dict[str, type[GradientDescent] | type[Adam]] = {
    "sgd": GradientDescent,
    "adam": Adam,
}
