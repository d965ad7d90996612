"""Everything a network computed on its way from an image to its outputs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from core.arrays import Array


class LayerTrace(NamedTuple):
    """The weighted sums ``z`` and activations ``a`` of one layer.

    Both have the shape ``(n,)`` for one image, ``(m, n)`` for a batch.
    """

    z: Array
    a: Array


@dataclass(frozen=True, eq=False, repr=False)
class Trace(Sequence[LayerTrace]):
    """The forward pass of one image or a batch, layer by layer; every array is read-only.

    ``trace[i]``, ``trace.z[i]`` and ``trace.a[i]`` belong to ``network.layers[i]``. ``inputs``
    is what the network received: ``(n_in,)`` or ``(m, n_in)``, 0-1.
    """

    inputs: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]

    @property
    def outputs(self) -> Array:
        """The activations of the last layer, ``(n_out,)`` or ``(m, n_out)``."""
        return self.a[-1]

    def __len__(self) -> int:
        return len(self.z)

    @overload
    def __getitem__(self, index: int) -> LayerTrace: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[LayerTrace, ...]: ...
    def __getitem__(self, index: int | slice) -> LayerTrace | tuple[LayerTrace, ...]:
        if isinstance(index, slice):
            return tuple(map(LayerTrace, self.z[index], self.a[index]))
        return LayerTrace(self.z[index], self.a[index])

    def __repr__(self) -> str:
        shapes = " → ".join(str(array.shape) for array in (self.inputs, *self.a))
        return f"Trace {shapes}"
