"""MNIST as networks are shown it: as it is, under the lens, or both."""

from typing import Final

import numpy as np

from core.data import mnist
from core.data.images import Images
from core.data.mnist import Split
from core.ink import centre_images
from core.progress import Report, unreported

LENSES: Final = {"off": (False,), "on": (True,), "both": (False, True)}
"""Whether images are used as they are, centred, or in both ways, by what is said of the lens."""

_AT_ONCE: Final = 1000


def load(split: Split, centred: bool, report: Report = unreported) -> Images:
    """One split of MNIST, as it is or passed through the centring lens."""
    digits = mnist.load(split, report=report)
    return centred_digits(digits, report) if centred else digits


def centred_digits(digits: Images, report: Report = unreported) -> Images:
    """The digits as the lens shows them."""
    images = np.empty_like(digits.images)
    for start in range(0, len(digits), _AT_ONCE):
        chosen = slice(start, start + _AT_ONCE)
        images[chosen] = centre_images(digits.images[chosen])
        report("Centring", min(chosen.stop / len(digits), 1))
    return Images(images, digits.labels)
