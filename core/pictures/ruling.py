"""Lines that ruled or squared paper has: which pixels are theirs, and not a pen's."""

from typing import Final

import numpy as np

from core.arrays import Array
from core.pictures.components import Components, Mask, Whole, components, run_lengths
from core.pictures.filters import block_means, largest_above, reduction

_STEEPEST: Final = 0.12
_SLOPES: Final = np.linspace(-_STEEPEST, _STEEPEST, 13)
"""How far ruled lines may rise, in pixels per pixel."""

_SIDE: Final = 320
"""Pixels along the longer side of the reduced picture in which lines are looked for."""

_SPAN: Final = 0.6
"""Each of several ruled lines goes over at least so much of the picture."""

_WHOLE: Final = 0.92
"""A line that is alone goes over so much of it; a one does not."""

_PIECE: Final = 0.15
"""It is found by straight pieces this long, as a share of the picture."""

_THICKEST: Final = 0.02
"""Beside its length; a digit's stroke is thicker."""

_OWN: Final = 0.3
"""What has less of itself beside the lines is what is left of them."""

_FAINTEST, _FAINT = 0.06, 0.2
"""Lines have this contrast, and so much of the usual one."""

_DARKER: Final = 1.25
"""A stroke that is so much darker than the lines is told from them by that."""


def without_ruling(mask: Mask, ink: Array, usual: float) -> Mask:
    """What is ink, (h, w), without ruled lines; strokes that cross them stay whole.

    `ink` is its contrast, `usual` is that of strokes: it tells these from lines where lines are
    fainter; elsewhere what goes on beyond a line's width is a stroke.
    """
    all_of_it = mask | (ink > max(_FAINTEST, _FAINT * usual))
    level, upright = _ruled_at_any_size(all_of_it)
    lines = (level | upright) & all_of_it
    near = largest_above(level, 1) | largest_above(upright.T, 1).T
    if not lines.any() or not (mask & ~near).any():
        return mask
    between = _between(ink, lines, mask & ~near)
    sure = ink > between
    rest = mask & ~((_crossed(mask, level) | _crossed(mask.T, upright.T).T) & ~sure)
    parts = components(rest)
    off, strong = (_counts(parts, each) / parts.areas for each in (rest & ~near, rest & sure))
    return parts.pixels((strong if between < 1 else off) > _OWN)


def _between(ink: Array, lines: Mask, strokes: Mask) -> float:
    """A contrast between that of lines and that of strokes; 1 where they do not differ enough."""
    faint, dark = float(np.median(ink[lines])), float(np.percentile(ink[strokes], 75))
    return (faint + dark) / 2 if dark > _DARKER * faint else 1.0


def _counts(parts: Components, pixels: Mask) -> Whole:
    """(n,) how many of these pixels each part has."""
    return np.bincount(parts.labels[pixels], minlength=len(parts))


def _ruled_at_any_size(mask: Mask) -> tuple[Mask, Mask]:
    """(h, w) where lines go nearly along the rows, and where along the columns."""
    height, width = mask.shape
    factor = reduction(mask.shape, _SIDE)
    small = block_means(mask.astype(np.float32), factor) > 0
    level, upright = (
        each.repeat(factor, 0).repeat(factor, 1)[:height, :width]
        for each in (_ruled(small), _ruled(small.T).T)
    )
    return level, upright


def _ruled(mask: Mask) -> Mask:
    """(h, w) where lines go nearly along the rows."""
    width = mask.shape[1]
    straight = components(_straight(largest_above(mask, 1), max(12, round(_PIECE * width))))
    thin = straight.areas < (_THICKEST * max(mask.shape) + 2) * straight.widths
    long = (straight.widths > _SPAN * width) & thin
    whole = (straight.widths > _WHOLE * width) & thin
    return straight.pixels(long if np.count_nonzero(long) > 1 else whole)


def _crossed(mask: Mask, lines: Mask) -> Mask:
    """(h, w) where ink is a line's, and no stroke's that crosses it."""
    if not lines.any():
        return lines
    across = run_lengths(mask.T).T
    usual = int(np.median(across[lines & mask])) if (lines & mask).any() else 0
    return np.asarray(lines & (across <= 2 * usual + 1))


def _straight(mask: Mask, length: int) -> Mask:
    """Where ink lies on straight pieces of this length, in any of the slopes."""
    height, width = mask.shape
    found = np.zeros_like(mask)
    columns = np.arange(width)
    for slope in _SLOPES:
        shift = np.round(slope * (columns - width / 2)).astype(np.intp)
        rows = np.arange(height)[:, None] + shift
        inside = (rows >= 0) & (rows < height)
        sheared = mask[np.clip(rows, 0, height - 1), columns] & inside
        long = run_lengths(sheared) >= length
        at_row, at_column = np.nonzero(long)
        found[rows[at_row, at_column], at_column] = True
    return found
