"""What a network is tested on: images whose digits are known, a piece at a time.

A test can be ended between two pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from core.data.images import Images
from core.ink import Drawing
from core.ink.brush import PAD
from explorer.state.answer import received
from explorer.testing import worker
from explorer.testing.preparation import prepared
from explorer.testing.worker import PIECE
from explorer.transport.background import Work

OWN: Final = "own"
"""The source of drawings of one's own."""

CLASS: Final = "class"
"""The source of the drawings of a class."""


class StoredImages:
    """Images of this machine, which all pages share.

    Args:
        source: where they come from, see `worker.stored_sources`.
        count: how many there are.
    """

    def __init__(self, source: str, count: int) -> None:
        self.source = source
        self._count = count

    def __len__(self) -> int:
        return self._count

    @property
    def pieces(self) -> range:
        """The numbers of the pieces."""
        return range(-(-self._count // PIECE))

    async def piece(self, number: int, centred: bool) -> Images:
        """A piece as a network is shown it; the first time it takes a moment."""
        return await prepared(worker.piece, self.source, number, centred)

    async def drawing(self, number: int) -> Drawing:
        """An image to put on the pad."""
        drawn = await self.piece(number // PIECE, centred=False)
        return Drawing(base=drawn.images[number % PIECE].reshape(PAD, PAD))


class Labelled(Protocol):
    """A drawing, and the digit that the person who drew it says it is."""

    @property
    def drawing(self) -> Drawing:
        """What was drawn."""

    @property
    def digit(self) -> int:
        """The digit, 0-9."""


class LabelledDrawing(NamedTuple):
    """The same with the drawing at hand."""

    drawing: Drawing
    digit: int


class DrawnImages:
    """Drawings of people, with their strokes, in one piece.

    Args:
        source: where they come from, the name of a text.
        drawings: what was drawn, and the digits; those beyond a piece are left out.
        work: calls a function in the background, at the page's expense.
    """

    def __init__(self, source: str, drawings: Sequence[Labelled], work: Work) -> None:
        self.source = source
        self._work = work
        self._drawings = tuple(drawings[:PIECE])
        self._seen: dict[bool, Images] = {}

    def __len__(self) -> int:
        return len(self._drawings)

    @property
    def pieces(self) -> range:
        """The numbers of the pieces."""
        return range(1 if self._drawings else 0)

    async def piece(self, number: int, centred: bool) -> Images:
        """All of them, as a network is shown them."""
        if centred not in self._seen:
            self._seen[centred] = await self._work(self._shown, centred)
        return self._seen[centred]

    async def drawing(self, number: int) -> Drawing:
        """A drawing to put on the pad."""
        return self._drawings[number].drawing

    def _shown(self, centred: bool) -> Images:
        seen = [received(each.drawing, centred) for each in self._drawings]
        labels = np.array([each.digit for each in self._drawings], np.uint8)
        return Images(np.array(seen, np.float32).reshape(-1, PAD * PAD), labels)


ImageSet = StoredImages | DrawnImages


def pixels(pieces: Sequence[Images], numbers: Sequence[int]) -> NDArray[np.uint8]:
    """(k, 784) some of the images in pieces, from 0 (paper) to 255 (ink)."""
    seen = [pieces[number // PIECE].images[number % PIECE] for number in numbers]
    return np.rint(255 * np.array(seen, np.float32).reshape(-1, PAD * PAD)).astype(np.uint8)
