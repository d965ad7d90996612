"""Which digits and drawings activate the neurons of a network: statistics that travel with it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arrays import read_only
from core.nn.layer import Layer, NetworkError
from core.nn.model_card import is_text


@dataclass(frozen=True, eq=False, repr=False)
class ActivationStatistics:
    """How the neurons of every layer but the input answer to each digit, and to some drawings.

    ``means[i]`` belongs to ``network.layers[i]`` and has the shape ``(n_out, n_digits)``: the mean
    activation of each neuron for each digit. ``images``, ``(k, n_in)`` from 0 (paper) to 255 (ink),
    are drawings of the digits ``labels``, ``(k,)``. ``maximizing[i]`` and ``minimizing[i]``,
    ``(n_out, few)``, number those that activate each neuron most, and least, the most extreme
    first. All arrays are read-only. ``means_of`` and ``images_of`` say in words where both come
    from.

    Raises ``NetworkError`` for statistics that contradict each other.
    """

    means: tuple[NDArray[np.float32], ...]
    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    maximizing: tuple[NDArray[np.uint16], ...]
    minimizing: tuple[NDArray[np.uint16], ...]
    means_of: str
    images_of: str

    def __post_init__(self) -> None:
        for name, kind in (
            ("means", np.float32),
            ("maximizing", np.uint16),
            ("minimizing", np.uint16),
        ):
            tables = getattr(self, name)
            object.__setattr__(self, name, tuple(_table(table, kind, 2) for table in tables))
        object.__setattr__(self, "images", _table(self.images, np.uint8, 2))
        object.__setattr__(self, "labels", _table(self.labels, np.uint8, 1))
        _require(len(self.labels) == len(self.images))
        _require(all(np.isfinite(table).all() for table in self.means))
        for table in (*self.maximizing, *self.minimizing):
            _require(bool(table.max(initial=0) < len(self.images)))
        _require(is_text(self.means_of) and is_text(self.images_of))

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        # A pickled array can be written to: in another process it is checked and closed anew.
        return type(self), tuple(getattr(self, each.name) for each in fields(self))

    def fitting(self, layers: Sequence[Layer]) -> Self:
        """These statistics, if they fit a network with such ``layers``; else ``NetworkError``."""
        sizes = [layer.n_out for layer in layers]
        for tables in (self.means, self.maximizing, self.minimizing):
            _require([len(table) for table in tables] == sizes)
        _require(self.images.shape[1] == layers[0].n_in)
        return self


def _table(numbers: ArrayLike, kind: type, dimensions: int) -> NDArray[Any]:
    array: NDArray[Any] = np.array(numbers, kind)
    _require(array.ndim == dimensions)
    return read_only(array)


def _require(holds: bool) -> None:
    if not holds:
        raise NetworkError("the statistics of its neurons do not fit them; measure them again.")
