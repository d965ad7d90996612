"""MNIST as a command needs it, as it is or under the lens, and the networks that read it."""

from pathlib import Path

import numpy as np

from core import mnist
from core.errors import InputError
from core.ink import centre_images
from core.mnist import Images, Split
from core.nn.network import Network
from core.progress_bar import ProgressBar

LENSES = {"off": (False,), "on": (True,), "both": (False, True)}
"""The choices of ``--lens``: whether images are used as they are, centred, or in both ways."""

_AT_ONCE = 1000
_PIXELS, _DIGITS = 784, 10


def load(split: Split, centred: bool) -> Images:
    """One split of MNIST, as it is or passed through the centring lens."""
    digits = mnist.load(split)
    return centred_digits(digits) if centred else digits


def centred_digits(digits: Images) -> Images:
    """The digits as the lens shows them."""
    images = np.empty_like(digits.images)
    with ProgressBar("Centring") as bar:
        for start in range(0, len(digits), _AT_ONCE):
            chosen = slice(start, start + _AT_ONCE)
            images[chosen] = centre_images(digits.images[chosen])
            bar.show(min(chosen.stop / len(digits), 1))
    return Images(images, digits.labels)


def reader(path: Path) -> Network:
    """The network in a file. Raises ``InputError`` unless it turns 784 pixels into ten outputs."""
    network = Network.load(path)
    if (network.sizes[0], network.sizes[-1]) != (_PIXELS, _DIGITS):
        raise InputError(
            f"The network in {path} has {network.sizes[0]} inputs and {network.sizes[-1]} outputs; "
            f"reading digits takes {_PIXELS} and {_DIGITS}."
        )
    return network
