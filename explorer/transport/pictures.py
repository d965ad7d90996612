"""A drawing as it travels to the wall: a picture of 28 × 28 greys, as a browser shows it."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode, b64encode

import numpy as np

from core.errors import InputError
from core.ink import Drawing
from core.ink.brush import Image

_SIDE = 28
_PREFIX = "data:image/png;base64,"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 0, 0, 0, 0)  # eight bits of grey, not interlaced
_BEFORE_DATA = len(_SIGNATURE) + 12 + len(_HEADER)


def packed(drawing: Drawing) -> str:
    """The picture of a drawing as the address of a PNG image."""
    return packed_image(drawing.image)


def packed_image(image: Image) -> str:
    """The same for an image, (28, 28), 0-1."""
    greys = np.round(255 * image).astype(np.uint8)
    rows = np.pad(greys, ((0, 0), (1, 0)))  # each row starts with its filter: none
    data = zlib.compress(rows.tobytes())
    file = _SIGNATURE + _chunk(b"IHDR", _HEADER) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return _PREFIX + b64encode(file).decode()


def unpacked(picture: str) -> Drawing:
    """A drawing that looks like a picture of `packed`, without its strokes.

    Raises:
        InputError: the text is no such picture.
    """
    return Drawing(unpacked_image(picture))


def unpacked_image(picture: str) -> Image:
    """The image in a picture of `packed`, (28, 28), 0-1.

    Raises:
        InputError: the text is no such picture.
    """
    try:
        image = b64decode(picture.removeprefix(_PREFIX))
        (length,) = struct.unpack_from(">I", image, _BEFORE_DATA)
        data = image[_BEFORE_DATA + 8 :][:length]
        greys = zlib.decompressobj().decompress(data, max_length=_SIDE * (_SIDE + 1))
        rows = np.frombuffer(greys, np.uint8).reshape(_SIDE, _SIDE + 1)
    except (ValueError, zlib.error, struct.error):
        raise InputError("This is no picture of a drawing.") from None
    return np.asarray(rows[:, 1:] / 255, np.float32)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
