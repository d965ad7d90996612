"""What a step is to make smaller: the mean loss of some examples."""

from dataclasses import dataclass

import numpy as np

from core.arrays import Array, Doubles
from core.nn.network import Network
from core.training.backpropagation import compute_gradient, forward
from core.training.losses import Loss
from core.training.parameters import ParameterVector


@dataclass(frozen=True, eq=False)
class Objective:
    """The mean loss of ``inputs`` ``(m, n_in)`` with these ``targets`` ``(m, n_out)``, both 0-1."""

    inputs: Array
    targets: Array
    loss: Loss

    def __len__(self) -> int:
        return len(self.inputs)

    def at(self, parameters: ParameterVector) -> float:
        """Its value at some parameters, in as many bits as they have."""
        dtype = parameters.values.dtype
        _, outputs = forward(parameters, self.inputs.astype(dtype, copy=False))
        targets = self.targets.astype(dtype, copy=False)
        return float(self.loss.value(outputs, targets).mean(dtype=np.float64))

    def write_gradient(self, parameters: ParameterVector) -> float:
        """Write its gradient into ``parameters``, and give its value."""
        dtype = parameters.values.dtype
        inputs, targets = (each.astype(dtype, copy=False) for each in (self.inputs, self.targets))
        return compute_gradient(parameters, inputs, targets, self.loss)


def exact_gradient(network: Network, objective: Objective) -> tuple[float, Doubles]:
    """The value of an objective and its gradient in 64 bits, ``(n_parameters,)``.

    Its order is that of a `ParameterVector`. Raises ``ImageError`` for what are no images.
    """
    network.checked(objective.inputs)
    parameters = ParameterVector(network, np.float64)
    value = objective.write_gradient(parameters)
    return value, np.asarray(parameters.gradient, np.float64)
