"""Why a neuron has its number: the sum behind it, term by term."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.network import Network
from core.trace import Trace

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Explanation:
    """One neuron's equation, a = f(w·a' + b), with its numbers in 64-bit arithmetic.

    `weights`, `inputs` and `terms` (their products) have the shape (n_in,).
    """

    weights: Array
    inputs: Array
    bias: float
    z: float
    activation: float

    @property
    def terms(self) -> Array:
        """Each source's weight times its activation."""
        return self.weights * self.inputs

    @property
    def weighted_sum(self) -> float:
        """The terms added up: z without the bias."""
        return float(self.terms.sum())


def explain(network: Network, trace: Trace, layer: int, neuron: int) -> Explanation:
    """Explain neuron `neuron` of layer `layer` (counted from 0, the input, which has no sum)."""
    row = network.layers[layer - 1]
    before = trace.inputs if layer == 1 else trace.a[layer - 2]
    return Explanation(
        weights=row.weights[neuron].astype(np.float64),
        inputs=before.astype(np.float64),
        bias=float(row.biases[neuron]),
        z=float(trace.z[layer - 1][neuron]),
        activation=float(trace.a[layer - 1][neuron]),
    )
