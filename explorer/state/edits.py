"""What a person has changed of a network, and what can be undone and redone. A value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from core.nn.layer import Layer
from core.nn.network import Network
from explorer.state.history import History

#: Bytes of memory that the networks before the present one may take: an edit of the first layer of
#: the default network takes fifty thousand, one of any other layer a thousand.
_MOST_BYTES: Final = 8_000_000


@dataclass(frozen=True)
class Version:
    """A network as it was or is; it shares the layers that are untouched with those before it."""

    network: Network

    @property
    def nbytes(self) -> int:
        """Bytes of all weights and biases."""
        return sum(map(_nbytes, self.network.layers))

    def nbytes_beyond(self, other: Version) -> int:
        """Bytes of those layers that `other` does not have as well."""
        shared = {id(layer) for layer in other.network.layers}
        return sum(_nbytes(layer) for layer in self.network.layers if id(layer) not in shared)


@dataclass(frozen=True)
class Edits:
    """A network that is being changed.

    Args:
        original: what it was before anything was changed.
        network: what it is now.
        history: what it was before and after.
        goes_on: whether the last step is a movement that has not ended: a slider under the finger.
    """

    original: Network
    network: Network
    history: History[Version] = field(default_factory=lambda: History(most_bytes=_MOST_BYTES))
    goes_on: bool = False

    @classmethod
    def of(cls, network: Network) -> Edits:
        """Nothing is changed yet."""
        return cls(network, network)

    def changed(self, network: Network, *, goes_on: bool = False) -> Edits:
        """The network becomes another one: a step of its own, or what goes on with the last."""
        if network is self.network:
            return replace(self, goes_on=self.goes_on and goes_on)
        history = self.history if self.goes_on else self.history.after(Version(self.network))
        return replace(self, network=network, history=history, goes_on=goes_on)

    def ended(self) -> Edits:
        """The movement has ended: what comes next is another step."""
        return replace(self, goes_on=False)

    def undone(self) -> Edits:
        """As before the last step. Raises `IndexError` if there was none."""
        version, history = self.history.back(Version(self.network))
        return replace(self, network=version.network, history=history, goes_on=False)

    def redone(self) -> Edits:
        """As before it was undone. Raises `IndexError` if nothing was."""
        version, history = self.history.forth(Version(self.network))
        return replace(self, network=version.network, history=history, goes_on=False)

    @property
    def is_changed(self) -> bool:
        """Whether any number is another than at first."""
        return bool(self.neurons_changed)

    @cached_property
    def neurons_changed(self) -> list[tuple[int, int]]:
        """Layer (the first with weights is 1) and number of each neuron that is not as at first."""
        pairs = zip(self.original.layers, self.network.layers, strict=True)
        return [
            (layer, int(number))
            for layer, (before, now) in enumerate(pairs, 1)
            if before is not now
            for number in np.flatnonzero(_rows_that_differ(before, now))
        ]


def _nbytes(layer: Layer) -> int:
    return layer.weights.nbytes + layer.biases.nbytes


def _rows_that_differ(before: Layer, now: Layer) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if before.activation is not now.activation:
        return np.ones(now.n_out, dtype=np.bool_)
    rows = (before.weights != now.weights).any(axis=1) | (before.biases != now.biases)
    return np.asarray(rows)
