"""From parts of ink to digits: what belongs together, what is dirt, and in which order one reads.

A five's bar may stand apart from its belly, and a pen may lift in a four. Two parts are one digit
if one lies over the other, or if one is small beside the other and a stroke's width away.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.pictures.components import Box, Components, Mask

_SPECK: Final = 0.25
"""What is smaller than this share of the largest digit is dirt."""

_ALONG, _CUT_OFF, _WRITTEN = 0.3, 0.5, 0.15
"""What lies along the edge of a picture with so much of its side, or touches it and is smaller than
so much of the largest part inside, is no writing, if that part has this share of the picture."""

_DIRT: Final = 0.04
"""So much of the largest part's side is no part of a digit either."""

_MOST_PARTS: Final = 200
"""The largest parts are looked at; more are no writing."""

_OVERLAP: Final = 0.5
"""Of a part's height and width, within the box of the whole."""

_ENTERS: Final = 0.1
"""Of the narrower one's width, within the box of what stands beside it: an open four's stem."""

_PART: Final = 0.7
"""Two digits are more alike in height than this; else one may be a part of the other."""

_COMMON, _APART, _CLOSE = 0.3, 0.25, 0.08
"""A bar stands over its digit by `_COMMON` of its width, not further than `_APART` of the side;
what is beside it is its own if it is `_CLOSE`."""


@dataclass(frozen=True, eq=False)
class Group:
    """The parts, by number, of one digit, and the box around them."""

    parts: tuple[int, ...]
    box: Box

    def with_group(self, other: "Group") -> "Group":
        """The two as one."""
        return Group(self.parts + other.parts, self.box.around(other.box))


def groups(parts: Components) -> list[Group]:
    """The digits among the parts, in reading order."""
    kept = [Group((number,), parts.box(number)) for number in np.flatnonzero(_kept(parts)).tolist()]
    joined = _joined(kept)
    return in_reading_order([each for each in joined if not _is_speck(each, joined)])


def _kept(parts: Components) -> Mask:
    """(n,) what is neither dirt nor a dark edge of the picture."""
    sizes, edge = np.maximum(parts.heights, parts.widths), parts.on_edge
    dirt = (parts.areas < 3) | (parts.areas < _DIRT**2 * parts.areas.max())
    inner = ~dirt & (edge == 0)
    largest = sizes[inner].max() if inner.any() else 0
    shadow = (edge > _ALONG * sizes) | ((edge > 0) & (sizes < _CUT_OFF * largest))
    among_largest = np.zeros(len(parts), np.bool_)
    among_largest[np.argsort(-sizes, kind="stable")[:_MOST_PARTS]] = True
    is_written = largest > _WRITTEN * max(parts.labels.shape)
    return np.asarray(~dirt & ~(shadow & is_written) & among_largest)


def _joined(found: list[Group]) -> list[Group]:
    """Groups that belong together as one, the largest first; until nothing changes."""
    rest = sorted(found, key=lambda each: -max(each.box.height, each.box.width))
    done: list[Group] = []
    while rest:
        whole = rest.pop(0)
        while near := [each for each in rest if belongs(each.box, whole.box)]:
            for each in near:
                rest.remove(each)
                whole = whole.with_group(each)
        done.append(whole)
    return done


def belongs(part: Box, whole: Box) -> bool:
    """Whether a box is that of a part of the digit whose box is `whole`, the larger one."""
    beside = _gap(part.left, part.right, whole.left, whole.right)
    above = _gap(part.top, part.bottom, whole.top, whole.bottom)
    if -beside > _OVERLAP * part.width and -above > _OVERLAP * part.height:
        return True
    if -beside > _ENTERS * min(part.width, whole.width) and -above > _OVERLAP * part.height:
        return True
    low, high = sorted((part.height, whole.height))
    if low > _PART * high:
        return False
    side = max(whole.height, whole.width)
    is_stacked = -beside > _COMMON * min(part.width, whole.width) and above < _APART * side
    return is_stacked or (above < 0 and beside < _CLOSE * side)


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    """How far two stretches are apart; by how much they overlap if it is negative."""
    return max(start, other_start) - min(end, other_end)


def _is_speck(group: Group, others: list[Group]) -> bool:
    largest = max(max(each.box.height, each.box.width) for each in others)
    return max(group.box.height, group.box.width) < _SPECK * largest


def in_reading_order(found: list[Group]) -> list[Group]:
    """From the top, row by row; in a row from the left."""
    rows: list[list[Group]] = []
    for group in sorted(found, key=lambda each: each.box.top + each.box.bottom):
        middle = (group.box.top + group.box.bottom) / 2
        row = next((r for r in rows if _is_in_row(middle, r)), None)
        if row is None:
            rows.append([group])
        else:
            row.append(group)
    return [each for row in rows for each in sorted(row, key=lambda one: one.box.left)]


def _is_in_row(middle: float, row: list[Group]) -> bool:
    top = np.mean([each.box.top for each in row])
    bottom = np.mean([each.box.bottom for each in row])
    return bool(top < middle < bottom)
