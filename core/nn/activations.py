"""Activation functions, each with its derivative beside it.

Every function takes the weighted sums ``z`` of a layer, shape ``(n,)`` or ``(m, n)``, float32 or
float64, and returns an array of the same shape and type. All are exact and silent for sums as
large as ±1000.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy import exp, logaddexp, negative

from core.arrays import Floats


@dataclass(frozen=True)
class Activation:
    """A function that turns a layer's weighted sums ``z`` into its activations ``a``.

    ``slope(a)`` is ∂aᵢ/∂zᵢ, the slope of each neuron by its own sum, where it has the activation
    aᵢ. ``lowest`` and ``highest`` bound the activations. A function that mixes the neurons of a
    layer carries ``jacobian_product(a, v)``, the product of its (symmetric) Jacobian with ``v``. A
    function that begins with -z carries ``reflected(-z)``, which gives the same and overwrites what
    it is given.
    """

    name: str
    function: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    lowest: float = -inf
    highest: float = inf
    jacobian_product: Callable[[Floats, Floats], Floats] | None = None
    reflected: Callable[[Floats], Floats] | None = None

    @property
    def bounded(self) -> bool:
        """Whether the activations have both a lowest and a highest value."""
        return isfinite(self.lowest) and isfinite(self.highest)

    def derivative(self, z: Floats) -> Floats:
        """∂aᵢ/∂zᵢ, the slope of each neuron at its weighted sum."""
        return self.slope(self.function(z))

    def backpropagate(self, a: Floats, gradient: Floats) -> Floats:
        """Turn ``gradient`` = ∂L/∂a into ∂L/∂z at the activations ``a``; all have one shape."""
        if self.jacobian_product is not None:
            return self.jacobian_product(a, gradient)
        return gradient * self.slope(a)

    def __call__(self, z: Floats) -> Floats:
        """The activations of the weighted sums ``z``."""
        return self.function(z)

    def __reduce__(self) -> str:
        # In another process it is that of this module by its name, whose functions it shares.
        return self.name

    def __repr__(self) -> str:
        return self.name


# NumPy takes an array of no dimensions sooner than the number 0.
_ZERO = np.zeros((), np.float32)


def _sigmoid(z: Floats) -> Floats:
    return _reflected_sigmoid(negative(z))


def _reflected_sigmoid(minus_z: Floats) -> Floats:
    # 1 / (1 + exp(-z)) would overflow; through log(1 + exp(-z)) it cannot. A last argument is where
    # the result goes: for a single image, new arrays are much of the time.
    logaddexp(_ZERO, minus_z, minus_z)
    negative(minus_z, minus_z)
    return exp(minus_z, minus_z)


def _sigmoid_slope(a: Floats) -> Floats:
    return a * (1 - a)


def _relu(z: Floats) -> Floats:
    return np.maximum(z, _ZERO)


def _relu_slope(a: Floats) -> Floats:
    return np.heaviside(a, 0)


def _tanh(z: Floats) -> Floats:
    return np.tanh(z)


def _tanh_slope(a: Floats) -> Floats:
    return 1 - a**2


def _softmax(z: Floats) -> Floats:
    # A common shift changes nothing, and makes the largest exponential 1.
    exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
    a: Floats = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return a


def _softmax_slope(a: Floats) -> Floats:
    return a * (1 - a)


def _softmax_jacobian_product(a: Floats, v: Floats) -> Floats:
    product: Floats = a * (v - (a * v).sum(axis=-1, keepdims=True))
    return product


def _identity(z: Floats) -> Floats:
    return np.positive(z)


def _identity_slope(a: Floats) -> Floats:
    return np.ones_like(a)


sigmoid = Activation(
    "sigmoid",
    _sigmoid,
    _sigmoid_slope,
    lowest=0,
    highest=1,
    reflected=_reflected_sigmoid,
)
relu = Activation("relu", _relu, _relu_slope, lowest=0)
tanh = Activation("tanh", _tanh, _tanh_slope, lowest=-1, highest=1)
softmax = Activation(
    "softmax",
    _softmax,
    _softmax_slope,
    lowest=0,
    highest=1,
    jacobian_product=_softmax_jacobian_product,
)
identity = Activation("identity", _identity, _identity_slope)

ACTIVATIONS = {each.name: each for each in (sigmoid, relu, tanh, softmax, identity)}
