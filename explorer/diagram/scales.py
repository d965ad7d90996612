"""The scales of the picture: what full brightness stands for, of the edges and of the circles.

They are those of the network before anything was changed of it, so that a change can be seen. A
network in training has its own, rounded up so that they seldom change; the legend says them.
"""

from __future__ import annotations

from math import floor, log10
from typing import Final

from explorer.diagram.brightness import brightest
from explorer.diagram.weights import largest_weights
from explorer.state.networks import TRAINING
from explorer.state.session import Session

_ROUND: Final = (1.0, 2.0, 5.0, 10.0)


def weight_scales(session: Session) -> tuple[float, ...]:
    """The |weight| of the brightest edges of each layer, from 1 on."""
    return tuple(steady(session, each) for each in largest_weights(session.original))


def activation_scales(session: Session) -> tuple[float, ...]:
    """The activation of the brightest circles of each layer, from 1 on."""
    return tuple(steady(session, each) for each in brightest(session.original))


def steady(session: Session, scale: float) -> float:
    """The scale itself, or while the network trains the next round number."""
    return rounded_up(scale) if session.network_name == TRAINING else scale


def rounded_up(value: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is as large; 0 for 0."""
    if value <= 0:
        return 0.0
    power = 10.0 ** floor(log10(value))
    return min(power * each for each in _ROUND if power * each >= value * (1 - 1e-6))
