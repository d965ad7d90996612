"""An activation function on squared paper, to read off an activation.

Everything is in millimetres of a picture of `WIDTH` × `HEIGHT`, y down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.nn.activations import Activation
from explorer.diagram.curve import curve_of
from explorer.exchange.paper_network import Line, Words
from explorer.texts import number

WIDTH: Final = 74.0
HEIGHT: Final = 56.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 9.0, 72.0, 3.0, 49.0


@dataclass(frozen=True)
class PaperCurve:
    """What there is to draw.

    Args:
        fine: lines of the grid.
        strong: those of them that have a number.
        numbers: these numbers.
        path: the curve, as the points of an SVG's polyline.
        low, high: the z that the axis begins and ends with.
        least, most: the activations likewise.
    """

    fine: Sequence[Line]
    strong: Sequence[Line]
    numbers: Sequence[Words]
    path: str
    low: float
    high: float
    least: float
    most: float

    def place(self, z: float, a: float) -> tuple[float, float] | None:
        """Where a point of the curve is; None if it is not on the paper."""
        if not (self.low <= z <= self.high and self.least <= a <= self.most):
            return None
        return self.across(z), self.down(a)

    def across(self, z: float) -> float:
        """Where a z is from the left."""
        return _LEFT + (_RIGHT - _LEFT) * (z - self.low) / (self.high - self.low)

    def down(self, a: float) -> float:
        """Where an activation is from the top."""
        return _BOTTOM - (_BOTTOM - _TOP) * (a - self.least) / (self.most - self.least)


def paper_curve(function: Activation) -> PaperCurve:
    """The curve of a function of one number."""
    points = curve_of(function)
    z, a = np.transpose(points)
    frame = PaperCurve([], [], [], "", z[0], z[-1], *_range(function, a))
    # The step of the strong lines, across and up; there are as many fine ones in each.
    steps = (2.0, 0.2 if frame.most <= 1 else 2.0)
    return PaperCurve(
        fine=[*_grid(frame, steps[0] / 2, steps[1] / 4 if frame.most <= 1 else steps[1] / 2)],
        strong=[*_grid(frame, *steps)],
        numbers=[*_numbers(frame, *steps)],
        path=" ".join(f"{frame.across(x):.2f},{frame.down(y):.2f}" for x, y in points),
        low=frame.low,
        high=frame.high,
        least=frame.least,
        most=frame.most,
    )


def _range(function: Activation, a: Sequence[float]) -> tuple[float, float]:
    if function.bounded:
        return function.lowest, function.highest
    return min(a), max(a)


def _grid(frame: PaperCurve, step_z: float, step_a: float) -> Iterator[Line]:
    for z in _ticks(frame.low, frame.high, step_z):
        yield Line(frame.across(z), _TOP, frame.across(z), _BOTTOM, False)
    for a in _ticks(frame.least, frame.most, step_a):
        yield Line(_LEFT, frame.down(a), _RIGHT, frame.down(a), False)


def _numbers(frame: PaperCurve, step_z: float, step_a: float) -> Iterator[Words]:
    for z in _ticks(frame.low, frame.high, step_z):
        yield Words(frame.across(z), _BOTTOM + 3.6, _signed(z, 0))
    for a in _ticks(frame.least, frame.most, step_a):
        yield Words(_LEFT - 4.0, frame.down(a), _signed(a, 1 if step_a < 1 else 0))


def _ticks(low: float, high: float, step: float) -> list[float]:
    return (low + step * np.arange(round((high - low) / step) + 1)).round(6).tolist()


def _signed(value: float, digits: int) -> str:
    return ("−" if value < 0 else "") + number(abs(value), digits)
