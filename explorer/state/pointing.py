"""Which pixel of the pad and which input neuron belong together, as the lens has moved them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from core.ink import Drawing

_SIDE = 28


class Pointed(NamedTuple):
    """A pixel of the pad and the input neuron that receives it, row by row; None beyond either."""

    pixel: int | None = None
    neuron: int | None = None


def at_pad(drawing: Drawing, centred: bool, x: float, y: float) -> Pointed:
    """What belongs to a place of the pad, in its pixels."""
    if not np.isfinite((x, y)).all():
        return Pointed()
    received = _lens(drawing, centred) @ (x, y, 1.0)
    return Pointed(_pixel(np.array((x, y))), _pixel(received))


def at_neuron(drawing: Drawing, centred: bool, neuron: int) -> Pointed:
    """What belongs to an input neuron."""
    row, column = divmod(neuron, _SIDE)
    lens = _lens(drawing, centred)
    place = np.linalg.solve(lens[:, :2], (column + 0.5, row + 0.5) - lens[:, 2])
    return Pointed(_pixel(place), neuron)


def _lens(drawing: Drawing, centred: bool) -> npt.NDArray[np.float64]:
    return drawing.lens() if centred else np.eye(2, 3)


def _pixel(place: npt.NDArray[np.floating[Any]]) -> int | None:
    column, row = np.floor(place)
    on_pad = 0 <= column < _SIDE and 0 <= row < _SIDE
    return int(row * _SIDE + column) if on_pad else None
