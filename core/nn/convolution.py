"""Convolutional layers as layers like any other: made of filters, and at random."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from core.arrays import Array
from core.nn.activations import Activation
from core.nn.feature_maps import FeatureMaps
from core.nn.initialization import Initialization
from core.nn.layer import Layer
from core.nn.network import Network

KERNEL: Final = 3
"""Rows and columns of the windows of networks that are made here."""

STRIDE: Final = 2
"""How far their windows move from one neuron to the next."""


def convolution(maps: FeatureMaps, filters: Array, biases: Array, activation: Activation) -> Layer:
    """The layer of some ``filters``, (count, n_seen), and ``biases``, (count,).

    Raises ``NetworkError`` for numbers that cannot be weights.
    """
    return Layer(maps.dense(filters), np.repeat(biases, maps.side**2), activation, maps=maps)


def chained(counts: Sequence[int], side: int) -> tuple[FeatureMaps, ...]:
    """So many feature maps in each layer, one after the other, of images with such a side.

    Raises ``FeatureMapsError`` when there are so many layers that nothing is left of the image.
    """
    maps: list[FeatureMaps] = []
    sources = 1
    for count in counts:
        maps.append(FeatureMaps(count, sources, side, KERNEL, STRIDE))
        sources, side = count, maps[-1].side
    return tuple(maps)


def with_convolutions(
    maps: Sequence[FeatureMaps],
    rest: Network,
    activation: Activation,
    seed: int,
    init: Initialization,
) -> Network:
    """Untrained convolutional layers, if any, before the layers of an untrained network.

    Filters are drawn as `Network.random` draws weights.
    """
    rng = np.random.default_rng(seed)
    layers = [_random(each, activation, init, rng) for each in maps]
    return Network([*layers, *rest.layers])


def _random(
    maps: FeatureMaps, activation: Activation, init: Initialization, rng: np.random.Generator
) -> Layer:
    std = init(maps.n_seen, maps.count)
    filters = (std * rng.standard_normal((maps.count, maps.n_seen))).astype(np.float32)
    return convolution(maps, filters, np.zeros(maps.count, np.float32), activation)
