"""Images of other sizes: what a network receives that does not look at 28 × 28 pixels.

Each new pixel is the mean of what it covers of the old image, so that no ink is lost or gained but
in proportion to the area.
"""

from functools import cache

import numpy as np

from core.arrays import read_only
from core.ink.brush import Image


def resized(image: Image, side: int) -> Image:
    """(side, side) a square ``image`` of another size, read-only, 0–1; itself if it has that size.

    Of several, (m, n, n), all are resized.
    """
    if image.shape[-1] == side:
        return image
    shares = _shares(image.shape[-1], side)
    return read_only((shares @ image @ shares.T).clip(0, 1).astype(np.float32))


@cache
def _shares(before: int, after: int) -> Image:
    """(after, before) which share of each new pixel lies on each old one, along one axis."""
    edges = np.arange(after + 1) * before / after
    left, right = np.arange(before), np.arange(1, before + 1)
    covered = np.minimum(edges[1:, None], right) - np.maximum(edges[:-1, None], left)
    return read_only((np.maximum(covered, 0) * after / before).astype(np.float32))
