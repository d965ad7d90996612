"""An audit: does a trace follow from the stored weights?

Everything is computed a second time, along another path than `Network.trace`: in Python's own
64-bit numbers, each sum added up without rounding on the way (`math.fsum`), the activation
functions written out from their formulas. Nothing of `core.nn.activations` or NumPy's arithmetic
takes part.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from core.nn.network import Network
from core.nn.trace import Trace

Numbers: TypeAlias = list[float]

TOLERANCE: Final = 1e-5
"""How far 32-bit numbers may be off, as a share of the sum's size, |b| + Σ|w·a|, or of 1."""


@dataclass(frozen=True)
class Check:
    """One neuron, computed again: its `z` and activation `a`, and how far off the trace's are.

    `allowed` is the largest difference that 32-bit arithmetic explains; both must stay within.
    """

    layer: int
    neuron: int
    z: float
    a: float
    z_difference: float
    a_difference: float
    allowed: float

    @property
    def agrees(self) -> bool:
        """Whether both differences can be explained; what is not a number never agrees."""
        return self.z_difference <= self.allowed and self.a_difference <= self.allowed


@dataclass(frozen=True)
class LayerAudit:
    """All neurons of one layer, computed again: the largest differences of z and of a."""

    layer: int
    checks: tuple[Check, ...]

    @property
    def z_difference(self) -> float:
        """The largest difference found between two z; NaN if one is not a number."""
        return _largest(check.z_difference for check in self.checks)

    @property
    def a_difference(self) -> float:
        """The largest difference found between two activations; NaN if one is not a number."""
        return _largest(check.a_difference for check in self.checks)

    @property
    def agrees(self) -> bool:
        """Whether every neuron of the layer agrees."""
        return all(check.agrees for check in self.checks)


def audit(network: Network, trace: Trace) -> tuple[LayerAudit, ...]:
    """Compute every neuron again from the trace's inputs, of one image; layer 1 comes first."""
    return tuple(_audited_layers(network, trace))


def audit_neuron(network: Network, trace: Trace, layer: int, neuron: int) -> Check:
    """Compute one neuron again, and all before it that it depends on.

    `trace` is of one image. Raises `NetworkError` for a neuron that has no sum or does not exist.
    """
    network.layer_of(layer, neuron)
    return audit(network, trace)[layer - 1].checks[neuron]


def _audited_layers(network: Network, trace: Trace) -> Iterator[LayerAudit]:
    a = trace.inputs.tolist()
    for number, (layer, shown) in enumerate(zip(network.layers, trace, strict=True), start=1):
        sums = [_sum(*each, a) for each in zip(layer.weights.tolist(), layer.biases, strict=True)]
        z = [total for total, _ in sums]
        a = _FORMULAS[layer.activation.name](z)
        computed, before = (
            zip(z, a, strict=True),
            zip(*(row.tolist() for row in shown), strict=True),
        )
        sizes = (size for _, size in sums)
        pairs = enumerate(zip(computed, before, sizes, strict=True))
        yield LayerAudit(number, tuple(_check(number, neuron, *pair) for neuron, pair in pairs))


def _sum(weights: Numbers, bias: float, inputs: Numbers) -> tuple[float, float]:
    """Σ w·a + b, and its size, Σ |w·a| + |b|."""
    terms = [*(w * a for w, a in zip(weights, inputs, strict=True)), float(bias)]
    return math.fsum(terms), sum(map(abs, terms))


def _check(
    layer: int, neuron: int, again: tuple[float, float], shown: tuple[float, float], size: float
) -> Check:
    z, a = again
    allowed = TOLERANCE * max(1.0, size)
    return Check(layer, neuron, z, a, abs(z - shown[0]), abs(a - shown[1]), allowed)


def _largest(differences: Iterator[float]) -> float:
    # max() overlooks NaN.
    found = list(differences)
    return math.nan if any(map(math.isnan, found)) else max(found)


def _sigmoid(z: float) -> float:
    """1 / (1 + e⁻ᶻ), with the exponential that cannot overflow."""
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


def _softmax(z: Numbers) -> Numbers:
    """eᶻ over the sum of all eᶻ, each divided by the largest of them."""
    exponentials = [math.exp(each - max(z)) for each in z]
    total = math.fsum(exponentials)
    return [each / total for each in exponentials]


_FORMULAS: Final[dict[str, Callable[[Numbers], Numbers]]] = {
    "sigmoid": lambda z: [_sigmoid(each) for each in z],
    "relu": lambda z: [each if each > 0 else 0.0 for each in z],
    "tanh": lambda z: [2 * _sigmoid(2 * each) - 1 for each in z],
    "softmax": _softmax,
    "identity": list,
}
