"""What one neuron prefers: its statistics, ready to be shown."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.nn.network import Network


class Drawings(NamedTuple):
    """A few drawings and what a neuron makes of them, the most extreme first.

    `images` is (few, n_in), from 0 (paper) to 255 (ink); `labels` are their digits, (few,), and
    `activations` the neuron's, (few,).
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    activations: Array


class Preference(NamedTuple):
    """A neuron's mean activation for each digit, (10,), and what activates it most and least.

    `means_of` and `images_of` say in words on which images this was measured.
    """

    means: Array
    maximizing: Drawings
    minimizing: Drawings
    means_of: str
    images_of: str


def preference(network: Network, layer: int, neuron: int) -> Preference | None:
    """What a neuron prefers; None if the network carries no statistics.

    Layers and neurons count from 0, the input; `NetworkError` for a neuron of the input layer or
    one that does not exist.
    """
    network.layer_of(layer, neuron)
    known = network.statistics
    if known is None:
        return None

    def drawings(chosen: NDArray[np.uint16]) -> Drawings:
        """The images with these numbers, and what they do to the neuron."""
        images = known.images[chosen]
        a = network.trace(images / np.float32(255)).a[layer - 1][:, neuron]
        return Drawings(images, known.labels[chosen], a)

    return Preference(
        known.means[layer - 1][neuron],
        drawings(known.maximizing[layer - 1][neuron]),
        drawings(known.minimizing[layer - 1][neuron]),
        known.means_of,
        known.images_of,
    )
