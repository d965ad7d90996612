"""MNIST's test images for several tests of a run: to centre all of them takes seconds."""

from __future__ import annotations

from functools import cache

from core.data import centred_mnist
from core.data.images import Images


@cache
def mnist_test(centred: bool) -> Images:
    """The 10,000, as they are or under the lens."""
    return centred_mnist.load("test", centred)
