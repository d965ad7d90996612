"""How large the first weights of a layer are, before it has learned anything.

Each function gives the standard deviation of the normal distribution around 0 that the weights of
``n_out`` neurons with ``n_in`` inputs each are drawn from.
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, TypeAlias

Initialization: TypeAlias = Callable[[int, int], float]


def scaled(n_in: int, n_out: int) -> float:
    """√(1/n_in): weighted sums are about as large as the inputs, however many there are.

    Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, "Efficient BackProp" (1998), section 4.6.
    """
    return float(n_in**-0.5)


def normal(n_in: int, n_out: int) -> float:
    """1, as in the lesson's code, whatever the layer.

    M. Nielsen, "Neural Networks and Deep Learning" (2015), chapter 1, ``network.py``.
    """
    return 1.0


def xavier(n_in: int, n_out: int) -> float:
    """√(2/(n_in + n_out)): activations keep their size on the way there, gradients on that back.

    X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural
    networks" (2010), equation 12; for tanh.
    """
    return float((2 / (n_in + n_out)) ** 0.5)


def he(n_in: int, n_out: int) -> float:
    """√(2/n_in): makes up for the half of the inputs that a ReLU turns into 0.

    K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into rectifiers" (2015), equation 10.
    """
    return float((2 / n_in) ** 0.5)


def zeros(n_in: int, n_out: int) -> float:
    """0: all weights are 0, so that all neurons of a layer are and stay the same.

    Why that fails: I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning" (2016), section 8.4.
    """
    return 0.0


INITIALIZATIONS: Final = MappingProxyType(
    {each.__name__: each for each in (scaled, normal, xavier, he, zeros)}
)
"""The functions by their names."""
