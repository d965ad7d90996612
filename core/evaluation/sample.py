"""A thousand digits to try a network on at once: MNIST's own where this machine has them.

Elsewhere they are made up for this project (`core.data.synthetic_digits`), always the same ones.
Nothing is ever downloaded for it.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np

from core.data import mnist, synthetic_digits
from core.data.augmentation.handwriting import PenPath, fitted, varied
from core.data.images import DataError, Images
from core.ink import DEFAULT_WIDTH, centre_images, rasterize
from core.ink.centring import LONGEST_SIDE, MIDDLE

Source: TypeAlias = Literal["MNIST test", "synthetic"]

SIZE: Final = 1000
"""How many digits there are."""

_SEED: Final = 1_000_003
_SIDE: Final = LONGEST_SIDE - DEFAULT_WIDTH


class Sample(NamedTuple):
    """Digits that no network of this project has learned from, and where they come from.

    ``images`` are (1000, 784) with the digits 0-9.
    """

    images: Images
    source: Source


@cache
def sample(centred: bool) -> Sample:
    """The sample as a network is shown it, passed through the centring lens or not.

    A network whose card says ``"lens": "on"`` wants it centred, one with ``"off"`` does not. The
    lens is shown images and no strokes, so that ``Drawing(base=…)`` of one that is not centred
    looks under it as it does here. The first call takes some seconds at the most, all others
    nothing.
    """
    if centred:
        drawn, source = sample(False)
        return Sample(Images(centre_images(drawn.images), drawn.labels), source)
    try:
        # Without a mirror there is nowhere to download from.
        digits = mnist.load("test", mirrors=())[:SIZE]
    except DataError:
        return Sample(synthetic(SIZE), "synthetic")
    return Sample(Images(digits.images.copy(), digits.labels.copy()), "MNIST test")


def synthetic(count: int) -> Images:
    """``count`` made-up digits, 0 to 9 and over again, always the same.

    They are 20 pixels large in the middle of the pad, slant and all.
    """
    images = [rasterize(path).reshape(-1) for path in _paths(count)]
    return Images(np.array(images, np.float32), (np.arange(count) % 10).astype(np.uint8))


def _paths(count: int) -> Iterator[PenPath]:
    rng = np.random.default_rng(_SEED)
    for number in range(count):
        written = synthetic_digits.digit(rng, number % 10)
        yield fitted(varied(rng, fitted(written)), _SIDE, MIDDLE)
