"""The centreline: the path of the pen, cut to what can still be seen of it.

The lens moves and scales the path and not the pixels, so that the pen keeps its width. It must
therefore know which parts of the path are left: those on the pad that no later eraser passed over.
Both questions are about straight pieces and convex shapes, so every answer is one interval of each
piece, found exactly and for all pieces at once.

An interval is always one of a whole movement of the pen, from 0, its start, to 1, its end. So it
makes no difference whether an eraser passes in one go or in many: what is left is the same, bit for
bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Doubles
from core.ink.brush import PAD
from core.ink.stroke import Stroke, end_of, movements, strokes_since

MOST_MEETINGS: Final = 50_000
"""How often erasers may come near the pen's movements before the path is given up."""

_NEARLY_STILL: Final = 1e-9
_PAIRS_AT_ONCE: Final = 50_000

Whole = NDArray[np.signedinteger]
Intervals = tuple[Whole, Doubles, Doubles]
"""Numbers of pieces, in order, and the shares at which each interval of them begins and ends."""


@dataclass(frozen=True, eq=False)
class Centreline:
    """Straight pieces of path, with the width of the pen that drew each.

    `starts` and `ends` are (2, n): x and y in pixels; `widths` is (n,). A dot has no length.
    """

    starts: Doubles
    ends: Doubles
    widths: Doubles

    def __len__(self) -> int:
        return len(self.widths)

    def only(self, these: NDArray[np.bool_] | Whole) -> "Centreline":
        """These pieces alone, chosen by truth values (n,) or by their numbers (k,)."""
        return Centreline(self.starts[:, these], self.ends[:, these], self.widths[these])

    def between(self, enter: Doubles, leave: Doubles) -> "Centreline":
        """Each piece from share `enter` to share `leave` of its length, where that is not empty."""
        along = self.ends - self.starts
        starts = np.where(enter <= 0, self.starts, self.starts + enter * along)
        ends = np.where(leave >= 1, self.ends, self.starts + leave * along)
        return Centreline(starts, ends, self.widths).only(enter < leave)

    def on_pad(self) -> "Centreline":
        """What of the path is on the pad."""
        along = self.ends - self.starts
        enter_x, leave_x = _inside_slab(self.starts[0], along[0], 0, PAD)
        enter_y, leave_y = _inside_slab(self.starts[1], along[1], 0, PAD)
        enter = np.maximum(np.maximum(enter_x, enter_y), 0)
        return self.between(enter, np.minimum(np.minimum(leave_x, leave_y), 1))


def visible(strokes: Sequence[Stroke], remains: "Remains") -> Centreline:
    """What can be seen of the pen's `strokes`: what is on the pad and was not erased."""
    line = _line(strokes)
    left = remains.of(line)
    inside = not len(line) or (line.ends.min() >= 0 and line.ends.max() <= PAD)
    return left if inside else left.on_pad()


def _line(strokes: Sequence[Stroke]) -> Centreline:
    """Every movement of the pen's `strokes`."""
    if not strokes:
        return Centreline(np.empty((2, 0)), np.empty((2, 0)), np.empty(0))
    starts, ends, widths, _ = movements([(stroke, 0) for stroke in strokes])
    return Centreline(starts, ends, widths)


class Erasers(NamedTuple):
    """Movements of erasers: `starts` and `ends` are (2, m), `radii` (m,).

    `before`, (m,), says how many movements of the pen had been made before each.
    """

    starts: Doubles
    ends: Doubles
    radii: Doubles
    before: Whole


@dataclass(frozen=True, eq=False)
class Remains:
    """What erasers have left of the pen's movements.

    Movement `pieces[i]` can be seen from share `low[i]` to share `high[i]` only, all three (k,), in
    order; it can be there more than once, and one of which nothing is left goes from 0 to 0. All
    others can be seen whole. `meetings` counts how often an eraser came near a movement: beyond
    `MOST_MEETINGS` nobody knows what is left. `seen` is the end of the strokes that were looked at.
    """

    pieces: Whole
    low: Doubles
    high: Doubles
    meetings: int = 0
    seen: tuple[int, int] = (0, 0)

    @property
    def tangled(self) -> bool:
        """Whether erasers met the path too often to say what is left of it."""
        return self.meetings > MOST_MEETINGS

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return self.pieces.nbytes + self.low.nbytes + self.high.nbytes

    def of(self, line: Centreline) -> Centreline:
        """What can be seen of the pen's movements `line`."""
        if not len(self.pieces):
            return line
        pieces, low, high = _with_whole(self, np.arange(len(line), dtype=np.int32))
        return line.only(pieces).between(low, high)

    def after(self, strokes: Sequence[Stroke]) -> "Remains":
        """What is left after all of `strokes`, which begin with those that were seen."""
        new = [each for each in strokes_since(strokes, self.seen) if each[0].erases]
        if self.tangled or not new:
            return replace(self, seen=end_of(strokes))
        erasers = _erasers(strokes, new)
        line = _line([each for each in strokes if not each.erases])
        piece, eraser, meetings = _near(line, erasers, MOST_MEETINGS - self.meetings)
        meetings += self.meetings
        if meetings > MOST_MEETINGS:
            return replace(NOTHING_ERASED, meetings=meetings, seen=end_of(strokes))
        enter, leave = _inside_capsules(line.only(piece), erasers, eraser)
        hit = (enter < leave) & (leave > 0) & (enter < 1)
        erased = piece[hit], enter[hit], leave[hit]
        left = _with_nothing(_without(_with_whole(self, erased[0]), erased), self, erased[0])
        return Remains(*left, meetings, end_of(strokes))


NOTHING_ERASED: Final = Remains(np.empty(0, np.int32), np.empty(0), np.empty(0))


def _with_whole(remains: Remains, pieces: Whole) -> Intervals:
    """What remains, in order, with those of the `pieces` that are not listed added as whole."""
    new = np.setdiff1d(pieces, remains.pieces)
    return _in_order(
        np.concatenate((remains.pieces, new)),
        np.concatenate((remains.low, np.zeros(len(new)))),
        np.concatenate((remains.high, np.ones(len(new)))),
    )


def _with_nothing(left: Intervals, remains: Remains, pieces: Whole) -> Intervals:
    """What is left, in order, with those pieces added of which nothing is."""
    gone = np.setdiff1d(np.concatenate((remains.pieces, pieces)), left[0])
    nothing = np.zeros(len(gone))
    return _in_order(
        *(np.concatenate(pair) for pair in zip(left, (gone, nothing, nothing), strict=True))
    )


def _in_order(pieces: Whole, low: Doubles, high: Doubles) -> Intervals:
    order = np.argsort(pieces, kind="stable")
    return pieces[order], low[order], high[order]


def _without(seen: Intervals, erased: Intervals) -> Intervals:
    """What is left of the intervals that were `seen`, without those that were `erased`.

    Every place where something begins or ends is sorted along the pieces. Between two of them
    there is something to see if one interval is open and no eraser's.
    """
    pieces = np.concatenate((seen[0], seen[0], erased[0], erased[0]))
    places = np.concatenate((*seen[1:], *erased[1:]))
    order = np.lexsort((places, pieces))
    steps = np.repeat([(1, -1, 0, 0), (0, 0, 1, -1)], [len(seen[0])] * 2 + [len(erased[0])] * 2, 1)
    is_open, is_erased = steps[:, order].cumsum(1)[:, :-1]
    pieces, places = pieces[order], places[order]
    left = (is_open == 1) & (is_erased == 0) & (places[:-1] < places[1:])
    return pieces[:-1][left], places[:-1][left], places[1:][left]


def _erasers(strokes: Sequence[Stroke], new: Sequence[tuple[Stroke, int]]) -> Erasers:
    """The movements of the last erasers among the strokes, each from a number of point on."""
    starts, ends, widths, lengths = movements(new)
    counts = accumulate((0 if each.erases else len(each.points) for each in strokes), initial=0)
    before = [count for count, each in zip(counts, strokes, strict=False) if each.erases]
    return Erasers(starts, ends, widths / 2, np.repeat(before[-len(new) :], lengths))


def _near(line: Centreline, erasers: Erasers, most: int) -> tuple[Whole, Whole, int]:
    """Pairs of a piece and a later eraser that may meet, and how many there are.

    If there are more than `most`, only some are returned. Two may meet if their boxes do, in whole
    pixels: small numbers, of which very many are compared in a short time.
    """
    left, top, right, bottom = _boxes(line.starts, line.ends, 0)
    lefts, tops, rights, bottoms = _boxes(erasers.starts, erasers.ends, erasers.radii)
    numbers = np.arange(len(line))
    found, count = [], 0
    at_once = max(_PAIRS_AT_ONCE // max(len(line), 1), 1)
    for first in range(0, len(erasers.radii), at_once):
        some = slice(first, first + at_once), None
        near = (left <= rights[some]) & (right >= lefts[some])
        near &= (top <= bottoms[some]) & (bottom >= tops[some])
        near &= numbers < erasers.before[some]
        pairs = np.flatnonzero(near)
        found.append(pairs + first * len(line))
        count += len(pairs)
        if count > most:
            break
    eraser, piece = np.divmod(np.concatenate(found), max(len(line), 1))
    return piece.astype(np.int32), eraser, count


def _boxes(starts: Doubles, ends: Doubles, radius: Doubles | float) -> NDArray[np.uint8]:
    """(4, n) left, top, right and bottom of what is within a radius of segments, on the pad."""
    low, high = np.minimum(starts, ends) - radius, np.maximum(starts, ends) + radius
    return np.clip(np.concatenate((low, high)), 0, PAD).astype(np.uint8)


def _inside_slab(
    at: Doubles, speed: Doubles, low: Doubles | float, high: Doubles | float
) -> tuple[Doubles, Doubles]:
    """Shares of each piece at which a coordinate enters and leaves `low`–`high`."""
    speed = np.where(np.abs(speed) < _NEARLY_STILL, _NEARLY_STILL, speed)
    first, second = (low - at) / speed, (high - at) / speed
    return np.minimum(first, second), np.maximum(first, second)


def _inside_capsules(line: Centreline, erasers: Erasers, which: Whole) -> tuple[Doubles, Doubles]:
    """Shares at which each piece (n,) enters and leaves what is within reach of its eraser.

    `which` (n,) numbers the erasers. That shape is two discs and a bar, and convex: the interval
    spans theirs.
    """
    start, end = erasers.starts[:, which], erasers.ends[:, which]
    radius = erasers.radii[which]
    parts = (
        _inside_disc(line, start, radius),
        _inside_disc(line, end, radius),
        _inside_bar(line, start, end, radius),
    )
    enters, leaves = zip(*parts, strict=True)
    return np.minimum.reduce(enters), np.maximum.reduce(leaves)


def _inside_disc(line: Centreline, middle: Doubles, radius: Doubles) -> tuple[Doubles, Doubles]:
    """Shares at which each piece enters and leaves its disc; (inf, -inf) if it never does."""
    offset, along = line.starts - middle, line.ends - line.starts
    squared_length = np.maximum(_dot(along, along), _NEARLY_STILL**2)
    half = _dot(offset, along)
    root = half * half - squared_length * (_dot(offset, offset) - radius * radius)
    meets = root > 0
    reach = np.sqrt(np.where(meets, root, 0))
    enter = np.where(meets, (-half - reach) / squared_length, np.inf)
    return enter, np.where(meets, (-half + reach) / squared_length, -np.inf)


def _inside_bar(
    line: Centreline, start: Doubles, end: Doubles, radius: Doubles
) -> tuple[Doubles, Doubles]:
    """Shares at which each piece enters and leaves the rectangle between the two ends' discs."""
    length = np.sqrt(_dot(end - start, end - start))
    moves = length >= _NEARLY_STILL
    along = (end - start) / np.where(moves, length, 1)
    across = np.stack((-along[1], along[0]))
    at, speed = line.starts - start, line.ends - line.starts
    enter_along, leave_along = _inside_slab(_dot(along, at), _dot(along, speed), 0, length)
    enter_across, leave_across = _inside_slab(
        _dot(across, at), _dot(across, speed), -radius, radius
    )
    enter, leave = np.maximum(enter_along, enter_across), np.minimum(leave_along, leave_across)
    missed = ~moves | (enter > leave)
    return np.where(missed, np.inf, enter), np.where(missed, -np.inf, leave)


def _dot(one: Doubles, other: Doubles) -> Doubles:
    """(n,) the scalar product of two vectors each, both (2, n)."""
    return np.asarray(one[0] * other[0] + one[1] * other[1])
