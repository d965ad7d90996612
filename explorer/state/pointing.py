"""Which pixel of the pad and which input neuron belong together, as the lens has moved them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from core.ink import Drawing
from core.ink.brush import PAD


class Pointed(NamedTuple):
    """A pixel of the pad and the input neuron that receives it, row by row; None beyond either."""

    pixel: int | None = None
    neuron: int | None = None


def at_pad(drawing: Drawing, centred: bool, x: float, y: float, side: int = PAD) -> Pointed:
    """What belongs to a place of the pad, in its pixels, if a network looks at side × side."""
    if not np.isfinite((x, y)).all():
        return Pointed()
    received = _lens(drawing, centred) @ (x, y, 1.0)
    return Pointed(_pixel(np.array((x, y)), PAD), _pixel(received * (side / PAD), side))


def at_neuron(drawing: Drawing, centred: bool, neuron: int, side: int = PAD) -> Pointed:
    """What belongs to an input neuron: of several pixels, the one in the middle."""
    row, column = divmod(neuron, side)
    middle = np.array((column + 0.5, row + 0.5)) * (PAD / side)
    lens = _lens(drawing, centred)
    place = np.linalg.solve(lens[:, :2], middle - lens[:, 2])
    return Pointed(_pixel(place, PAD), neuron)


def _lens(drawing: Drawing, centred: bool) -> npt.NDArray[np.float64]:
    return drawing.lens() if centred else np.eye(2, 3)


def _pixel(place: npt.NDArray[np.floating[Any]], side: int) -> int | None:
    """The pixel of an image of side × side at a place in its pixels."""
    column, row = np.floor(place)
    is_within = 0 <= column < side and 0 <= row < side
    return int(row * side + column) if is_within else None
