"""What is made once for all tests, in a process of its own: it knows `core` only, to start quickly.

Images come in pieces, small enough to be sent without holding up whoever draws meanwhile.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core.arrays import Array, Doubles
from core.data import mnist
from core.data.dataset import non_digit_images
from core.data.images import DataError, Images
from core.evaluation import robustness
from core.evaluation.sample import SIZE, synthetic
from core.ink import centre_images
from core.worker_processes import begin_worker

PIECE: Final = 500
"""How many images are in a piece."""

_NICE: Final = 10
"""Behind the pages, and before trainings, which take much longer."""

_USUAL: Final = 100
_NON_DIGITS: Final = 200
_SEED: Final = 1_000_003


class ChangedImages(NamedTuple):
    """Images as bytes, (m, 784), for there are many, and their digits."""

    pixels: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    @property
    def images(self) -> Images:
        """The same as a network is shown them."""
        return Images(np.divide(self.pixels, np.float32(255), dtype=np.float32), self.labels)


def start() -> None:
    """Called once in the process: it is to be no burden for whoever draws meanwhile."""
    begin_worker()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    threadpool_limits(limits=1, user_api="blas")


def stored_sources() -> dict[str, int]:
    """How many images there are of each source, the first to be tested on first.

    They are MNIST's test images, `mnist`, where this machine has them (nothing is downloaded), and
    digits made up for this project, `synthetic`.
    """
    try:
        return {"mnist": len(_stored("mnist")), "synthetic": SIZE}
    except DataError:
        return {"synthetic": SIZE}


def piece(source: str, number: int, centred: bool) -> Images:
    """A piece of the images of a source as a network is shown it, through the lens or not."""
    drawn = _stored(source)[PIECE * number : PIECE * (number + 1)]
    return Images(centre_images(drawn.images) if centred else drawn.images.copy(), drawn.labels)


def changed_images(source: str, kind: str, amount: float, centred: bool) -> ChangedImages:
    """The first piece of a source, changed and then seen through the lens or not."""
    drawn = _stored(source)[:PIECE]
    images = robustness.changed(kind, amount, drawn.images)
    seen = centre_images(images) if centred else images
    return ChangedImages(np.rint(255 * seen).astype(np.uint8), drawn.labels)


def usual_measures(source: str) -> dict[str, Doubles]:
    """What the images of a source measure when they are changed, as in `core`."""
    return robustness.usual_measures(_stored(source).images[:_USUAL])


def non_digits() -> dict[str, Array]:
    """Some images of each kind of what is no digit, by its name."""
    return non_digit_images(np.random.default_rng(_SEED), _NON_DIGITS)


@cache
def _stored(source: str) -> Images:
    return mnist.load("test", mirrors=()) if source == "mnist" else synthetic(SIZE)
