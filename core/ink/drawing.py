"""Ink: what a hand drew, and the pixels it makes.

A `Drawing` is a value: one more point makes a new drawing that shares its strokes with the old one.
What was worked out for the old one is where the new one starts, so that a movement of the pen costs
that movement only; and the old one keeps it, so that going back costs nothing.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import is_
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Doubles, read_only
from core.ink.brush import PAD, Image
from core.ink.centreline import NOTHING_ERASED, Remains, visible
from core.ink.centring import View, look_at
from core.ink.raster import Picture
from core.ink.resample import centre_many, look_at_image
from core.ink.stroke import (
    InkError,
    NotADrawingError,
    Stroke,
    check_room,
    checked_images,
    strokes_from,
)

LONGEST_JSON: Final = 600_000
"""The most characters of a saved drawing: enough for as many points as a drawing can have."""

_MOST_PENS: Final = 8
"""Widths of pens in one drawing beyond which the lens looks at its picture."""

_BYTES_OF_IMAGES: Final = 7_000
_BYTES_OF_A_STROKE: Final = 500
_BYTES_OF_A_POINT: Final = 16


def rasterize(strokes: Iterable[Stroke | ArrayLike]) -> Image:
    """(28, 28) image, float32, 0–1, of strokes as drawn.

    A stroke is a `Stroke` or an (n, 2) array of (x, y) in pixels, 0–28, y down. Raises `InkError`.
    """
    return Drawing(None, _strokes(strokes)).image


def centre(strokes: Iterable[Stroke | ArrayLike]) -> Image:
    """(28, 28) image, float32, 0–1, of strokes as the lens shows them to the network."""
    return Drawing(None, _strokes(strokes)).centred()


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
    `drawing.centred()` what the lens shows of it; both are (28, 28), float32, 0–1, read-only.
    Raises `InkError` for more than `MOST_STROKES` strokes or `MOST_POINTS` points.
    """

    base: Image | None = None
    strokes: tuple[Stroke, ...] = ()
    _n_points: int = field(init=False, repr=False)
    _picture: Picture = field(init=False, repr=False)
    _remains: Remains = field(init=False, repr=False)

    blank: ClassVar["Drawing"]

    def __post_init__(self) -> None:
        if self.base is not None:
            self._set(base=read_only(checked_images(self.base, (PAD, PAD))))
        count = sum(len(stroke.points) for stroke in self.strokes)
        check_room(len(self.strokes), count)
        self._set(_n_points=count, _picture=Picture(_pixels(self.base)), _remains=NOTHING_ERASED)

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
    def image(self) -> Image:
        """(28, 28) the picture as drawn."""
        self._set(_picture=self._picture.after(self.strokes))
        return self._picture.image

    def centred(self) -> Image:
        """(28, 28) what the lens shows of the picture."""
        return self._view.image

    def lens(self) -> Doubles:
        """(2, 3) where the lens shows each place of the pad: x' = lens · (x, y, 1), in pixels.

        A blank drawing is shown as it is.
        """
        return self._view.lens

    @property
    def nbytes(self) -> int:
        """About how many bytes of memory the drawing takes, with its strokes and its images."""
        return self._bytes_of(self.strokes)

    def nbytes_beyond(self, other: "Drawing") -> int:
        """About how many bytes the drawing takes beside `other`, with which it may share strokes.

        Added up along a history, each drawing beyond the one before, this is what all take.
        """
        return self._bytes_of(self.strokes[sum(map(is_, self.strokes, other.strokes)) :])

    def with_stroke(self, stroke: Stroke) -> "Drawing":
        """This drawing and one more stroke."""
        return self._grown((*self.strokes, stroke), len(stroke.points))

    def extended(self, points: ArrayLike) -> "Drawing":
        """This drawing with its last stroke drawn on through `points` (n, 2)."""
        if not self.strokes:
            raise InkError("There is no stroke to draw on: start one first.", "ink.no_stroke_yet")
        *others, last = self.strokes
        longer = last.extended(points)
        return self._grown((*others, longer), len(longer.points) - len(last.points))

    def to_json(self) -> str:
        """The drawing as text, for `from_json`."""
        base = None if self.base is None else self.base.tolist()
        saved = {"base": base, "strokes": [stroke.as_dict() for stroke in self.strokes]}
        return json.dumps(saved, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Drawing":
        """The drawing that `to_json` wrote.

        Raises `InkError` for any other text, and among these `NotADrawingError` for one that is no
        JSON or has other contents.
        """
        if len(text) > LONGEST_JSON:
            raise InkError(
                "A saved drawing can have {most:,} characters; this has {found:,}.",
                "ink.long",
                most=LONGEST_JSON,
                found=len(text),
            )
        try:
            saved = json.loads(text)
        except (ValueError, RecursionError):
            raise NotADrawingError("Not a saved drawing.", "ink.no_drawing") from None
        if not isinstance(saved, dict) or saved.keys() != {"base", "strokes"}:
            raise NotADrawingError(
                "A saved drawing needs base and strokes, and nothing else.", "ink.no_base"
            )
        return cls(saved["base"], strokes_from(saved["strokes"]))

    def _grown(self, strokes: tuple[Stroke, ...], new_points: int) -> "Drawing":
        """This drawing with other `strokes`, which begin as its own do and have new points."""
        count = self._n_points + new_points
        check_room(len(strokes), count)
        drawing = object.__new__(Drawing)
        known = {"_picture": self._picture, "_remains": self._remains}
        drawing._set(base=self.base, strokes=strokes, _n_points=count, **known)
        return drawing

    def _set(self, **values: Any) -> None:
        """Note what was given, or what has been worked out from it: nothing that others see."""
        self.__dict__.update(values)

    @cached_property
    def _view(self) -> View:
        """Of the strokes' path where it is known and not too entangled, else of their picture."""
        pens = [stroke for stroke in self.strokes if not stroke.erases]
        if self.base is None and len({pen.width for pen in pens}) <= _MOST_PENS:
            if len(pens) < len(self.strokes):
                self._set(_remains=self._remains.after(self.strokes))
            if not self._remains.tangled:
                return look_at(visible(pens, self._remains))
        return look_at_image(self.image)

    def _bytes_of(self, strokes: tuple[Stroke, ...]) -> int:
        """Bytes of the drawing, if these are the only strokes that nobody else has."""
        points = sum(len(stroke.points) for stroke in strokes)
        own = _BYTES_OF_IMAGES + 8 * len(self.strokes) + self._remains.nbytes
        return own + _BYTES_OF_A_STROKE * len(strokes) + _BYTES_OF_A_POINT * points


def _strokes(strokes: Iterable[Stroke | ArrayLike]) -> tuple[Stroke, ...]:
    return tuple(each if isinstance(each, Stroke) else Stroke(np.asarray(each)) for each in strokes)


def _pixels(base: Image | None) -> Image:
    return _BLANK if base is None else base


_BLANK: Final = read_only(np.zeros((PAD, PAD), np.float32))

Drawing.blank = Drawing()
