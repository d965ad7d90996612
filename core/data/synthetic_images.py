"""Images of synthetic digits: made up for this project, so that nothing has to be downloaded."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from core.data import synthetic_digits
from core.data.augmentation.handwriting import PenPath, fitted, varied
from core.data.images import Images
from core.ink import DEFAULT_WIDTH, rasterize
from core.ink.brush import PAD
from core.ink.centring import LONGEST_SIDE, MIDDLE
from core.progress import Report, unreported

_SIDE: Final = LONGEST_SIDE - DEFAULT_WIDTH
_AT_ONCE: Final = 500


def synthetic_images(count: int, seed: int, report: Report = unreported) -> Images:
    """``count`` digits, 0 to 9 and over again, in many styles and handwritings.

    They are 20 pixels large in the middle of the pad, slant and all. The same seed gives the same
    digits, of which a smaller ``count`` are the first.
    """
    images = np.empty((count, PAD * PAD), np.float32)
    for number, path in enumerate(_paths(count, seed)):
        images[number] = rasterize(path).reshape(-1)
        if (number + 1) % _AT_ONCE == 0 or number + 1 == count:
            report("Drawing", (number + 1) / count)
    return Images(images, (np.arange(count) % 10).astype(np.uint8))


def _paths(count: int, seed: int) -> Iterator[PenPath]:
    rng = np.random.default_rng(seed)
    for number in range(count):
        written = synthetic_digits.digit(rng, number % 10)
        yield fitted(varied(rng, fitted(written)), _SIDE, MIDDLE)
