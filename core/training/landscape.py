"""The loss around a network: along the gradient, or along a random direction.

Directions are points in the space of all parameters, in the order of a `ParameterVector`, of length
1; so a distance along one is the length of the step. H. Li and others, "Visualizing the Loss
Landscape of Neural Nets" (2018), draw such pictures, and say what a few directions out of thousands
cannot show.
"""

import numpy as np

from core.arrays import Doubles
from core.nn.network import Network
from core.training.objective import Objective
from core.training.parameters import ParameterVector, with_parameters


def unit(direction: Doubles) -> Doubles:
    """The direction ``(n_parameters,)`` with the length 1; as it is if it points nowhere."""
    return direction / (float(np.linalg.norm(direction)) or 1.0)


def random_direction(network: Network, seed: int) -> Doubles:
    """A direction of length 1 that prefers none, ``(n_parameters,)``."""
    return unit(np.random.default_rng(seed).standard_normal(network.n_parameters))


def losses_along(
    network: Network, objective: Objective, direction: Doubles, distances: Doubles
) -> Doubles:
    """The value of an objective, ``(k,)``, at ``distances`` ``(k,)`` along a direction.

    The ``direction`` is ``(n_parameters,)``. Distances may be negative, and are lengths in the
    space of all parameters if the direction has the length 1.

    Raises ``ImageError`` for what are no images.
    """
    network.checked(objective.inputs)
    parameters = ParameterVector(network)
    start, losses = parameters.values.copy(), np.empty(len(distances))
    for i, distance in enumerate(distances):
        parameters.values[:] = start + distance * direction
        losses[i] = objective.at(parameters)
    return losses


def moved(network: Network, direction: Doubles, distance: float) -> Network:
    """The network at a distance along a direction ``(n_parameters,)``; the card stays, as edited.

    Raises ``NetworkError`` for parameters that no network can have.
    """
    values = ParameterVector(network).values + distance * direction
    return network.with_layers(with_parameters(network, values.astype(np.float32)).layers)
