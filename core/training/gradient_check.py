"""The numerical check of a gradient: each slope again, from two losses beside the present one.

The central difference (C(w + ε) - C(w - ε)) / 2ε needs nothing but forward passes, here in 64 bits;
its error falls with ε². See Stanford's CS231n, "Gradient checks", for what it can and cannot see:
at the kink of a ReLU there is no slope, and there the two differ.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Doubles
from core.nn.network import Network
from core.training.objective import Objective, exact_gradient
from core.training.parameters import ParameterVector

EPSILON: Final = 1e-5
"""How far a weight is moved to either side; farther away, the curvature shows in small slopes."""

RESOLUTION: Final = 1e-6
"""Slopes below this share of the loss (or of 1) drown in the rounding of 64-bit losses."""


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """Slopes of the loss by some parameters, twice, each ``(k,)``.

    ``chosen`` are their places in a `ParameterVector`; ``floor`` is the smallest slope that a
    difference is measured against.
    """

    chosen: NDArray[np.intp]
    gradient: Doubles
    numerical: Doubles
    floor: float

    @property
    def differences(self) -> Doubles:
        """|one - other| over the larger of both, ``(k,)``."""
        sizes = np.maximum(np.abs(self.gradient), np.abs(self.numerical))
        shares: Doubles = np.abs(self.gradient - self.numerical) / np.maximum(sizes, self.floor)
        return shares

    @property
    def largest(self) -> float:
        """The largest relative difference."""
        return float(self.differences.max())


def check_gradient(
    network: Network, objective: Objective, chosen: NDArray[np.intp]
) -> GradientCheck:
    """Check the gradient of an objective at the parameters that are ``chosen``, ``(k,)``.

    Raises ``ImageError`` for what are no images.
    """
    value, gradient = exact_gradient(network, objective)
    parameters = ParameterVector(network, np.float64)
    slopes = [_central_difference(parameters, int(at), objective) for at in chosen]
    floor = RESOLUTION * max(1.0, value)
    return GradientCheck(chosen, gradient[chosen], np.array(slopes), floor)


def random_places(network: Network, count: int, seed: int) -> NDArray[np.intp]:
    """So many different places in the network's `ParameterVector`, or all if there are fewer."""
    total = network.n_parameters
    rng = np.random.default_rng(seed)
    return np.asarray(rng.choice(total, min(count, total), replace=False))


def place_of(network: Network, layer: int, neuron: int, source: int | None = None) -> int:
    """Where a weight is in the network's `ParameterVector`, or without a ``source`` a bias.

    That is from 0 to ``network.n_parameters`` - 1. ``layer`` counts from 0, the input, and is at
    least 1; ``neuron`` counts from 0, and so does ``source``, a neuron of the layer before. Raises
    ``NetworkError`` for a neuron that has no sum, or for one that does not exist.
    """
    own = network.layer_of(layer, neuron)
    start = sum(each.weights.size + each.biases.size for each in network.layers[: layer - 1])
    if source is None:
        return start + own.weights.size + neuron
    return start + neuron * own.n_in + source


def _central_difference(parameters: ParameterVector, at: int, objective: Objective) -> float:
    value = parameters.values[at]
    values = []
    for moved in (value + EPSILON, value - EPSILON):
        parameters.values[at] = moved
        values.append(objective.at(parameters))
    parameters.values[at] = value
    return (values[0] - values[1]) / (2 * EPSILON)
