"""A drawing as a short text that can stand in an address.

Places are kept to a hundredth of a pixel, as the pad measures them, and greys of an image to 1/255.
A digit of a hundred points takes about three hundred characters.

The text is Base64 for addresses (RFC 4648, section 5) of a zlib stream of whole numbers: a version,
1; 1 and the 784 greys of the image below the strokes, or 0; the number of strokes; and of each
stroke whether it erases, its width, the number of its points, and the steps from point to point,
the first from the corner of the pad. Numbers below 128 are one byte, others seven bits a byte, the
lowest first.
"""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from typing import Any, Final

import numpy as np

from core.ink.brush import PAD, Image
from core.ink.drawing import Drawing
from core.ink.stroke import NotADrawingError, Stroke, strokes_from

MOST_BYTES: Final = 200_000
"""More than any drawing takes."""

_VERSION = 1
_PARTS = 100  # of a pixel
_LONGEST = 63  # bits of a number


def to_url_text(drawing: Drawing) -> str:
    """The drawing as text, for `from_url_text`."""
    strokes = drawing.strokes
    numbers = chain([_VERSION], _base(drawing.base), [len(strokes)], *map(_stroke, strokes))
    packed = zlib.compress(b"".join(map(_written, numbers)), 9)
    return urlsafe_b64encode(packed).rstrip(b"=").decode()


def from_url_text(text: str, most_bytes: int = MOST_BYTES) -> Drawing:
    """The drawing that `to_url_text` wrote, if it has no more bytes than these before packing.

    Raises `NotADrawingError` for any other text, and `InkError` for what cannot be ink.
    """
    numbers = _read(_unpacked(text, most_bytes))
    try:
        if next(numbers) != _VERSION:
            raise _no_drawing()
        base = _base_read(numbers)
        strokes = [_stroke_read(numbers) for _ in range(next(numbers))]
    except StopIteration:
        raise _no_drawing() from None
    return Drawing(base, strokes_from(strokes))


def _no_drawing() -> NotADrawingError:
    return NotADrawingError("Not a saved drawing.", "ink.no_drawing")


def _unpacked(text: str, most_bytes: int) -> bytes:
    try:
        packed = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, most_bytes)
    except (ValueError, zlib.error):
        raise _no_drawing() from None
    if not unpacking.eof:
        raise _no_drawing()
    return content


def _written(number: int) -> bytes:
    low, rest = number & 127, number >> 7
    return bytes([low | 128]) + _written(rest) if rest else bytes([low])


def _read(content: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in content:
        number |= (byte & 127) << shift
        shift += 7
        if shift > _LONGEST:
            raise _no_drawing()
        if byte < 128:
            yield number
            number = shift = 0


def _signed(number: int) -> int:
    """A whole number as one without a sign: 0, -1, 1, -2 and so on become 0, 1, 2, 3."""
    return 2 * number if number >= 0 else -2 * number - 1


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
    places = np.rint(_PARTS * stroke.points).astype(int)
    steps = np.diff(places, axis=0, prepend=[[0, 0]])
    head = [int(stroke.erases), round(_PARTS * stroke.width), len(places)]
    return [*head, *map(_signed, steps.ravel().tolist())]


def _stroke_read(numbers: Iterator[int]) -> dict[str, Any]:
    erases, width, count = next(numbers), next(numbers), next(numbers)
    steps = [(_signed_read(next(numbers)), _signed_read(next(numbers))) for _ in range(count)]
    places = accumulate(steps, lambda place, step: (place[0] + step[0], place[1] + step[1]))
    points = [[x / _PARTS, y / _PARTS] for x, y in places]
    return {"points": points, "width": width / _PARTS, "erases": bool(erases)}
