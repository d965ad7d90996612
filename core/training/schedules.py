"""Learning-rate schedules: the factor on the rate, by the share of the training done (0-1)."""

from collections.abc import Callable
from math import cos, pi
from typing import TypeAlias

Schedule: TypeAlias = Callable[[float], float]

_WARM_UP = 0.3
_START = 0.04


def constant(share: float) -> float:
    """The full rate throughout."""
    return 1.0


def one_cycle(share: float) -> float:
    """Up from 0.04 to 1 in the first three tenths, then down to 0, both along a cosine.

    After Smith and Topin, "Super-convergence" (2018).
    """
    if share < _WARM_UP:
        return _START + (1 - _START) * _rise(share / _WARM_UP)
    return _rise((1 - share) / (1 - _WARM_UP))


def _rise(share: float) -> float:
    return (1 - cos(pi * share)) / 2


SCHEDULES: dict[str, Schedule] = {"constant": constant, "one-cycle": one_cycle}
