"""A stroke, and the checks on everything that is to become ink."""

from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.brush import DEFAULT_WIDTH, Floats, Image
from core.errors import InputError

Number = TypeVar("Number", bound=np.generic)

MOST_POINTS: Final = 50_000
"""Points that a stroke, and a whole drawing, may have; a page full of ink has about a thousand."""

FARTHEST: Final = 10_000.0
"""How far from the corner of the pad, in pixels, a point may be."""

NARROWEST: Final = 0.5
WIDEST: Final = 12.0


class InkError(InputError):
    """Points, strokes, images or saved drawings that cannot be ink."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """One movement of the pen, from touching the pad to leaving it.

    `points` is (n, 2) with n ≥ 1: x to the right, y down, in pixels; 0–28 is on the pad. `width`
    is in pixels, 0.5–12. Raises `InkError` for anything else.
    """

    points: Floats
    width: float = DEFAULT_WIDTH
    erases: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", checked_points(self.points))
        object.__setattr__(self, "width", _checked_width(self.width))
        if not isinstance(self.erases, bool):
            raise InkError("A stroke either erases or does not: true or false is wanted.")

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
        return Stroke(longer, self.width, self.erases)

    def as_dict(self) -> dict[str, Any]:
        """The stroke as plain numbers and lists, for JSON."""
        return {"points": self.points.tolist(), "width": self.width, "erases": self.erases}

    @classmethod
    def from_dict(cls, saved: object) -> "Stroke":
        """The stroke that `as_dict` wrote down."""
        if not isinstance(saved, dict) or saved.keys() != {"points", "width", "erases"}:
            raise InkError("A saved stroke needs points, width and erases, and nothing else.")
        return cls(**saved)


def checked_points(points: ArrayLike) -> Floats:
    """(n, 2) read-only copy of `points`, if they can be drawn."""
    array = _numbers(points, "points")
    if array.ndim != 2 or array.shape[1] != 2 or not 1 <= len(array) <= MOST_POINTS:
        raise InkError(
            f"A stroke's points must be (n, 2) numbers, with n from 1 to {MOST_POINTS}; "
            f"these are {array.shape}."
        )
    if not np.abs(array).max() <= FARTHEST:
        raise InkError(
            f"A stroke's points must be finite and at most {FARTHEST:.0f} pixels from the pad."
        )
    return read_only(array)


def checked_images(images: ArrayLike, shape: tuple[int, ...]) -> Image:
    """float32 copy of `images` in this shape (-1: any number), if all its values are 0–1."""
    array = _numbers(images, "pixels")
    if array.ndim != len(shape) or any(
        wanted not in (-1, found) for wanted, found in zip(shape, array.shape, strict=True)
    ):
        wanted_shape = str(shape).replace("-1", "m")
        raise InkError(f"An image of shape {wanted_shape} is wanted; this one is {array.shape}.")
    if array.size and not (array.min() >= 0 and array.max() <= 1):
        raise InkError("An image's values must be from 0 (no ink) to 1 (full ink).")
    return array.astype(np.float32)


def read_only(array: NDArray[Number]) -> NDArray[Number]:
    """The same array, which nobody can write to any more."""
    array.setflags(write=False)
    return array


def _numbers(values: ArrayLike, name: str) -> Floats:
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InkError(f"The {name} must be numbers in a rectangular array.") from None


def _checked_width(width: float) -> float:
    if isinstance(width, (int, float)) and NARROWEST <= width <= WIDEST:
        return float(width)
    raise InkError(f"A pen's width must be from {NARROWEST} to {WIDEST:.0f} pixels, not {width!r}.")
