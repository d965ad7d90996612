"""Lines that paper has: ruled, squared, and frames around what is written."""

from typing import Final

import numpy as np

from core.arrays import Array
from core.pictures.components import Components, Mask, Whole, components, run_lengths

_STEEPEST: Final = 0.12
_SLOPES: Final = np.linspace(-_STEEPEST, _STEEPEST, 13)
"""How far ruled lines may rise, in pixels per pixel."""

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

_RIM: Final = 0.85
_NARROWEST, _DEEPEST = 0.3, 0.25


def without_ruling(mask: Mask, ink: Array, usual: float) -> Mask:
    """What is ink, (h, w), without ruled lines; strokes that cross them stay whole.

    `ink` is its contrast, `usual` is that of strokes: it tells these from lines where lines are
    fainter; elsewhere what goes on beyond a line's width is a stroke.
    """
    all_of_it = mask | (ink > max(_FAINTEST, _FAINT * usual))
    level, upright = _ruled(all_of_it), _ruled(all_of_it.T).T
    lines = (level | upright) & all_of_it
    near = _thickened(level, 1) | _thickened(upright.T, 1).T
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


def _ruled(mask: Mask) -> Mask:
    """(h, w) where lines go nearly along the rows."""
    width = mask.shape[1]
    straight = components(_straight(_thickened(mask, 1), max(12, round(_PIECE * width))))
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


def _thickened(mask: Mask, reach: int) -> Mask:
    """The mask, so many pixels higher and deeper."""
    padded = np.pad(mask, ((reach, reach), (0, 0)))
    shifted = [padded[at : at + len(mask)] for at in range(2 * reach + 1)]
    return np.asarray(np.logical_or.reduce(shifted))


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


def inside_of_frame(parts: Components) -> tuple[slice, slice] | None:
    """The rows and columns inside of a frame or a card, if there is one: a rectangle of ink.

    A card is a dark field on which something lighter is written; both have a straight rim.
    """
    height, width = parts.labels.shape
    for number in np.argsort(-parts.heights * parts.widths)[:3]:
        box = _box(parts, number)
        rows, columns = (each.stop - each.start for each in box)
        if min(rows / height, columns / width) < _NARROWEST or min(rows, columns) < 16:
            continue
        if (depth := _rim(parts.labels[box] == number)) is not None:
            return tuple(slice(each.start + depth, each.stop - depth) for each in box)  # type: ignore[return-value]
    return None


def _box(parts: Components, number: int) -> tuple[slice, slice]:
    return (
        slice(int(parts.top[number]), int(parts.bottom[number])),
        slice(int(parts.left[number]), int(parts.right[number])),
    )


def _rim(mask: Mask) -> int | None:
    """How many pixels deep the rim of a rectangle is; None if it has none."""
    side = min(mask.shape)
    depth = max(1, side // 40)
    sides = (mask[: 2 * depth], mask[-2 * depth :], mask[:, : 2 * depth].T, mask[:, -2 * depth :].T)
    if min(float(each.any(0).mean()) for each in sides) < _RIM:
        return None
    full = [float(_ring(mask, at).mean()) > 1 - _RIM for at in range(int(_DEEPEST * side))]
    return (full.index(False, depth) if False in full[depth:] else 2 * depth) + 1


def _ring(mask: Mask, depth: int) -> Mask:
    inner = mask[depth : mask.shape[0] - depth, depth : mask.shape[1] - depth]
    return np.concatenate((inner[0], inner[-1], inner[:, 0], inner[:, -1]))


def touches_edge(parts: Components) -> Whole:
    """(n,) how many pixels of each part lie on the edge of the picture."""
    labels = parts.labels
    edge = np.concatenate((labels[0], labels[-1], labels[1:-1, 0], labels[1:-1, -1]))
    return np.bincount(edge[edge >= 0], minlength=len(parts))
