"""The centreline: the path of the pen, cut to what can still be seen of it.

The lens moves and scales the path and not the pixels, so that the pen keeps its width. It must
therefore know which parts of the path are left: those on the pad that no later eraser passed over.
Both questions are about straight pieces and convex shapes, so every answer is one interval of each
piece, found exactly and for all pieces at once.
"""

from dataclasses import dataclass

import numpy as np

from core.brush import PAD, Floats

_NEARLY_STILL = 1e-9


@dataclass(frozen=True, eq=False)
class Centreline:
    """Straight pieces of path, with the width of the pen that drew each.

    `starts` and `ends` are (n, 2) in pixels, `widths` is (n,). A dot is a piece without length.
    """

    starts: Floats
    ends: Floats
    widths: Floats

    def __len__(self) -> int:
        return len(self.widths)

    def after(self, starts: Floats, ends: Floats, width: float, erases: bool) -> "Centreline":
        """The path after these segments, each (n, 2), of a pen or an eraser of this width."""
        change = self.erased if erases else self.drawn
        return change(starts, ends, width)

    def drawn(self, starts: Floats, ends: Floats, width: float) -> "Centreline":
        """This path and more pieces, those parts of them that are on the pad."""
        added = _clipped(Centreline(starts, ends, np.full(len(starts), width)))
        return _joined(self, added)

    def erased(self, starts: Floats, ends: Floats, width: float) -> "Centreline":
        """What an eraser of this `width`, moved along these segments, leaves of the path."""
        line = self
        for start, end in zip(starts, ends, strict=True):
            line = _without(line, *_inside_capsule(line, start, end, width / 2))
        return line


EMPTY = Centreline(np.empty((0, 2)), np.empty((0, 2)), np.empty(0))


def _joined(first: Centreline, second: Centreline) -> Centreline:
    return Centreline(
        np.concatenate((first.starts, second.starts)),
        np.concatenate((first.ends, second.ends)),
        np.concatenate((first.widths, second.widths)),
    )


def _between(line: Centreline, enter: Floats, leave: Floats) -> Centreline:
    """The part of each piece from share `enter` to share `leave` of its length, where not empty."""
    along = line.ends - line.starts
    starts = np.where(enter[:, None] <= 0, line.starts, line.starts + enter[:, None] * along)
    ends = np.where(leave[:, None] >= 1, line.ends, line.starts + leave[:, None] * along)
    kept = enter < leave
    return Centreline(starts[kept], ends[kept], line.widths[kept])


def _clipped(line: Centreline) -> Centreline:
    if _on_pad(line.starts) and _on_pad(line.ends):
        return line
    along = line.ends - line.starts
    enter_x, leave_x = _inside_slab(line.starts[:, 0], along[:, 0], 0, PAD)
    enter_y, leave_y = _inside_slab(line.starts[:, 1], along[:, 1], 0, PAD)
    enter = np.maximum(np.maximum(enter_x, enter_y), 0)
    return _between(line, enter, np.minimum(np.minimum(leave_x, leave_y), 1))


def _on_pad(points: Floats) -> bool:
    return bool(points.min() >= 0 and points.max() <= PAD)


def _without(line: Centreline, enter: Floats, leave: Floats) -> Centreline:
    """The path without the part of each piece from share `enter` to share `leave`."""
    hit = (enter < leave) & (leave > 0) & (enter < 1)
    if not hit.any():
        return line
    before = _between(line, np.zeros(len(line)), np.where(hit, enter, 1))
    after = _between(line, np.where(hit, leave, 2), np.ones(len(line)))
    return _joined(before, after)


def _inside_slab(at: Floats, speed: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Shares of each piece at which a coordinate enters and leaves `low`–`high`."""
    speed = np.where(np.abs(speed) < _NEARLY_STILL, _NEARLY_STILL, speed)
    first, second = (low - at) / speed, (high - at) / speed
    return np.minimum(first, second), np.maximum(first, second)


def _inside_disc(line: Centreline, middle: Floats, radius: float) -> tuple[Floats, Floats]:
    """Shares at which each piece enters and leaves a disc; (inf, -inf) if it never does."""
    offset, along = line.starts - middle, line.ends - line.starts
    squared_length = np.maximum((along * along).sum(1), _NEARLY_STILL**2)
    half = (offset * along).sum(1)
    root = half * half - squared_length * ((offset * offset).sum(1) - radius * radius)
    meets = root > 0
    reach = np.sqrt(np.where(meets, root, 0))
    enter = np.where(meets, (-half - reach) / squared_length, np.inf)
    return enter, np.where(meets, (-half + reach) / squared_length, -np.inf)


def _inside_bar(
    line: Centreline, start: Floats, end: Floats, radius: float
) -> tuple[Floats, Floats]:
    """Shares at which each piece enters and leaves the rectangle swept between two discs."""
    length = float(np.hypot(*(end - start)))
    if length == 0:
        return np.full(len(line), np.inf), np.full(len(line), -np.inf)
    axes = np.array([end - start, (start - end)[::-1] * (1, -1)]).T / length
    at, speed = (line.starts - start) @ axes, (line.ends - line.starts) @ axes
    enter_along, leave_along = _inside_slab(at[:, 0], speed[:, 0], 0, length)
    enter_across, leave_across = _inside_slab(at[:, 1], speed[:, 1], -radius, radius)
    enter, leave = np.maximum(enter_along, enter_across), np.minimum(leave_along, leave_across)
    missed = enter > leave
    return np.where(missed, np.inf, enter), np.where(missed, -np.inf, leave)


def _inside_capsule(
    line: Centreline, start: Floats, end: Floats, radius: float
) -> tuple[Floats, Floats]:
    """Shares at which each piece enters and leaves all that is within `radius` of a segment.

    The capsule is two discs and a bar, and convex: the interval spans theirs.
    """
    parts = (
        _inside_disc(line, start, radius),
        _inside_disc(line, end, radius),
        _inside_bar(line, start, end, radius),
    )
    enters, leaves = zip(*parts, strict=True)
    return np.minimum.reduce(enters), np.maximum.reduce(leaves)
