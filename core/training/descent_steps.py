"""A few steps of gradient descent on given examples, and whether two gradients agree."""

from collections import deque
from math import degrees

import numpy as np

from core.arrays import Doubles
from core.nn.network import Network
from core.training.loop import Hyperparameters, train
from core.training.objective import Objective


def descend(network: Network, objective: Objective, rate: float, steps: int = 1) -> Network:
    """The network after so many steps against the gradient of an objective.

    Each goes by the learning ``rate``, above 0, times the gradient of all examples, one batch;
    ``steps`` are at least 1. This is `train`, bit for bit; only the card stays, marked as edited.
    Raises ``DivergenceError`` when the parameters grow without bound.
    """
    hyper = Hyperparameters(
        epochs=steps, batch_size=len(objective), learning_rate=rate, loss=objective.loss
    )
    (last,) = deque(train(network, objective.inputs, objective.targets, hyper), maxlen=1)
    return network.with_layers(last.network.layers)


def angle_between(one: Doubles, other: Doubles) -> float | None:
    """The angle between two directions, both ``(n,)``, in degrees, 0-180.

    None if one of them points nowhere.
    """
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    if lengths == 0:
        return None
    return degrees(float(np.arccos(np.clip(one @ other / lengths, -1, 1))))
