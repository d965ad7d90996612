"""The sum of a neuron in numbers for paper: rounded first, and then computed with as they stand.

A pupil who multiplies and adds what is printed comes to the same numbers, to the last digit. What
the network computes, with all digits, differs a little.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property
from typing import Final, Self

import numpy as np

from core.explain.weighted_sum import explain
from core.nn.activations import Activation, sigmoid, softmax
from core.nn.network import Network
from core.nn.trace import Trace
from explorer.state.session import Neuron

#: Digits behind the point: as few as show the largest product with one digit that counts, or more.
_PLACES: Final = range(2, 5)

#: Holds the product of any two numbers of 32 bits.
_EXACT: Final = Context(prec=100)


@dataclass(frozen=True)
class PaperTerm:
    """One product, of an activation and a weight as they are printed."""

    source: int
    activation: Decimal
    weight: Decimal
    product: Decimal


@dataclass(frozen=True)
class PaperSum:
    """A neuron's equation in decimal numbers, all with `places` digits behind the point.

    Args:
        terms: the products farthest from 0, the farthest first.
        n_others: how many other terms there are.
        others: what these add up to.
        bias: the neuron's bias.
        shift: what is taken from z before `curve` is read. Of a softmax layer that is the logarithm
            of the other neurons' exponentials; what is left is a sigmoid's. Else 0.
        curve: the activation function of one number.
        exact_z: z as the network computes it.
        exact_a: the activation, likewise.
    """

    terms: tuple[PaperTerm, ...]
    n_others: int
    others: Decimal
    bias: Decimal
    shift: Decimal
    curve: Activation
    exact_z: float
    exact_a: float
    places: int

    @classmethod
    def of(cls, network: Network, trace: Trace, neuron: Neuron, count: int) -> Self:
        """The sum of a neuron, with so many terms named.

        Raises:
            NetworkError: the neuron has no sum, or does not exist.
        """
        sums = explain(network, trace, *neuron)
        named, others = sums.largest(count)
        places = _places(max(abs(term.product) for term in named))
        function = network.layers[neuron.layer - 1].activation
        is_softmax = function is softmax
        return cls(
            terms=tuple(_term(t.source, t.input, t.weight, places) for t in named),
            n_others=others.n_terms,
            others=rounded(others.total, places),
            bias=rounded(sums.bias, places),
            shift=rounded(_of_others(trace, neuron) if is_softmax else 0.0, places),
            curve=sigmoid if is_softmax else function,
            exact_z=sums.z,
            exact_a=sums.activation,
            places=places,
        )

    @cached_property
    def z(self) -> Decimal:
        """The printed products, the others and the bias, added up."""
        return self._z_of(self.terms)

    @property
    def a(self) -> Decimal:
        """The activation at the printed z."""
        return self.activation_at(self.z)

    def without(self, term: PaperTerm) -> Decimal:
        """The z without one of the terms."""
        return self._z_of(each for each in self.terms if each is not term)

    def activation_at(self, z: Decimal) -> Decimal:
        """The activation at any z, rounded."""
        at = np.array([float(z - self.shift)])
        return rounded(float(self.curve(at)[0]), self.places)

    def _z_of(self, terms: Iterable[PaperTerm]) -> Decimal:
        return sum((term.product for term in terms), self.others + self.bias)


def rounded(value: float | Decimal, places: int) -> Decimal:
    """A number as one rounds it at school: halves away from 0."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)


def _term(source: int, activation: float, weight: float, places: int) -> PaperTerm:
    a, w = rounded(activation, places), rounded(weight, places)
    return PaperTerm(source, a, w, rounded(a * w, places))


def _places(largest: float) -> int:
    enough = (places for places in _PLACES if largest >= 10.0**-places * 5)
    return next(enough, _PLACES[-1]) if largest > 0 else _PLACES[0]


def _of_others(trace: Trace, neuron: Neuron) -> float:
    """The logarithm of the exponentials of a layer's other sums; 0 if there is no other."""
    others = np.delete(trace.z[neuron.layer - 1].astype(np.float64), neuron.number)
    return float(np.logaddexp.reduce(others)) if len(others) else 0.0
