"""Images of other sizes: what a network receives that does not look at 28 × 28 pixels.

Each new pixel is the mean of what it covers of the old image, so that no ink is lost or gained but
in proportion to the area.
"""

from functools import cache
from math import isqrt

import numpy as np

from core.arrays import Array, read_only
from core.ink.brush import Image


def resized(image: Image, side: int) -> Image:
    """(side, side) a square ``image`` of another size, read-only, 0–1; itself if it has that size.

    Of several, (m, n, n), all are resized.
    """
    if image.shape[-1] == side:
        return image
    return read_only(mean_values(image, side).clip(0, 1))


def mean_values(values: Array, side: int) -> Array:
    """(side, side) the same for a square of any numbers, (n, n), or for several, (m, n, n)."""
    shares = _shares(values.shape[-1], side)
    return np.asarray(shares @ values @ shares.T, np.float32)


def resized_rows(rows: Array, n_pixels: int) -> Array:
    """(m, n_pixels) the same for square images that are rows, (m, n), and so is the result.

    Rows that are no square images, or are to become none, stay as they are.
    """
    before, after = isqrt(rows.shape[1]), isqrt(n_pixels)
    if before == after or (before**2, after**2) != (rows.shape[1], n_pixels):
        return rows
    images = rows.reshape(len(rows), before, before)
    return resized(images, after).reshape(len(rows), n_pixels)


@cache
def _shares(before: int, after: int) -> Image:
    """(after, before) which share of each new pixel lies on each old one, along one axis."""
    edges = np.arange(after + 1) * before / after
    left, right = np.arange(before), np.arange(1, before + 1)
    covered = np.minimum(edges[1:, None], right) - np.maximum(edges[:-1, None], left)
    return read_only((np.maximum(covered, 0) * after / before).astype(np.float32))
