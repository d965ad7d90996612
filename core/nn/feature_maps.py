"""Feature maps: how the neurons of a convolutional layer lie, and which weights they share.

A convolution is a layer like any other, in which most weights are 0 and many are equal: each neuron
looks at a small window of the layer before, and the neurons of one map all look for the same thing,
each in another place. See Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning
applied to document recognition" (1998), section II.
"""

from dataclasses import asdict, dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Floats, read_only
from core.errors import InputError

_MOST = 4_096


class FeatureMapsError(InputError):
    """These numbers describe no feature maps."""


@dataclass(frozen=True)
class FeatureMaps:
    """``count`` maps of neurons that each look at one window of ``sources`` maps before them.

    A map before has ``source_side`` rows and columns (the image is one such map), the window has
    ``kernel``, and from one neuron to the next it moves by ``stride``. Neurons are numbered map by
    map, row by row; so are their inputs.

    Raises ``FeatureMapsError`` for numbers that are not whole, too large, or leave no neuron.
    """

    count: int
    sources: int
    source_side: int
    kernel: int
    stride: int

    def __post_init__(self) -> None:
        if not all(type(each) is int and 1 <= each <= _MOST for each in asdict(self).values()):
            raise FeatureMapsError(f"Feature maps have whole numbers from 1 to {_MOST:,}.")
        if self.kernel > self.source_side:
            raise FeatureMapsError(
                f"A window of {self.kernel} × {self.kernel} does not fit into maps of "
                f"{self.source_side} × {self.source_side}."
            )

    @classmethod
    def from_table(cls, table: object) -> "FeatureMaps":
        """What `table` has written. Raises ``FeatureMapsError`` for anything else."""
        names = {each.name for each in fields(cls)}
        if not isinstance(table, dict) or table.keys() != names:
            raise FeatureMapsError(f"Feature maps are told by {', '.join(sorted(names))}.")
        return cls(**table)

    @property
    def table(self) -> dict[str, int]:
        """All that it says, as JSON can hold it."""
        return asdict(self)

    @property
    def side(self) -> int:
        """How many rows and columns of neurons a map has."""
        return (self.source_side - self.kernel) // self.stride + 1

    @property
    def n_in(self) -> int:
        """How many neurons all maps before have."""
        return self.sources * self.source_side**2

    @property
    def n_out(self) -> int:
        """How many neurons all maps have."""
        return self.count * self.side**2

    @property
    def n_seen(self) -> int:
        """How many inputs one neuron looks at."""
        return self.sources * self.kernel**2

    @property
    def windows(self) -> NDArray[np.intp]:
        """The numbers of the inputs in the window of each place of a map, (side², n_seen)."""
        return _windows(self)

    def seen_by(self, neuron: int) -> NDArray[np.intp]:
        """The numbers of the inputs that a neuron looks at, (n_seen,), map by map, row by row."""
        seen: NDArray[np.intp] = self.windows[neuron % self.side**2]
        return seen

    def place(self, neuron: int) -> tuple[int, int, int]:
        """The map, the row and the column of a neuron, each counted from 0."""
        number, rest = divmod(neuron, self.side**2)
        return number, *divmod(rest, self.side)

    def filters(self, weights: Floats) -> Floats:
        """The weights of the first neuron of each map, (count, n_seen), of all (n_out, n_in)."""
        filters: Floats = weights[:: self.side**2][:, self.windows[0]]
        return filters

    def dense(self, filters: Array) -> Array:
        """The weights (n_out, n_in) of a layer with these filters, see `write`."""
        weights = np.zeros((self.n_out, self.n_in), filters.dtype)
        self.write(filters, weights)
        return weights

    def write(self, filters: Floats, weights: Floats) -> None:
        """Write filters into weights (n_out, n_in) that are 0 elsewhere.

        They are (count, n_seen), one for all neurons of a map, or (count, side², n_seen), one each.
        """
        filters = filters[:, None] if filters.ndim == 2 else filters
        weights.reshape(-1)[_places(self)] = filters

    def gathered(self, weights: Floats) -> Floats:
        """The numbers in the windows, (count, side², n_seen), of weights (n_out, n_in)."""
        return weights.reshape(-1)[_places(self)]

    def are_shared(self, weights: Floats, biases: Floats) -> bool:
        """Whether all neurons of a map have one filter and one bias."""
        windows, by_map = self.gathered(weights), biases.reshape(self.count, -1)
        return bool((windows == windows[:, :1]).all() and (by_map == by_map[:, :1]).all())


@lru_cache(16)
def _windows(maps: FeatureMaps) -> NDArray[np.intp]:
    numbers = np.arange(maps.n_in).reshape(maps.sources, maps.source_side, maps.source_side)
    kernel, stride = (maps.kernel, maps.kernel), maps.stride
    windows = np.lib.stride_tricks.sliding_window_view(numbers, kernel, axis=(1, 2))
    chosen = windows[:, ::stride, ::stride].transpose(1, 2, 0, 3, 4)
    return read_only(np.array(chosen.reshape(maps.side**2, maps.n_seen)))


@lru_cache(16)
def _places(maps: FeatureMaps) -> NDArray[np.intp]:
    """Where the numbers in the windows are among all weights, (count, side², n_seen)."""
    rows = np.arange(maps.n_out).reshape(maps.count, maps.side**2, 1)
    return read_only(rows * maps.n_in + maps.windows)
