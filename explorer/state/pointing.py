"""Which pixel of the pad and which input neuron belong together, as the lens has moved them."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from core.ink import Drawing
from core.ink.brush import PAD
from core.ink.framing import frames


class Seen(NamedTuple):
    """How a network sees an image: of side × side pixels, in a framing of `core.ink.framing`."""

    side: int = PAD
    framing: str = "whole"


AS_IT_IS: Final = Seen()


class Pointed(NamedTuple):
    """A pixel of the pad and the input neuron that receives it, row by row; None beyond either."""

    pixel: int | None = None
    neuron: int | None = None


def at_pad(drawing: Drawing, centred: bool, x: float, y: float, seen: Seen = AS_IT_IS) -> Pointed:
    """What belongs to a place of the pad, in its pixels, if a network sees the image like this."""
    if not np.isfinite((x, y)).all():
        return Pointed()
    received = _lens(drawing, centred, seen.framing) @ (x, y, 1.0)
    return Pointed(_pixel(np.array((x, y)), PAD), _pixel(received * (seen.side / PAD), seen.side))


def at_neuron(drawing: Drawing, centred: bool, neuron: int, seen: Seen = AS_IT_IS) -> Pointed:
    """What belongs to an input neuron: of several pixels, the one in the middle."""
    row, column = divmod(neuron, seen.side)
    middle = np.array((column + 0.5, row + 0.5)) * (PAD / seen.side)
    lens = _lens(drawing, centred, seen.framing)
    place = np.linalg.solve(lens[:, :2], middle - lens[:, 2])
    return Pointed(_pixel(place, PAD), neuron)


def _lens(drawing: Drawing, centred: bool, framing: str) -> npt.NDArray[np.float64]:
    """(2, 3) where a network finds a place of the pad, if it looked at 28 × 28 pixels."""
    if not centred:
        return np.eye(2, 3)
    (left,), (top,), (size,) = frames(drawing.centred()[np.newaxis], framing)
    lens = drawing.lens() - np.array([[0, 0, left], [0, 0, top]])
    return np.asarray(lens * (PAD / size), np.float64)


def _pixel(place: npt.NDArray[np.floating[Any]], side: int) -> int | None:
    """The pixel of an image of side × side at a place in its pixels."""
    column, row = np.floor(place)
    is_within = 0 <= column < side and 0 <= row < side
    return int(row * side + column) if is_within else None
