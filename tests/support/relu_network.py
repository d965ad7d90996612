"""Networks as other programs make them: activations without a bound, and any width."""

from __future__ import annotations

import numpy as np

from core import Network
from core.nn.activations import ACTIVATIONS
from core.nn.layer import Layer


def relu_network(hidden: int) -> Network:
    """So many neurons in one hidden layer; with 300, there are 238,200 weights."""
    rng = np.random.default_rng(7)
    weights = rng.normal(0, 0.1, (hidden, 784)), rng.normal(0, 0.2, (10, hidden))
    return Network(
        [
            Layer(weights[0], np.zeros(hidden), ACTIVATIONS["relu"]),
            Layer(weights[1], np.zeros(10), ACTIVATIONS["sigmoid"]),
        ]
    )
