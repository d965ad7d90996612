"""The centreline: the path of the pen, cut to what can still be seen of it.

The lens moves and scales the path and not the pixels, so that the pen keeps its width. It must
therefore know which parts of the path are left: those on the pad that no later eraser passed over.
Both questions are about straight pieces and convex shapes, so every answer is one interval of each
piece, found exactly and for all pieces at once.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.brush import PAD, Floats

_NEARLY_STILL: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Centreline:
    """Straight pieces of path, with the width of the pen that drew each.

    `starts` and `ends` are (2, n): x and y in pixels; `widths` is (n,). A dot has no length.
    """

    starts: Floats
    ends: Floats
    widths: Floats

    def __len__(self) -> int:
        return len(self.widths)

    def after(self, starts: Floats, ends: Floats, width: float, erases: bool) -> "Centreline":
        """The path after these segments, each (n, 2), of a pen or an eraser of this width."""
        if not erases:
            return self._and(Centreline(starts.T, ends.T, np.full(len(starts), width))._on_pad())
        line = self
        for start, end in zip(starts, ends, strict=True):
            line = line._without(*_inside_capsule(line, start, end, width / 2))
        return line

    def only(self, these: NDArray[np.bool_]) -> "Centreline":
        """These (n,) pieces alone."""
        return Centreline(self.starts[:, these], self.ends[:, these], self.widths[these])

    def _and(self, other: "Centreline") -> "Centreline":
        return Centreline(
            np.concatenate((self.starts, other.starts), axis=1),
            np.concatenate((self.ends, other.ends), axis=1),
            np.concatenate((self.widths, other.widths)),
        )

    def _between(self, enter: Floats, leave: Floats) -> "Centreline":
        """Each piece from share `enter` to share `leave` of its length, where that is not empty."""
        along = self.ends - self.starts
        starts = np.where(enter <= 0, self.starts, self.starts + enter * along)
        ends = np.where(leave >= 1, self.ends, self.starts + leave * along)
        return Centreline(starts, ends, self.widths).only(enter < leave)

    def _without(self, enter: Floats, leave: Floats) -> "Centreline":
        """The pieces without what is between shares `enter` and `leave` of each."""
        hit = (enter < leave) & (leave > 0) & (enter < 1)
        if not hit.any():
            return self
        before = self._between(np.zeros(len(self)), np.where(hit, enter, 1))
        return before._and(self._between(np.where(hit, leave, 2), np.ones(len(self))))

    def _on_pad(self) -> "Centreline":
        if _inside_pad(self.starts) and _inside_pad(self.ends):
            return self
        along = self.ends - self.starts
        enter_x, leave_x = _inside_slab(self.starts[0], along[0], 0, PAD)
        enter_y, leave_y = _inside_slab(self.starts[1], along[1], 0, PAD)
        enter = np.maximum(np.maximum(enter_x, enter_y), 0)
        return self._between(enter, np.minimum(np.minimum(leave_x, leave_y), 1))


EMPTY: Final = Centreline(np.empty((2, 0)), np.empty((2, 0)), np.empty(0))


def _inside_pad(points: Floats) -> bool:
    return bool(points.min() >= 0 and points.max() <= PAD)


def _inside_slab(at: Floats, speed: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Shares of each piece at which a coordinate enters and leaves `low`–`high`."""
    speed = np.where(np.abs(speed) < _NEARLY_STILL, _NEARLY_STILL, speed)
    first, second = (low - at) / speed, (high - at) / speed
    return np.minimum(first, second), np.maximum(first, second)


def _inside_disc(line: Centreline, middle: Floats, radius: float) -> tuple[Floats, Floats]:
    """Shares at which each piece enters and leaves a disc; (inf, -inf) if it never does."""
    offset, along = line.starts - middle[:, None], line.ends - line.starts
    squared_length = np.maximum((along * along).sum(0), _NEARLY_STILL**2)
    half = (offset * along).sum(0)
    root = half * half - squared_length * ((offset * offset).sum(0) - radius * radius)
    meets = root > 0
    reach = np.sqrt(np.where(meets, root, 0))
    enter = np.where(meets, (-half - reach) / squared_length, np.inf)
    return enter, np.where(meets, (-half + reach) / squared_length, -np.inf)


def _inside_bar(
    line: Centreline, start: Floats, end: Floats, radius: float
) -> tuple[Floats, Floats]:
    """Shares at which each piece enters and leaves the rectangle between the two ends' discs."""
    length = float(np.hypot(*(end - start)))
    if length < _NEARLY_STILL:
        return np.full(len(line), np.inf), np.full(len(line), -np.inf)
    along_x, along_y = (end - start) / length
    axes = np.array([[along_x, along_y], [-along_y, along_x]])
    at, speed = axes @ (line.starts - start[:, None]), axes @ (line.ends - line.starts)
    enter_along, leave_along = _inside_slab(at[0], speed[0], 0, length)
    enter_across, leave_across = _inside_slab(at[1], speed[1], -radius, radius)
    enter, leave = np.maximum(enter_along, enter_across), np.minimum(leave_along, leave_across)
    missed = enter > leave
    return np.where(missed, np.inf, enter), np.where(missed, -np.inf, leave)


def _inside_capsule(
    line: Centreline, start: Floats, end: Floats, radius: float
) -> tuple[Floats, Floats]:
    """Shares at which each piece enters and leaves all that is within `radius` of a segment.

    That shape is two discs and a bar, and convex: the interval spans theirs.
    """
    parts = (
        _inside_disc(line, start, radius),
        _inside_disc(line, end, radius),
        _inside_bar(line, start, end, radius),
    )
    enters, leaves = zip(*parts, strict=True)
    return np.minimum.reduce(enters), np.maximum.reduce(leaves)
