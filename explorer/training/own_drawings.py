"""Drawings that a person has collected, each with the digit that was meant. A value."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np

from core.arrays import Array
from core.errors import InputError
from core.ink.brush import Image
from core.nn.digit_network import N_DIGITS, N_PIXELS
from core.training.own_examples import OwnExamples
from explorer.texts import number, text
from explorer.transport.messages import NotUnderstoodError, whole
from explorer.transport.pictures import packed_image, unpacked_image
from explorer.transport.plain_json import UnreadableMessageError, parsed

#: About 300 bytes each, which travel to the tab and are kept there.
MOST_DRAWINGS: Final = 500

#: What the share of one's own drawings in an epoch can be, in percent: from none to them alone.
SHARES: Final = (0, 1, 5, 10, 25, 50, 100)

_LONGEST_PICTURE: Final = 2_000


class Labelled(NamedTuple):
    """A drawing as the network receives it, with its digit.

    ``pixels`` are its 784 greys, 0-255, ``picture`` shows them (see `explorer.transport.pictures`).
    """

    pixels: bytes
    digit: int
    picture: str

    @classmethod
    def of(cls, image: Image, digit: int) -> Labelled:
        """That of an image, (28, 28), 0-1. Raises `InputError` if it has no ink."""
        pixels = np.round(255 * image).astype(np.uint8)
        if not pixels.any():
            raise InputError(text("own.blank"))
        return cls(pixels.tobytes(), digit, packed_image(image))


@dataclass(frozen=True)
class OwnDrawings:
    """Drawings by their numbers, which are never given again, the oldest first."""

    by_number: tuple[tuple[int, Labelled], ...] = ()
    next_number: int = 0

    def __len__(self) -> int:
        return len(self.by_number)

    @property
    def counts(self) -> list[int]:
        """How many there are of each digit, 0-9."""
        digits = [each.digit for _, each in self.by_number]
        return [digits.count(digit) for digit in range(N_DIGITS)]

    @cached_property
    def images(self) -> Array:
        """What a network receives of them, (m, 784), 0-1."""
        greys = np.frombuffer(b"".join(each.pixels for _, each in self.by_number), np.uint8)
        return (greys / 255).astype(np.float32).reshape(-1, N_PIXELS)

    def with_more(self, drawings: Iterable[Labelled]) -> OwnDrawings:
        """With others. Raises `InputError` if there is no room for all of them."""
        more = tuple(enumerate(drawings, self.next_number))
        if len(self) + len(more) > MOST_DRAWINGS:
            raise InputError(text("own.full", most=number(MOST_DRAWINGS)))
        return OwnDrawings((*self.by_number, *more), self.next_number + len(more))

    def without(self, number: int) -> OwnDrawings:
        """Without the one of this number, if it is there."""
        left = tuple(each for each in self.by_number if each[0] != number)
        return OwnDrawings(left, self.next_number)

    def examples(self, percent: int) -> OwnExamples | None:
        """What to learn from when so many percent of an epoch are these; None for nothing."""
        if not self.by_number or not percent:
            return None
        pixels = b"".join(each.pixels for _, each in self.by_number)
        return OwnExamples(pixels, bytes(each.digit for _, each in self.by_number), percent)


class Kept(NamedTuple):
    """What a tab has kept: the drawings and their share, and how many of them are none."""

    drawings: list[Labelled]
    percent: int
    n_lost: int


def kept_in(written: str) -> Kept:
    """What is in the text that a tab has kept, as many drawings as there is room for.

    Raises:
        InputError: it is no such text.
    """
    try:
        kept = parsed(written)
    except UnreadableMessageError:
        kept = None
    match kept:
        case {"percent": int(percent), "drawings": [*drawings]} if percent in SHARES:
            found = [each for each in map(_read, drawings[:MOST_DRAWINGS]) if each is not None]
            return Kept(found, percent, len(drawings) - len(found))
    raise InputError(text("own.unreadable"))


def _read(kept: Any) -> Labelled | None:
    """A drawing that was kept, if it is one."""
    match kept:
        case [int() as digit, str() as picture] if len(picture) <= _LONGEST_PICTURE:
            with suppress(InputError, NotUnderstoodError):
                return Labelled.of(unpacked_image(picture), whole(digit, N_DIGITS))
    return None
