"""Which neurons stand in the picture: all of a layer, or of a wide one a choice that is told.

A choice is made once and then stays: while somebody draws, no circle leaves its place. A neuron
that is looked at takes the place of its nearest neighbour if it stood nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from core.nn.display_scale import brightness
from core.nn.feature_maps import FeatureMaps
from core.nn.network import Network
from explorer.diagram.brightness import brightest, examples_seen_by

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]

#: The most circles of a column: more could neither be told apart nor be hit.
MOST: Final = 64

#: Between two layers all edges are drawn if they are no more than 784 pixels and a column have; of
#: more, which would take long to paint and hide each other, so many of the strongest.
MOST_EDGES: Final = 784 * MOST
STRONGEST: Final = 16_384

#: By which neurons of wide layers are chosen: their activation on the example drawings or on one
#: drawing, or the order of their numbers.
Rule: TypeAlias = Literal["examples", "drawing", "order"]

_REMEMBERED: Final = 64


def is_thinned(network: Network) -> bool:
    """Whether a network has neurons without a place in the picture.

    All pixels of the input have one, all outputs, and all neurons of feature maps.
    """
    return any(layer.n_out > MOST and not layer.maps for layer in network.layers[:-1])


@dataclass(frozen=True, eq=False)
class Shown:
    """The numbers of the neurons in the picture, ascending, layer by layer, the input first.

    ``rule`` is by which they were chosen where not all are shown. ``maps`` are the feature maps of
    convolutional layers, from 1 on; all of their neurons are shown, and the edges in their windows.
    """

    sizes: tuple[int, ...]
    numbers: tuple[Numbers, ...]
    rule: Rule
    maps: tuple[FeatureMaps | None, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """How many neurons of each layer stand in the picture, the input first."""
        return tuple(map(len, self.numbers))

    @property
    def chosen(self) -> list[list[int]]:
        """The numbers of those of each layer, the input first; none where all are shown."""
        pairs = zip(self.numbers, self.sizes, strict=True)
        return [[] if len(numbers) == size else numbers.tolist() for numbers, size in pairs]

    @property
    def edges(self) -> list[int]:
        """How many edges are drawn into each layer, from 1 on."""
        counts = [before * after for before, after in pairwise(self.counts)]
        return [
            maps.n_out * maps.n_seen if maps else count if count <= MOST_EDGES else STRONGEST
            for count, maps in zip(counts, self.maps, strict=True)
        ]

    @property
    def described_maps(self) -> list[dict[str, int] | None]:
        """What a script needs of the maps, the input first; empty if there are none."""
        if not any(self.maps):
            return []
        return [None, *({**maps.table, "side": maps.side} if maps else None for maps in self.maps)]

    def place_of(self, layer: int, number: int) -> int | None:
        """Where a neuron stands among those of its layer, from 0; None if it does not."""
        numbers = self.numbers[layer]
        place = int(np.searchsorted(numbers, number))
        return place if place < len(numbers) and numbers[place] == number else None

    def with_neuron(self, layer: int, number: int) -> Shown:
        """The same with this neuron, in the place of the one with the nearest number."""
        if self.place_of(layer, number) is not None:
            return self
        numbers = self.numbers[layer].copy()
        numbers[np.abs(numbers - number).argmin()] = number
        return replace(self, numbers=(*self.numbers[:layer], numbers, *self.numbers[layer + 1 :]))

    def activations(self, layers: Sequence[Floats]) -> list[Floats]:
        """What stands in the picture of the activations of the last ``layers``, each (n,)."""
        numbers = self.numbers[len(self.numbers) - len(layers) :]
        pairs = zip(layers, numbers, strict=True)
        return [a if len(a) == len(places) else a[places] for a, places in pairs]

    def weights(self, network: Network) -> list[Floats]:
        """The weights between what stands in the picture, (targets, sources), for each layer.

        Those of feature maps are (targets, n_seen), the ones in each neuron's window.
        """
        return [
            each.maps.gathered(each.weights).reshape(each.n_out, -1)
            if each.maps
            else self._between(layer, each.weights)
            for layer, each in enumerate(network.layers, start=1)
        ]

    def all_weights(self, network: Network) -> list[Floats]:
        """The same, those outside of the windows included, which are 0."""
        return [
            self._between(layer, each.weights) for layer, each in enumerate(network.layers, start=1)
        ]

    def _between(self, layer: int, weights: Floats) -> Floats:
        targets, sources = self.numbers[layer], self.numbers[layer - 1]
        if weights.shape == (len(targets), len(sources)):
            return weights
        return weights[np.ix_(targets, sources)]


def most_active(network: Network) -> Shown:
    """Of wide layers those that are most active on the example drawings, on the average."""
    return _strongest(network, _activity(network), "examples")


def most_active_now(network: Network, activations: Sequence[Floats]) -> Shown:
    """Of wide layers those with the largest of these activations, layer by layer from 1 on."""
    return _strongest(network, [np.abs(a) for a in activations], "drawing")


def from_number(network: Network, start: int) -> Shown:
    """Of wide layers those from ``start`` on, counted from 0, or the last ones there are."""

    def window(size: int) -> Numbers:
        count = min(size, MOST)
        return np.arange(count) + min(start, size - count)

    return _with_ends(network, [window(size) for size in network.sizes[1:-1]], "order")


def _strongest(network: Network, strengths: Sequence[Floats], rule: Rule) -> Shown:
    def largest(values: Floats) -> Numbers:
        return np.sort(np.argsort(-values, kind="stable")[:MOST])

    hidden = [largest(values) for values in strengths[: len(network.layers) - 1]]
    return _with_ends(network, hidden, rule)


def _with_ends(network: Network, chosen: Sequence[Numbers], rule: Rule) -> Shown:
    """What was chosen of the hidden layers, and all of feature maps, input and outputs."""
    sizes, maps = network.sizes, tuple(layer.maps for layer in network.layers)
    hidden = (
        np.arange(one.n_out) if one else numbers for one, numbers in zip(maps, chosen, strict=False)
    )
    return Shown(sizes, (np.arange(sizes[0]), *hidden, np.arange(sizes[-1])), rule, maps)


@lru_cache(_REMEMBERED)
def _activity(network: Network) -> tuple[Floats, ...]:
    """The mean brightness of each neuron, (n,), layer by layer, on the example drawings."""
    if not is_thinned(network):
        return tuple(np.zeros(size, np.float32) for size in network.sizes[1:])
    layers: Any = network.trace(examples_seen_by(network)).a
    pairs = zip(layers, brightest(network), strict=True)
    return tuple(brightness(a, full).mean(axis=0) for a, full in pairs)
