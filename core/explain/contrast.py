"""Why this digit and not that one: what the difference of two outputs' z is made of.

The layer before the outputs is exact: zᵢ - zⱼ = Σ (Wᵢ - Wⱼ)·a + bᵢ - bⱼ, term by term.

Farther back the sums pass through activation functions, and no way to share out the difference is
the only right one. Here a blank picture fades into the drawing, and each pixel gets what it does to
the difference on the way (`core.explain.integrated_gradients`); each neuron of a hidden layer,
whose activation goes straight from what a blank picture gives to what the drawing gives, likewise.
So the attributions tell how the drawing's difference comes to be another than the blank picture's.
"""

from dataclasses import dataclass

import numpy as np

from core.arrays import Doubles
from core.explain.integrated_gradients import integrated_gradients
from core.nn.network import Network
from core.nn.trace import Trace


@dataclass(frozen=True, eq=False)
class Attributions:
    """What each neuron of one layer contributes to a difference, in 64 bits.

    `values` is (n,). They, the `constant` and the `residual` add up to the difference. Where it is
    `exact`, they are the terms of a sum, the constant is bᵢ - bⱼ and the residual 0. Elsewhere the
    constant is the difference that a blank picture gives, and the residual what the finite steps
    from it to the drawing missed.
    """

    values: Doubles
    constant: float
    residual: float
    exact: bool


@dataclass(frozen=True, eq=False)
class Difference:
    """z of output `one` less z of output `other`, and what it is made of.

    `layers[k]` are the attributions of layer k; the pixels are layer 0, (n_in,).
    """

    one: int
    other: int
    value: float
    layers: tuple[Attributions, ...]


def leading_pair(trace: Trace) -> tuple[int, int]:
    """The outputs with the largest and the second largest z, for the trace of one image."""
    first, second = np.argsort(-trace.z[-1], kind="stable")[:2]
    return int(first), int(second)


def compare(network: Network, trace: Trace, one: int, other: int) -> Difference:
    """Attribute z_one - z_other of two outputs to the neurons of every layer before them.

    `trace` is of one image. Raises `NetworkError` for outputs that do not exist.
    """
    last = len(network.layers)
    rows = [network.layer_of(last, output).weights[output] for output in (one, other)]
    direction = np.subtract(*rows, dtype=np.float64)
    biases = network.layers[-1].biases.astype(np.float64)
    constant = float(biases[one] - biases[other])
    drawn, blank = (_states(each) for each in (trace, network.trace(np.zeros_like(trace.inputs))))
    value, of_blank = (float(direction @ states[-1]) + constant for states in (drawn, blank))
    farther = (
        integrated_gradients(network.layers[layer:-1], blank[layer], drawn[layer], direction)
        for layer in range(last - 1)
    )
    layers = [_faded_in(values, of_blank, value) for values in farther]
    nearest = Attributions(direction * drawn[-1], constant, residual=0.0, exact=True)
    return Difference(one, other, value, (*layers, nearest))


def _faded_in(values: Doubles, of_blank: float, value: float) -> Attributions:
    return Attributions(values, of_blank, value - of_blank - float(values.sum()), exact=False)


def _states(trace: Trace) -> list[Doubles]:
    """The activations of every layer but the outputs, the inputs first."""
    return [a.astype(np.float64) for a in (trace.inputs, *trace.a[:-1])]
