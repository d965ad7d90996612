"""What a neuron would like to see: an image changed step by step until its z grows no more.

Activation maximisation, D. Erhan and others, "Visualizing Higher-Layer Features of a Deep Network"
(2009): gradient ascent on the image, whose pixels stay from 0 to 1. It climbs by the weighted sum,
which goes on growing where a sigmoid's activation has long been 1. What it finds activates this
neuron of this network; it need not look like any digit.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Doubles, read_only
from core.explain.saliency import pixel_gradient
from core.nn.network import Network
from core.nn.trace import Trace

_FAINT: Final = 0.2
_LEAST_GAIN: Final = 1e-3
_LENGTHS: Final = (*(2.0**-halved for halved in range(11)), 2.0, 4.0, 8.0)
"""How long the steps are that are tried, as multiples of the usual one.

Longer ones lead off a plateau, where the neurons before are saturated.
"""


def noise(seed: int, side: int = 28) -> Array:
    """(side, side) faint noise to start from: every pixel from 0 to 0.2, whatever others are."""
    return np.random.default_rng(seed).uniform(0, _FAINT, (side, side)).astype(np.float32)


def ascend(
    network: Network,
    layer: int,
    neuron: int,
    start: Array,
    *,
    step: float = 1.0,
    smoothness: float = 0.0,
) -> Iterator[Array]:
    """Images from ``start`` on, each of which gives the neuron a larger z than the one before.

    ``start`` and the images are (n, n), 0–1; the images are read-only. ``step`` is the distance
    from one to the next (the root of the sum of squared differences; a digit is about 9 from a
    blank one). Where that would not make z larger by a thousandth, shorter and then longer steps
    are tried, from a thousandth of it to eight times as long; the images end when none would. With
    ``smoothness``, a standard deviation in pixels, the steps are blurred: large shapes come first,
    and what is fine only when these can grow no more.

    Layers and neurons count from 0, the input. Raises ``NetworkError`` for a neuron that has no sum
    or does not exist, ``ImageError`` for what is no image.
    """
    network.layer_of(layer, neuron)
    trace = network.trace(start.reshape(-1))
    return _climb(network, (layer, neuron), trace, step, _blur(smoothness, len(start)))


def _climb(
    network: Network, place: tuple[int, int], trace: Trace, step: float, blur: Doubles
) -> Iterator[Array]:
    while (higher := _higher(network, place, trace, step, blur)) is not None:
        trace = higher
        yield read_only(trace.inputs.reshape(blur.shape))


def _higher(
    network: Network, place: tuple[int, int], trace: Trace, step: float, blur: Doubles
) -> Trace | None:
    """The trace of an image one step on, at which z is larger; None if none was found."""
    layer, neuron = place
    image, z = trace.inputs.astype(np.float64), float(trace.z[layer - 1][neuron])
    direction = _direction(pixel_gradient(network, trace, layer, neuron), image, blur)
    for times in _LENGTHS:
        found = network.trace(np.clip(image + times * step * direction, 0, 1))
        if float(found.z[layer - 1][neuron]) >= z + _LEAST_GAIN:
            return found
    return None


def _direction(gradient: Doubles, image: Doubles, blur: Doubles) -> Doubles:
    """(n_in,) where to go, of length 1: uphill, blurred, and not out of 0–1.

    The blur is a positive definite matrix, so that what it makes of the gradient still climbs, as
    long as pixels that have nowhere to climb to take no part in it.
    """
    stuck = _leaves(image, gradient)
    within = np.where(stuck, 0, gradient)
    blurred = (blur @ within.reshape(blur.shape) @ blur).reshape(-1)
    direction = np.where(stuck | _leaves(image, blurred), 0, blurred)
    length = float(np.linalg.norm(direction))
    return direction / length if length else direction


def _leaves(image: Doubles, direction: Doubles) -> NDArray[np.bool_]:
    """Which pixels are at the end of 0–1 that the direction points to."""
    return np.asarray(((image <= 0) & (direction < 0)) | ((image >= 1) & (direction > 0)))


def _blur(deviation: float, side: int) -> Doubles:
    """(side, side) a Gaussian blur along one axis, as a matrix; the identity for 0."""
    if deviation == 0:
        return np.eye(side)
    apart = np.subtract.outer(np.arange(side), np.arange(side))
    return np.asarray(np.exp(-((apart / deviation) ** 2) / 2))
