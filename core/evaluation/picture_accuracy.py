"""How many digits of pictures a network reads, after `core.pictures` and after a simple loader."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.errors import InputError
from core.evaluation.judges import own_judge
from core.evaluation.paper import Picture
from core.ink import centre_images
from core.ink.brush import PAD
from core.ink.centring import LONGEST_SIDE
from core.nn.network import Network
from core.pictures import read_picture
from core.pictures.filters import resized
from core.pictures.threshold import otsu

Loader = Callable[[NDArray[np.uint8]], Array]
"""From a picture (h, w) to images (n, 28, 28) of the digits in it."""


def accuracy(network: Network, pictures: Sequence[Picture], loader: Loader) -> float:
    """The share of digits that are read rightly through the lens.

    All digits of a picture are read wrongly where a loader finds another number of them.
    """
    found = [loader(picture.grey) for picture in pictures]
    right = sum(_right(network, *pair) for pair in zip(pictures, found, strict=True))
    return right / sum(len(picture.labels) for picture in pictures)


def _right(network: Network, picture: Picture, images: Array) -> int:
    if len(images) != len(picture.labels):
        return 0
    outputs = network(centre_images(images.reshape(-1, PAD * PAD)))
    return int((outputs.argmax(1) == picture.labels).sum())


def by_steps(picture: NDArray[np.uint8]) -> Array:
    """The digits that the page finds, where the project's own networks say whether two touch."""
    try:
        reading = read_picture(picture, own_judge())
        return np.array([digit.image for digit in reading.digits])
    except InputError:
        return np.zeros((0, PAD, PAD), np.float32)


def simple(picture: NDArray[np.uint8]) -> Array:
    """What a loader of a few lines makes of a picture: one digit, whatever is on it.

    The median of its border is the ground, Otsu's threshold is the edge of the ink, whose box is
    scaled to 20 pixels and put with its centre of mass in the middle.
    """
    grey = np.divide(picture, np.float32(255), dtype=np.float32)
    border = np.concatenate((grey[0], grey[-1], grey[:, 0], grey[:, -1]))
    ink = np.abs(grey - np.median(border))
    if not ink.any():
        return np.zeros((0, PAD, PAD), np.float32)
    mask = ink > otsu(ink.ravel())
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    crop = (ink * mask)[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return _in_the_middle(crop / crop.max())[None]


_LAST: Final = PAD - 1


def _in_the_middle(crop: Array) -> Array:
    scale = LONGEST_SIDE / max(crop.shape)
    small = resized(crop, *(max(1, round(length * scale)) for length in crop.shape))
    places = np.indices(small.shape)
    middle = (places * small).sum((1, 2)) / small.sum()
    image = np.zeros((PAD, PAD), np.float32)
    rows, columns = (
        np.clip(np.round(each + PAD / 2 - mean).astype(int), 0, _LAST)
        for each, mean in zip(places, middle, strict=True)
    )
    image[rows, columns] = small
    return image
