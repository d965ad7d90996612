"""Why a neuron has its number: the sum behind it, term by term."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Doubles
from core.nn.network import Network
from core.nn.trace import Trace


class Term(NamedTuple):
    """One product of a weighted sum, and the sum so far, this product included."""

    source: int
    weight: float
    input: float
    product: float
    running_total: float


class Remainder(NamedTuple):
    """The terms that are not named one by one: how many they are and what they add up to."""

    n_terms: int
    total: float


class Breakdown(NamedTuple):
    """A weighted sum from its largest terms on.

    The last running total and the remainder's total add up to the weighted sum.
    """

    terms: tuple[Term, ...]
    remainder: Remainder


@dataclass(frozen=True, eq=False)
class Explanation:
    """One neuron's equation, a = f(w·a' + b), with its numbers in 64-bit arithmetic.

    `weights`, `inputs` and `terms` (their products) have the shape (n_in,). `sources` are the
    numbers of those inputs that the neuron looks at: all, or the window of a neuron of a feature
    map, whose other terms are 0. `z` and `activation` are what the network itself computed, in 32
    bits; `weighted_sum` + `bias` is the same z in 64. `slope` is ∂a/∂z, that of the activation
    function at z.
    """

    weights: Doubles
    inputs: Doubles
    sources: NDArray[np.intp]
    bias: float
    z: float
    activation: float
    slope: float

    @cached_property
    def terms(self) -> Doubles:
        """Each source's weight times its activation."""
        return self.weights * self.inputs

    @property
    def weighted_sum(self) -> float:
        """The terms added up: z without the bias."""
        return float(self.terms.sum())

    @cached_property
    def ordered(self) -> NDArray[np.intp]:
        """The sources, those with the terms farthest from 0 first; of equals the lower one."""
        order = np.argsort(-abs(self.terms[self.sources]), kind="stable")
        return self.sources[order]

    def largest(self, count: int) -> Breakdown:
        """The `count` terms farthest from 0, the farthest first, and all others as one number.

        `count` may be more than there are: then nothing remains.
        """
        named, others = self.ordered[:count], self.ordered[count:]
        products = self.terms[named]
        columns = (named, self.weights[named], self.inputs[named], products, products.cumsum())
        rows = zip(*(column.tolist() for column in columns), strict=True)
        total = float(self.terms[others].sum())
        return Breakdown(tuple(Term(*row) for row in rows), Remainder(len(others), total))


def explain(network: Network, trace: Trace, layer: int, neuron: int) -> Explanation:
    """Explain neuron `neuron` of layer `layer`, in the `trace` of one image.

    Both count from 0, the input layer, whose neurons have no sum: `NetworkError` for these and
    for neurons that do not exist.
    """
    row = network.layer_of(layer, neuron)
    before = trace.inputs if layer == 1 else trace.a[layer - 2]
    z = trace.z[layer - 1]
    return Explanation(
        weights=row.weights[neuron].astype(np.float64),
        inputs=before.astype(np.float64),
        sources=row.maps.seen_by(neuron) if row.maps else np.arange(row.n_in),
        bias=float(row.biases[neuron]),
        z=float(z[neuron]),
        activation=float(trace.a[layer - 1][neuron]),
        slope=float(row.activation.derivative(z.astype(np.float64))[neuron]),
    )
