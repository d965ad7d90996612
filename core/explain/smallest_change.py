"""The smallest change of an image after which a network gives another answer.

Two measures of small. Over all pixels together: S. Moosavi-Dezfooli and others, "DeepFool" (2016),
step to the nearest place at which, by the slopes here, another output would be as large as the
answer's. In few pixels: one after the other, the pixel that brings another output closest to the
answer's is filled or emptied, until it is larger. Both then go back as far as the other answer
lasts. Neither is sure to be the smallest there is; each is sure to change the answer.
"""

from dataclasses import dataclass
from functools import cached_property
from math import isqrt, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Doubles, read_only
from core.explain.saliency import output_gradients, pixel_gradient
from core.nn.network import Network
from core.nn.trace import Trace

VISIBLE: Final = 1 / 255
"""A pixel has changed if it differs by more than this, one level of a screen."""

_MOST_STEPS: Final = 50
_LONGEST_STEPS: Final = (0.25, 0.5, 2.0)
"""How far slopes are trusted: where neurons are saturated, they say little of what is beyond.

Short steps find what is nearer, and can get stuck where long ones do not: the last ones tried are
as long as the way from a blank image to a full one.
"""

_MOST_PIXELS: Final = 150
_MOST_RIVALS: Final = 10
"""Among so many of the largest outputs the other answer is sought, pixel by pixel."""

_BEYOND: Final = 1.02
"""How much longer than needed a step is, lest it end where both outputs are equal."""

_SMALLEST_GAP: Final = 1e-4
_HALVINGS: Final = 12


@dataclass(frozen=True, eq=False)
class Change:
    """An image and what was made of it: both (n, n), 0–1, read-only.

    ``answer_before`` is the largest output before the change, ``answer`` the one after it.
    """

    before: Array
    image: Array
    answer_before: int
    answer: int

    @cached_property
    def differences(self) -> Array:
        """(n, n) how much ink each pixel has gained, below 0 where it has lost some."""
        return read_only(self.image - self.before)

    @property
    def n_pixels(self) -> int:
        """How many pixels differ visibly."""
        return int(self._visible.sum())

    @property
    def mean(self) -> float:
        """The mean difference of the pixels that differ visibly, 0–1; 0 if none does."""
        return float(abs(self.differences[self._visible]).mean()) if self.n_pixels else 0.0

    @property
    def largest(self) -> float:
        """The largest difference of a pixel, 0–1."""
        return float(abs(self.differences).max())

    @property
    def distance(self) -> float:
        """The root of the sum of all squared differences."""
        return float(np.linalg.norm(self.differences))

    @property
    def _visible(self) -> NDArray[np.bool_]:
        return np.asarray(abs(self.differences) > VISIBLE)


def smallest_change(network: Network, image: Array) -> Change | None:
    """The nearest image found that gets another answer, by `Change.distance`.

    ``image`` is (n, n), 0–1; the answer is the largest output, of equals the first. None if no
    such image was found. Raises ``ImageError`` for what is no image.
    """
    before = network.trace(image.reshape(-1))
    for longest in (*_LONGEST_STEPS, sqrt(image.size)):
        found = _over_all_pixels(network, before, longest)
        if found is not None:
            return _shortened(network, before, found)
    return None


def fewest_pixels(network: Network, image: Array) -> Change | None:
    """The image found that gets another answer by a change of the fewest pixels, at most 150.

    As `smallest_change` otherwise.
    """
    before = network.trace(image.reshape(-1))
    most, changes = _MOST_PIXELS, []
    for rival in np.argsort(-before.z[-1], kind="stable")[:_MOST_RIVALS].tolist():
        found = _pixel_by_pixel(network, before, rival, most)
        if found is not None:
            most = int((found != before.inputs).sum())
            changes.append(_shortened(network, before, found))
    return min(changes, key=lambda change: (change.n_pixels, change.distance), default=None)


def _over_all_pixels(network: Network, before: Trace, longest: float) -> Array | None:
    """An image (n_in,) that gets another answer, by steps no longer than `longest`."""
    answer, trace = _answer(before), before
    for _ in range(_MOST_STEPS):
        step = _shortest_step(network, trace, answer, longest)
        if step is None:
            return None
        trace = network.trace(np.clip(trace.inputs + step, 0, 1))
        if _answer(trace) != answer:
            return trace.inputs
    return None


def _shortest_step(network: Network, trace: Trace, answer: int, longest: float) -> Doubles | None:
    """(n_in,) the shortest way to another output as large as the answer's, by the slopes here.

    It is no longer than `longest`, and pixels that would leave 0–1 stay. None if nothing has a
    slope.
    """
    slopes = output_gradients(network, trace)
    slopes -= slopes[answer].copy()
    slopes[_room(trace.inputs, slopes) == 0] = 0
    squared = (slopes * slopes).sum(axis=1)
    squared[answer] = 0
    gaps = np.maximum(trace.z[-1][answer] - trace.z[-1], 0) + _SMALLEST_GAP
    far = np.divide(gaps, np.sqrt(squared), out=np.full(len(gaps), np.inf), where=squared > 0)
    nearest = int(far.argmin())
    if not squared[nearest]:
        return None
    length = min(_BEYOND * float(far[nearest]), longest)
    step: Doubles = length / np.sqrt(squared[nearest]) * slopes[nearest]
    return step


def _pixel_by_pixel(network: Network, before: Trace, rival: int, most: int) -> Array | None:
    """An image (n_in,) that gets another answer, by pixels that favour the output `rival`."""
    answer, trace, untouched = _answer(before), before, np.ones(before.inputs.shape, bool)
    for _ in range(most):
        last = len(trace)
        slope = pixel_gradient(network, trace, last, rival)
        slope -= pixel_gradient(network, trace, last, answer)
        room = _room(trace.inputs, slope)
        gain = slope * room * untouched
        pixel = int(gain.argmax())
        if not gain[pixel] > 0:
            return None
        untouched[pixel] = False
        image = trace.inputs.copy()
        image[pixel] += room[pixel]
        trace = network.trace(image)
        if _answer(trace) != answer:
            return trace.inputs
    return None


def _room(image: Array, slopes: Doubles) -> Doubles:
    """How far each pixel can go where its slope points to: to 1 where that is up, else to 0."""
    return np.where(slopes > 0, 1 - image, -image)


def _shortened(network: Network, before: Trace, found: Array) -> Change:
    """As little of the way to the image that was found as still changes the answer."""
    answer, way = _answer(before), found - before.inputs
    trace, least, enough = network.trace(found), 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (least + enough) / 2
        tried = network.trace(np.clip(before.inputs + middle * way, 0, 1))
        if _answer(tried) == answer:
            least = middle
        else:
            trace, enough = tried, middle
    side = isqrt(before.inputs.size)
    image, changed = (read_only(each.inputs.reshape(side, side)) for each in (before, trace))
    return Change(image, changed, answer, _answer(trace))


def _answer(trace: Trace) -> int:
    return int(trace.outputs.argmax())
