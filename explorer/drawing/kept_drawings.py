"""The drawings that a tab has kept, checked when they come back."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

import numpy as np

from core.errors import InputError
from core.ink.url_text import from_url_text
from core.nn.digit_network import N_DIGITS
from explorer.state.own_drawings import OwnDrawing, short_text
from explorer.texts import text
from explorer.transport.messages import NotUnderstoodError, whole
from explorer.transport.pictures import unpacked_image
from explorer.transport.plain_json import UnreadableMessageError, parsed

#: Characters of a picture or a text, and bytes of the latter unpacked: more than any takes.
_LONGEST: Final = 3_000
_MOST_BYTES: Final = 10_000


def entries_in(written: str) -> list[Any]:
    """What is listed in the text that a tab has kept, unchecked.

    Raises:
        InputError: it is no such text.
    """
    try:
        entries = parsed(written)
    except UnreadableMessageError:
        entries = None
    if not isinstance(entries, list):
        raise InputError(text("own.unreadable"))
    return entries


def drawings_in(entries: Iterable[Any]) -> list[OwnDrawing]:
    """Those of the entries that are drawings: each its digit, its picture, and its text."""
    return [each for each in map(_read, entries) if each is not None]


def _read(entry: Any) -> OwnDrawing | None:
    match entry:
        case [int() as digit, str() as picture, str() as drawn] if (
            max(len(picture), len(drawn)) <= _LONGEST
        ):
            with suppress(InputError, NotUnderstoodError):
                return _checked(whole(digit, N_DIGITS), picture, drawn)
    return None


def _checked(digit: int, picture: str, drawn: str) -> OwnDrawing | None:
    """None for a picture without ink. Raises ``InputError`` for what is no picture or drawing."""
    pixels = np.round(255 * unpacked_image(picture)).astype(np.uint8)
    if not pixels.any():
        return None
    drawing = from_url_text(drawn, _MOST_BYTES)
    return OwnDrawing(pixels.tobytes(), digit, short_text(drawing))
