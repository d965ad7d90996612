"""An activation function as the points of a curve, which `curve.js` draws."""

from __future__ import annotations

import numpy as np

from core.nn.activations import Activation

_REACH, _POINTS = 8.0, 65


def curve_of(activation: Activation) -> list[list[float]]:
    """Points (z, a) of the function, from the lowest z to the highest."""
    z = np.linspace(-_REACH, _REACH, _POINTS)
    points: list[list[float]] = np.column_stack([z, activation.function(z)]).tolist()
    return points
