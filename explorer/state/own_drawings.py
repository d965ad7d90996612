"""Drawings that a person has collected, each with the digit that was meant. A value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from core.data.images import Images
from core.errors import InputError
from core.ink import Drawing
from core.ink.brush import PAD, Image
from core.ink.url_text import from_url_text, to_url_text
from core.nn.digit_network import N_DIGITS
from explorer.state.answer import received
from explorer.texts import number, text

#: About 700 bytes each, which travel to the tab and are kept there.
MOST_DRAWINGS: Final = 500

#: Of a drawing with more points its image is kept instead of them.
_MOST_POINTS: Final = 600

#: Asks for the drawings of a class, each with the digit that was meant.
ClassDrawings: TypeAlias = Callable[[], Awaitable[list[tuple[Drawing, int]]]]


class OwnDrawing(NamedTuple):
    """A drawing with its digit.

    ``pixels`` are the 784 greys, 0-255, in which the network received it when it was collected.
    ``written`` is the drawing itself, as text, see `core.ink.url_text`.
    """

    pixels: bytes
    digit: int
    written: str

    @classmethod
    def of(cls, drawing: Drawing, digit: int, centred: bool) -> OwnDrawing:
        """A drawing that is seen through the lens or not. Raises `InputError` if it has no ink."""
        pixels = np.round(255 * received(drawing, centred)).astype(np.uint8)
        if not pixels.any():
            raise InputError(text("own.blank"))
        return cls(pixels.tobytes(), digit, short_text(drawing))

    @property
    def drawing(self) -> Drawing:
        """What was drawn, ready to be drawn on."""
        return from_url_text(self.written)

    @property
    def image(self) -> Image:
        """What the network received, (28, 28), 0-1."""
        return Images.from_bytes(self.pixels, bytes([self.digit])).images.reshape(PAD, PAD)


def short_text(drawing: Drawing) -> str:
    """A drawing as text, with its strokes unless they have very many points."""
    n_points = sum(len(each.points) for each in drawing.strokes)
    return to_url_text(drawing if n_points <= _MOST_POINTS else Drawing(drawing.image))


@dataclass(frozen=True)
class OwnDrawings:
    """Drawings by their numbers, which are never given again, the oldest first.

    ``removed`` are those that were removed last, and can be brought back.
    """

    by_number: tuple[tuple[int, OwnDrawing], ...] = ()
    next_number: int = 0
    removed: tuple[tuple[int, OwnDrawing], ...] = ()

    def __len__(self) -> int:
        return len(self.by_number)

    @property
    def drawings(self) -> tuple[OwnDrawing, ...]:
        """The drawings without their numbers."""
        return tuple(each for _, each in self.by_number)

    @property
    def counts(self) -> list[int]:
        """How many there are of each digit, 0-9."""
        digits = [each.digit for each in self.drawings]
        return [digits.count(digit) for digit in range(N_DIGITS)]

    @property
    def pixels(self) -> bytes:
        """The greys of all, 784 of each."""
        return b"".join(each.pixels for each in self.drawings)

    @property
    def digits(self) -> bytes:
        """Their digits, a byte each."""
        return bytes(each.digit for each in self.drawings)

    @cached_property
    def images(self) -> Images:
        """What a network received of them."""
        return Images.from_bytes(self.pixels, self.digits)

    def with_more(self, drawings: Iterable[OwnDrawing]) -> OwnDrawings:
        """With others. Raises `InputError` if there is no room for all of them."""
        more = tuple(enumerate(drawings, self.next_number))
        if len(self) + len(more) > MOST_DRAWINGS:
            raise InputError(text("own.full", most=number(MOST_DRAWINGS)))
        return OwnDrawings((*self.by_number, *more), self.next_number + len(more))

    def without(self, number: int) -> OwnDrawings:
        """Without the one of this number, if it is there."""
        removed = tuple(each for each in self.by_number if each[0] == number)
        left = tuple(each for each in self.by_number if each[0] != number)
        return replace(self, by_number=left, removed=removed) if removed else self

    def cleared(self) -> OwnDrawings:
        """Without any."""
        return replace(self, by_number=(), removed=self.by_number) if self.by_number else self

    def brought_back(self) -> OwnDrawings:
        """With those that were removed last, each in its place."""
        every = sorted((*self.by_number, *self.removed), key=lambda each: each[0])
        return replace(self, by_number=tuple(every), removed=())
