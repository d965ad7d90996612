"""A thousand digits to try a network on at once: MNIST's own where this machine has them.

Elsewhere they are made up for this project (`core.data.synthetic_images`), always the same ones.
Nothing is ever downloaded for it.
"""

from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias

from core.data import mnist
from core.data.images import DataError, Images
from core.data.synthetic_images import synthetic_images
from core.ink import centre_images

Source: TypeAlias = Literal["MNIST test", "synthetic"]

SIZE: Final = 1000
"""How many digits there are."""

_SEED: Final = 1_000_003


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
    """``count`` made-up digits, 0 to 9 and over again, always the same."""
    return synthetic_images(count, _SEED)
