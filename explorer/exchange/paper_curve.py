"""An activation function on squared paper, to read off an activation.

Everything is in millimetres of a picture of `WIDTH` × `HEIGHT`, y down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from core.nn.activations import Activation
from explorer.diagram.curve import curve_of
from explorer.exchange.paper_network import Line, Words
from explorer.texts import number

WIDTH: Final = 74.0
HEIGHT: Final = 56.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 9.0, 72.0, 3.0, 49.0

#: From one number of the lower axis to the next.
_STEP_Z: Final = 2.0


class Frame(NamedTuple):
    """What the paper shows: z from `low` to `high`, and activations from `least` to `most`."""

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


@dataclass(frozen=True)
class PaperCurve:
    """What there is to draw.

    Args:
        frame: which part of the curve it is.
        fine: lines of the grid.
        strong: those of them that have a number.
        numbers: these numbers.
        path: the curve, as the points of an SVG's polyline.
    """

    frame: Frame
    fine: Sequence[Line]
    strong: Sequence[Line]
    numbers: Sequence[Words]
    path: str


def paper_curve(function: Activation) -> PaperCurve:
    """The curve of a function of one number."""
    points = curve_of(function)
    frame = _frame(function, points)
    is_small = frame.most <= 1
    step_a, fine_a = (0.2, 0.05) if is_small else (2.0, 1.0)
    return PaperCurve(
        frame=frame,
        fine=list(_grid(frame, _STEP_Z / 2, fine_a)),
        strong=list(_grid(frame, _STEP_Z, step_a)),
        numbers=list(_numbers(frame, step_a, 1 if is_small else 0)),
        path=" ".join(f"{frame.across(z):.2f},{frame.down(a):.2f}" for z, a in points),
    )


def _frame(function: Activation, points: Sequence[Sequence[float]]) -> Frame:
    z, a = zip(*points, strict=True)
    if function.bounded:
        return Frame(min(z), max(z), function.lowest, function.highest)
    return Frame(min(z), max(z), min(a), max(a))


def _grid(frame: Frame, step_z: float, step_a: float) -> Iterator[Line]:
    for z in _ticks(frame.low, frame.high, step_z):
        yield Line(frame.across(z), _TOP, frame.across(z), _BOTTOM, False)
    for a in _ticks(frame.least, frame.most, step_a):
        yield Line(_LEFT, frame.down(a), _RIGHT, frame.down(a), False)


def _numbers(frame: Frame, step_a: float, digits: int) -> Iterator[Words]:
    for z in _ticks(frame.low, frame.high, _STEP_Z):
        yield Words(frame.across(z), _BOTTOM + 3.6, _signed(z, 0))
    for a in _ticks(frame.least, frame.most, step_a):
        yield Words(_LEFT - 4.0, frame.down(a), _signed(a, digits))


def _ticks(low: float, high: float, step: float) -> list[float]:
    count = round((high - low) / step) + 1
    return [round(low + step * number, 6) for number in range(count)]


def _signed(value: float, digits: int) -> str:
    return ("−" if value < 0 else "") + number(abs(value), digits)
