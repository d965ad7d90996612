"""A stroke, and the checks on everything that is to become ink."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from reprlib import repr as shortened
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Doubles, read_only
from core.errors import InputError
from core.ink.brush import DEFAULT_WIDTH, Image

MOST_STROKES: Final = 1_000
MOST_POINTS: Final = 10_000
"""Strokes, and points in all of them, that a drawing can have; a digit has about a hundred points.

These two bound what a drawing can cost: memory, and the time for each movement on it.
"""

FARTHEST: Final = 10_000
"""How far from the corner of the pad, in pixels, a point may be."""

NARROWEST: Final = 0.5
WIDEST: Final = 12


class InkError(InputError):
    """Points, strokes, images or saved drawings that cannot be ink."""


class NotADrawingError(InkError):
    """A text that is no saved drawing, as against one with something in it that cannot be ink."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """One movement of the pen, from touching the pad to leaving it.

    `points` is (n, 2) with n ≥ 1: x to the right, y down, in pixels; 0–28 is on the pad. `width`
    is in pixels, 0.5–12. Raises `InkError` for anything else.
    """

    points: Doubles
    width: float = DEFAULT_WIDTH
    erases: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", checked_points(self.points))
        object.__setattr__(self, "width", _checked_width(self.width))
        _checked_kind(self.erases)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Stroke)
            and (self.width, self.erases) == (other.width, other.erases)
            and np.array_equal(self.points, other.points)
        )

    def __hash__(self) -> int:
        return hash((self.points.tobytes(), self.width, self.erases))

    def extended(self, points: ArrayLike) -> "Stroke":
        """The same stroke, drawn on through `points` (n, 2)."""
        longer = np.concatenate((self.points, checked_points(points)))
        return _stroke(read_only(longer), self.width, self.erases)

    def as_dict(self) -> dict[str, Any]:
        """The stroke as plain numbers and lists, for JSON."""
        return {"points": self.points.tolist(), "width": self.width, "erases": self.erases}


def strokes_from(saved: object) -> tuple[Stroke, ...]:
    """The strokes that `Stroke.as_dict` wrote down, all checked together."""
    if not isinstance(saved, list):
        raise InkError("A saved drawing's strokes must be a list.", "ink.no_list")
    check_room(len(saved), 0)
    for each in saved:
        if not isinstance(each, dict) or each.keys() != {"points", "width", "erases"}:
            raise InkError(
                "A saved stroke needs points, width and erases, and nothing else.", "ink.no_stroke"
            )
    lists = [each["points"] for each in saved]
    if not all(isinstance(points, list) and points for points in lists):
        raise InkError(
            "A saved stroke's points must be a list of at least one point.", "ink.no_points"
        )
    lengths = [len(points) for points in lists]
    check_room(len(saved), sum(lengths))
    if not lists:
        return ()
    together = checked_points(list(chain.from_iterable(lists)))
    parts = np.split(together, np.cumsum(lengths[:-1]))
    return tuple(
        _stroke(points, _checked_width(each["width"]), _checked_kind(each["erases"]))
        for points, each in zip(parts, saved, strict=True)
    )


class Movements(NamedTuple):
    """Movements of pens or erasers: `starts` and `ends` are (2, n), x and y in pixels.

    `widths` is (n,); `lengths` says how many movements there are of each stroke.
    """

    starts: Doubles
    ends: Doubles
    widths: Doubles
    lengths: Sequence[int]


def movements(parts: Sequence[tuple[Stroke, int]]) -> Movements:
    """The movements of strokes, at least one, each from a number of point on, in their order.

    A movement ends at each point. The first of a stroke goes nowhere: it is the dot that the pen
    makes when it touches down.
    """
    points = [stroke.points[since:] for stroke, since in parts]
    lengths = [len(each) for each in points]
    ends = (points[0] if len(points) == 1 else np.concatenate(points)).T.copy()
    starts = np.empty_like(ends)
    starts[:, 1:] = ends[:, :-1]
    first, since = parts[0]
    starts[:, 0] = first.points[max(since - 1, 0)]
    if len(points) == 1:
        return Movements(starts, ends, np.full(lengths[0], first.width), lengths)
    touches = [*accumulate(lengths[:-1])]
    starts[:, touches] = ends[:, touches]
    return Movements(starts, ends, np.repeat([each.width for each, _ in parts], lengths), lengths)


def strokes_since(strokes: Sequence[Stroke], seen: tuple[int, int]) -> list[tuple[Stroke, int]]:
    """The strokes that have points that were not `seen`, each with the number of the first.

    Seen were the first so many strokes, with so many points in the last of them.
    """
    n_strokes, n_points = seen
    new = [(stroke, 0) for stroke in strokes[n_strokes:]]
    if n_strokes and len(strokes[n_strokes - 1].points) > n_points:
        return [(strokes[n_strokes - 1], n_points), *new]
    return new


def end_of(strokes: Sequence[Stroke]) -> tuple[int, int]:
    """How many strokes there are, and points in the last of them."""
    return len(strokes), len(strokes[-1].points) if strokes else 0


def check_room(strokes: int, points: int) -> None:
    """Raise `InkError` if so many strokes and points are more than a drawing can have."""
    if strokes > MOST_STROKES or points > MOST_POINTS:
        raise InkError(
            "The pad is full: a drawing can have {strokes:,} strokes and {points:,} points. "
            "Clear it and start again.",
            "ink.full",
            strokes=MOST_STROKES,
            points=MOST_POINTS,
        )


def _stroke(points: Doubles, width: float, erases: bool) -> Stroke:
    """A stroke of what has been checked."""
    stroke = object.__new__(Stroke)
    stroke.__dict__.update(points=points, width=width, erases=erases)
    return stroke


def checked_points(points: ArrayLike) -> Doubles:
    """(n, 2) read-only copy of `points`, if they can be drawn."""
    if isinstance(points, list | tuple):
        check_room(1, len(points))
    array = _numbers(points)
    if array is None:
        raise InkError(
            "The points must be numbers in a rectangular array.", "ink.points_are_no_numbers"
        )
    if array.ndim != 2 or array.shape[1] != 2 or not len(array):
        raise InkError(
            "A stroke's points must be (n, 2) numbers, with n at least 1; these are {shape}.",
            "ink.shape_of_points",
            shape=array.shape,
        )
    check_room(1, len(array))
    if not np.abs(array).max() <= FARTHEST:
        raise InkError(
            "A stroke's points must be finite and at most {farthest:,} pixels from the pad.",
            "ink.far",
            farthest=FARTHEST,
        )
    return read_only(array)


def checked_images(images: ArrayLike, shape: tuple[int, ...]) -> Image:
    """float32 copy of `images` in this shape (-1: any number), if all its values are 0–1."""
    array = _numbers(images)
    if array is None:
        raise InkError(
            "The pixels must be numbers in a rectangular array.", "ink.pixels_are_no_numbers"
        )
    if array.ndim != len(shape) or any(
        wanted not in (-1, found) for wanted, found in zip(shape, array.shape, strict=True)
    ):
        wanted_shape = str(shape).replace("-1", "m")
        raise InkError(
            "An image of shape {wanted} is wanted; this one is {shape}.",
            "ink.shape_of_image",
            wanted=wanted_shape,
            shape=array.shape,
        )
    if array.size and not (array.min() >= 0 and array.max() <= 1):
        raise InkError(
            "An image's values must be from 0 (no ink) to 1 (full ink).", "ink.range_of_image"
        )
    return array.astype(np.float32)


def _numbers(values: ArrayLike) -> Doubles | None:
    """A copy of what are numbers in a rectangular array; None for anything else."""
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None


def _checked_width(width: float) -> float:
    number = isinstance(width, int | float) and not isinstance(width, bool)
    if number and NARROWEST <= width <= WIDEST:
        return float(width)
    raise InkError(
        "A pen's width must be from {narrowest} to {widest} pixels, not {width}.",
        "ink.width",
        narrowest=NARROWEST,
        widest=WIDEST,
        width=shortened(width),
    )


def _checked_kind(erases: bool) -> bool:
    if not isinstance(erases, bool):
        raise InkError("A stroke either erases or does not: true or false is wanted.", "ink.erases")
    return erases
