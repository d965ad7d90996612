"""Ink: what a hand drew, and the pixels it makes.

A `Drawing` is a value: one more point makes a new drawing that shares its strokes with the old one.
What was computed for the old one, its pixels and its path, goes on to the new one, so that a
movement of the pen costs that movement only, and a long history of drawings costs only its points.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar, Final, Self

import numpy as np
from numpy.typing import ArrayLike

from core.brush import DEFAULT_WIDTH, PAD, Floats, Image, paint, segments
from core.centreline import EMPTY, Centreline
from core.lens import centre_line, map_of_line
from core.resample import centre_many, map_of_image
from core.stroke import MOST_POINTS, InkError, Stroke, checked_images, read_only

__all__ = [
    "DEFAULT_WIDTH",
    "Drawing",
    "InkError",
    "Stroke",
    "centre",
    "centre_image",
    "centre_images",
    "rasterize",
]

_LONGEST_JSON: Final = 4_000_000


def rasterize(strokes: Iterable[Stroke | ArrayLike]) -> Image:
    """(28, 28) image, float32, 0–1, of strokes as drawn.

    A stroke is a `Stroke` or an (n, 2) array of (x, y) in pixels, 0–28, y down. Raises `InkError`.
    """
    image = _blank()
    for stroke in _strokes(strokes):
        image = paint(image, *segments(stroke.points), stroke.width, stroke.erases)
    return image


def centre(strokes: Iterable[Stroke | ArrayLike]) -> Image:
    """(28, 28) image, float32, 0–1, of strokes as the lens shows them to the network."""
    line = EMPTY
    for stroke in _strokes(strokes):
        line = line.after(*segments(stroke.points), stroke.width, stroke.erases)
    return centre_line(line)


def centre_image(image: ArrayLike) -> Image:
    """(28, 28) image as the lens shows it, from a (28, 28) image with values 0–1."""
    checked = checked_images(image, (PAD, PAD))
    return centre_many(checked.reshape(1, -1)).reshape(PAD, PAD)


def centre_images(images: ArrayLike) -> Image:
    """(m, 784) images as the lens shows them, from (m, 784) images with values 0–1."""
    return centre_many(checked_images(images, (-1, PAD * PAD)))


@dataclass(frozen=True, eq=False)
class Drawing:
    """A picture on the pad: strokes, on an image or on nothing.

    `base` is (28, 28) with values 0–1, or None. `drawing.image` is the picture as drawn and
    `drawing.centred()` what the lens shows of it; both are (28, 28), float32, 0–1.
    """

    base: Image | None = None
    strokes: tuple[Stroke, ...] = ()
    _known: "list[_Ink]" = field(default_factory=list, init=False, repr=False)

    blank: ClassVar["Drawing"]

    def __post_init__(self) -> None:
        if self.base is not None:
            object.__setattr__(self, "base", read_only(checked_images(self.base, (PAD, PAD))))
        if sum(len(stroke.points) for stroke in self.strokes) > MOST_POINTS:
            raise InkError(f"A drawing may have {MOST_POINTS} points: clear it and start again.")

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Drawing)
            and self.strokes == other.strokes
            and np.array_equal(_pixels(self.base), _pixels(other.base))
        )

    def __hash__(self) -> int:
        return hash((_pixels(self.base).tobytes(), self.strokes))

    @property
    def is_blank(self) -> bool:
        """Whether no pixel has any ink."""
        return not self.image.any()

    @property
    def nbytes(self) -> int:
        """Bytes of memory that its points and its image take."""
        points = sum(stroke.points.nbytes for stroke in self.strokes)
        return points + (0 if self.base is None else self.base.nbytes)

    @property
    def image(self) -> Image:
        """(28, 28) the picture as drawn; read-only."""
        return self._ink.image

    def centred(self) -> Image:
        """(28, 28) what the lens shows of the picture."""
        return centre_line(self._ink.line) if self.base is None else centre_image(self.image)

    def lens(self) -> Floats:
        """(2, 3) where the lens shows each place of the pad: x' = lens · (x, y, 1), in pixels.

        A blank drawing is shown as it is.
        """
        if self.is_blank:
            return np.eye(2, 3)
        return (
            map_of_line(self._ink.line) if self.base is None else map_of_image(self.image.ravel())
        )

    def with_stroke(self, stroke: Stroke) -> "Drawing":
        """This drawing and one more stroke."""
        drawing = Drawing(self.base, (*self.strokes, stroke))
        return drawing._knowing(self._handed_over().after(*segments(stroke.points), stroke))

    def extended(self, points: ArrayLike) -> "Drawing":
        """This drawing with its last stroke drawn on through `points` (n, 2)."""
        if not self.strokes:
            raise InkError("There is no stroke to draw on: start one first.")
        *others, last = self.strokes
        longer = last.extended(points)
        drawing = Drawing(self.base, (*others, longer))
        starts, ends = (part[len(last.points) :] for part in segments(longer.points))
        return drawing._knowing(self._handed_over().after(starts, ends, last))

    def to_json(self) -> str:
        """The drawing as text, for `from_json`."""
        base = None if self.base is None else self.base.tolist()
        saved = {"base": base, "strokes": [stroke.as_dict() for stroke in self.strokes]}
        return json.dumps(saved, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Drawing":
        """The drawing that `to_json` wrote. Raises `InkError` for any other text."""
        if len(text) > _LONGEST_JSON:
            raise InkError("A saved drawing may have four million characters; this text has more.")
        try:
            saved = json.loads(text)
        except (ValueError, RecursionError):
            raise InkError("A saved drawing must be JSON, and this text is not.") from None
        if not isinstance(saved, dict) or saved.keys() != {"base", "strokes"}:
            raise InkError("A saved drawing needs base and strokes, and nothing else.")
        if not isinstance(saved["strokes"], list):
            raise InkError("A saved drawing's strokes must be a list.")
        return cls(saved["base"], tuple(Stroke.from_dict(each) for each in saved["strokes"]))

    @property
    def _ink(self) -> "_Ink":
        if not self._known:
            ink = _Ink(_pixels(self.base), EMPTY)
            for stroke in self.strokes:
                ink = ink.after(*segments(stroke.points), stroke)
            self._knowing(ink)
        return self._known[0]

    def _knowing(self, ink: "_Ink") -> Self:
        self._known[:] = [ink]
        return self

    def _handed_over(self) -> "_Ink":
        """What this drawing knows, for its successor: found anew if this one is shown again."""
        ink = self._ink
        self._known.clear()
        return ink


@dataclass(frozen=True, eq=False)
class _Ink:
    """What strokes amount to: pixels as drawn, and the path that is left after erasing."""

    image: Image
    line: Centreline

    def after(self, starts: Floats, ends: Floats, stroke: Stroke) -> "_Ink":
        """The ink after these segments, each (n, 2), of a stroke."""
        image = paint(self.image, starts, ends, stroke.width, stroke.erases)
        line = self.line.after(starts, ends, stroke.width, stroke.erases)
        return _Ink(read_only(image), line)


def _strokes(strokes: Iterable[Stroke | ArrayLike]) -> Iterable[Stroke]:
    return (each if isinstance(each, Stroke) else Stroke(np.asarray(each)) for each in strokes)


def _blank() -> Image:
    return np.zeros((PAD, PAD), np.float32)


def _pixels(base: Image | None) -> Image:
    return read_only(_blank()) if base is None else base


Drawing.blank = Drawing()
