"""A drawing as a short text that can stand in an address.

Places are kept to a hundredth of a pixel, as the pad measures them, and greys of an image to 1/255.
A digit of a hundred points takes about two hundred characters, one of a thousand about 1,300.

The text is packed (`core.packed_text`) from whole numbers: a version; 1 and the 784 greys of the
image below the strokes, or 0; the number of strokes; and of each stroke whether it erases, its
width, the number of its points, and how the pen moved. In version 2 that is the first point and
from then on how each step differs from the one before, since a pen goes on as it goes. Version 1,
which is still read, has the steps themselves, the first from the corner of the pad.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.ink.brush import PAD, Image
from core.ink.drawing import Drawing
from core.ink.stroke import NotADrawingError, Stroke, strokes_from
from core.ink.thinning import thinned
from core.packed_text import PackedTextError, in_bytes, numbers_in, packed, unpacked

MOST_BYTES: Final = 200_000
"""More than any drawing takes."""

_STEPS, _CHANGES_OF_STEPS = 1, 2  # the versions
_PARTS = 100  # of a pixel

#: How far, in pixels, a line of ink may be off when a drawing must be short: nobody sees it.
_TOLERANCES: Final = (0.02, 0.05, 0.1)

#: How many times too long a text may be for fewer points to be worth trying, which takes a while.
_HOPELESS: Final = 4


def to_url_text(drawing: Drawing) -> str:
    """The drawing as text, for `from_url_text`."""
    strokes = drawing.strokes
    numbers = chain(
        [_CHANGES_OF_STEPS], _base(drawing.base), [len(strokes)], *map(_stroke, strokes)
    )
    return packed(in_bytes(numbers))


def to_short_url_text(drawing: Drawing, longest: int) -> str | None:
    """The drawing as text of no more characters than these; None if that cannot be.

    A drawing of very many points has fewer of them then, at most a tenth of a pixel from its ink.
    If that is not enough it is its image, without strokes.
    """
    exact = to_url_text(drawing)
    if len(exact) <= longest:
        return exact
    shorter = [] if len(exact) > _HOPELESS * longest else _with_fewer_points(drawing)
    texts = (to_url_text(each) for each in chain(shorter, [Drawing(drawing.image)]))
    return next((text for text in texts if len(text) <= longest), None)


def from_url_text(text: str, most_bytes: int = MOST_BYTES) -> Drawing:
    """The drawing that `to_url_text` wrote, if it has no more bytes than these before packing.

    Raises `NotADrawingError` for any other text, and `InkError` for what cannot be ink.
    """
    try:
        return _read(numbers_in(unpacked(text, most_bytes)))
    except (PackedTextError, StopIteration):
        raise NotADrawingError("Not a saved drawing.", "ink.no_drawing") from None


def _with_fewer_points(drawing: Drawing) -> Iterator[Drawing]:
    for tolerance in _TOLERANCES:
        yield Drawing(drawing.base, tuple(thinned(each, tolerance) for each in drawing.strokes))


def _read(numbers: Iterator[int]) -> Drawing:
    version = next(numbers)
    if version not in (_STEPS, _CHANGES_OF_STEPS):
        raise PackedTextError
    base = _base_read(numbers)
    strokes = [_stroke_read(numbers, version) for _ in range(next(numbers))]
    return Drawing(base, strokes_from(strokes))


def _signed(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Whole numbers as ones without a sign: 0, -1, 1, -2 and so on become 0, 1, 2, 3."""
    return np.where(numbers >= 0, 2 * numbers, -2 * numbers - 1)


def _signed_read(number: int) -> int:
    return number >> 1 if number % 2 == 0 else -(number + 1 >> 1)


def _base(base: Image | None) -> Iterable[int]:
    if base is None:
        return [0]
    return [1, *np.rint(255 * base.ravel()).astype(int).tolist()]


def _base_read(numbers: Iterator[int]) -> Image | None:
    if next(numbers) == 0:
        return None
    greys = np.array([min(next(numbers), 256) for _ in range(PAD * PAD)], dtype=np.float32)
    return greys.reshape(PAD, PAD) / np.float32(255)


def _stroke(stroke: Stroke) -> Iterable[int]:
    first, *_ = places = np.rint(_PARTS * stroke.points).astype(np.int64)
    changes = np.diff(np.diff(places, axis=0), axis=0, prepend=[[0, 0]])
    moves = np.concatenate(([first], changes))
    head = [int(stroke.erases), round(_PARTS * stroke.width), len(places)]
    return [*head, *_signed(moves).ravel().tolist()]


def _stroke_read(numbers: Iterator[int], version: int) -> dict[str, Any]:
    erases, width, count = next(numbers), next(numbers), next(numbers)
    moves = [(_signed_read(next(numbers)), _signed_read(next(numbers))) for _ in range(count)]
    if version == _CHANGES_OF_STEPS:
        moves[1:] = accumulate(moves[1:], _sum)
    points = [[x / _PARTS, y / _PARTS] for x, y in accumulate(moves, _sum)]
    return {"points": points, "width": width / _PARTS, "erases": bool(erases)}


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
