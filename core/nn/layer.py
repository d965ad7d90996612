"""One layer of neurons: the weights that come in, the biases, and the activation function."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from reprlib import repr as shortened
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array, read_only
from core.errors import InputError
from core.nn.activations import Activation, sigmoid
from core.nn.feature_maps import FeatureMaps

LARGEST: Final = 16_000_000
"""The most weights and biases of a network: 64 megabytes, more than any page can show."""

_LARGEST_SCALE: Final = 1e30

LARGEST_WEIGHT: Final = 1e6
"""No training ends here, and sums of larger weights would soon exceed what 32 bits can hold."""


class NetworkError(InputError):
    """These numbers do not make a network."""


@dataclass(frozen=True, eq=False, repr=False)
class Layer:
    """``n_out`` neurons that each look at the ``n_in`` activations of the layer before.

    ``weights`` has shape ``(n_out, n_in)``: row ``i`` belongs to neuron ``i``. ``biases`` has
    shape ``(n_out,)``. Both become read-only float32; an array that already is both is shared,
    any other is copied. ``scale`` is the activation shown as full brightness, for functions
    that have no upper bound of their own. ``maps`` says of a convolutional layer how its neurons
    lie and what each looks at; it is an ordinary layer in all else.

    Raises ``NetworkError`` for shapes that do not fit, numbers that are not finite or are larger
    than a million, and weights of a feature map outside of the windows.
    """

    weights: Array
    biases: Array
    activation: Activation = sigmoid
    scale: float = 1.0
    maps: FeatureMaps | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", _read_only(self.weights, "weights"))
        object.__setattr__(self, "biases", _read_only(self.biases, "biases"))
        if self.weights.ndim != 2 or 0 in self.weights.shape:
            raise NetworkError(
                f"Weights need the shape (neurons, inputs), not {self.weights.shape}."
            )
        if self.biases.shape != self.weights.shape[:1]:
            raise NetworkError(
                f"{len(self.weights)} neurons need {len(self.weights)} biases in one row; "
                f"these have the shape {self.biases.shape}."
            )
        if self.maps:
            _check_maps(self.maps, self.weights)
        if not 0 < self.scale <= _LARGEST_SCALE:
            raise NetworkError(
                f"A layer's scale must be a positive number, not {shortened(self.scale)}."
            )
        object.__setattr__(self, "scale", float(self.scale))

    @property
    def n_in(self) -> int:
        """Number of activations of the layer before."""
        return int(self.weights.shape[1])

    @property
    def n_seen(self) -> int:
        """Number of activations each neuron looks at: all, or those in its window."""
        return self.maps.n_seen if self.maps else self.n_in

    @property
    def n_out(self) -> int:
        """Number of neurons."""
        return int(self.weights.shape[0])

    @cached_property
    def shared(self) -> FeatureMaps | None:
        """The feature maps, if all neurons of each share their weights and their bias.

        They no longer do once a single one of them was changed.
        """
        maps = self.maps
        return maps if maps and maps.are_shared(self.weights, self.biases) else None

    @property
    def free_weights(self) -> Array:
        """The weights that can be chosen: all, or those in the windows of feature maps.

        These are (count, n_seen) where they are shared, and (count, side², n_seen) else.
        """
        if self.shared:
            return self.shared.filters(self.weights)
        return self.maps.gathered(self.weights) if self.maps else self.weights

    @property
    def free_biases(self) -> Array:
        """The biases that can be chosen: all, or (count,), those of shared maps."""
        return self.biases[:: self.shared.side**2] if self.shared else self.biases

    @property
    def n_parameters(self) -> int:
        """How many weights and biases can be chosen: those that are shared count once."""
        return self.free_weights.size + self.free_biases.size

    def with_free(self, weights: Array, biases: Array) -> "Layer":
        """The layer with other `free_weights` and `free_biases`, of the same shapes."""
        if self.maps:
            weights = self.maps.dense(weights)
        if self.shared:
            biases = np.repeat(biases, self.shared.side**2)
        return replace(self, weights=weights, biases=biases)

    def weighted_sums(self, inputs: Array) -> Array:
        """W·a + b, from ``(n_in,)`` to ``(n_out,)`` or from ``(m, n_in)`` to ``(m, n_out)``."""
        # The method takes half the time of the @ operator for one image.
        z: Array = inputs.dot(self.weights.T)
        return np.add(z, self.biases, z)

    def __reduce__(self) -> tuple[type["Layer"], tuple[object, ...]]:
        # A pickled array can be written to: in another process it is checked and closed anew.
        return Layer, (self.weights, self.biases, self.activation, self.scale, self.maps)

    def __repr__(self) -> str:
        return f"Layer of {self.n_out} neurons with {self.n_in} inputs each, {self.activation}"


def check_chain(layers: tuple[Layer, ...]) -> None:
    """Raise ``NetworkError`` unless every layer fits the one before, and all are not too large."""
    if not layers:
        raise NetworkError("A network needs at least one layer.")
    check_parameters(sum(layer.weights.size + layer.biases.size for layer in layers))
    for number, (before, after) in enumerate(pairwise(layers), start=1):
        if before.n_out != after.n_in:
            raise NetworkError(
                f"Layer {number} has {before.n_out} neurons, but layer {number + 1} expects "
                f"{after.n_in}."
            )


def check_parameters(count: int) -> None:
    """Raise ``NetworkError`` if so many weights and biases are more than a network can have."""
    if count > LARGEST:
        raise NetworkError(
            f"A network can have {LARGEST:,} weights and biases; this one would have "
            f"{count if count < 10**15 else shortened(count)}."
        )


def _check_maps(maps: FeatureMaps, weights: Array) -> None:
    if (maps.n_out, maps.n_in) != weights.shape:
        raise NetworkError(
            f"Feature maps of {maps.n_out} neurons with {maps.n_in} inputs do not fit weights of "
            f"the shape {weights.shape}."
        )
    if np.count_nonzero(weights) != np.count_nonzero(maps.gathered(weights)):
        raise NetworkError(
            "A neuron of a feature map looks at its own window alone; it has no other weights.",
            "edit.window",
        )


def _read_only(numbers: ArrayLike, what: str) -> Array:
    if not _is_read_only(numbers):
        try:
            with np.errstate(over="ignore"):
                numbers = np.array(numbers, dtype=np.float32, order="C")
        except (TypeError, ValueError, OverflowError):
            raise NetworkError(f"The {what} must be a regular table of numbers.") from None
        read_only(numbers)
    array: Array = np.asarray(numbers)
    if array.size and not -LARGEST_WEIGHT <= array.min() <= array.max() <= LARGEST_WEIGHT:
        raise NetworkError(
            f"The {what} must be finite numbers up to a million; some are NaN or too large."
        )
    return array


def _is_read_only(numbers: ArrayLike) -> bool:
    return (
        isinstance(numbers, np.ndarray)
        and numbers.dtype == np.float32
        and not numbers.flags.writeable
        # A read-only window onto an array that somebody may still write to is not enough.
        and numbers.base is None
    )
