"""What the neurons of a network prefer, as statistics that travel with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.card import is_text
from core.layer import Layer, NetworkError


@dataclass(frozen=True, eq=False, repr=False)
class Profile:
    """How the neurons of every layer but the input answer to each digit, and to some drawings.

    ``means[i]`` belongs to ``network.layers[i]`` and has the shape ``(n_out, n_digits)``: the mean
    activation of each neuron for each digit. ``images``, ``(k, n_in)`` from 0 (paper) to 255 (ink),
    are drawings of the digits ``labels``, ``(k,)``. ``most[i]`` and ``least[i]``, ``(n_out, few)``,
    number those that excite each neuron most, and least, the most extreme first. All arrays are
    read-only. ``means_of`` and ``images_of`` say in words where both come from.

    Raises ``NetworkError`` for statistics that contradict each other.
    """

    means: tuple[NDArray[np.float32], ...]
    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    most: tuple[NDArray[np.uint16], ...]
    least: tuple[NDArray[np.uint16], ...]
    means_of: str
    images_of: str

    def __post_init__(self) -> None:
        for name, kind in (("means", np.float32), ("most", np.uint16), ("least", np.uint16)):
            tables = getattr(self, name)
            object.__setattr__(self, name, tuple(_read_only(table, kind, 2) for table in tables))
        object.__setattr__(self, "images", _read_only(self.images, np.uint8, 2))
        object.__setattr__(self, "labels", _read_only(self.labels, np.uint8, 1))
        _require(len(self.labels) == len(self.images))
        _require(all(np.isfinite(table).all() for table in self.means))
        for table in (*self.most, *self.least):
            _require(bool(table.max(initial=0) < len(self.images)))
        _require(is_text(self.means_of) and is_text(self.images_of))

    def fitting(self, layers: Sequence[Layer]) -> Self:
        """This profile, if it is of a network with such ``layers``; else ``NetworkError``."""
        sizes = [layer.n_out for layer in layers]
        for tables in (self.means, self.most, self.least):
            _require([len(table) for table in tables] == sizes)
        _require(self.images.shape[1] == layers[0].n_in)
        return self


def _read_only(numbers: ArrayLike, kind: type, dimensions: int) -> NDArray[Any]:
    array: NDArray[Any] = np.array(numbers, kind)
    _require(array.ndim == dimensions)
    array.setflags(write=False)
    return array


def _require(holds: bool) -> None:
    if not holds:
        raise NetworkError("the profile of its neurons does not fit them; make it again.")
