"""What stands where in the picture: which neurons, their places, their names and their scale."""

from __future__ import annotations

from dataclasses import dataclass

from core.nn.image_network import labels
from core.nn.network import Network
from explorer.diagram.geometry import HEIGHT, Geometry
from explorer.diagram.output_labels import OutputLabels
from explorer.diagram.shown import Shown


@dataclass(frozen=True, eq=False)
class Layout:
    """The places of what is shown of a network, in a picture of one height.

    ``full`` is the activation of full brightness in each layer, from 1 on.
    """

    shown: Shown
    labels: OutputLabels
    geometry: Geometry
    full: tuple[float, ...]

    @classmethod
    def of(
        cls, network: Network, shown: Shown, full: tuple[float, ...], height: float = HEIGHT
    ) -> Layout:
        """Place what is shown of a network."""
        texts = OutputLabels.of(labels(network), height)
        return cls(shown, texts, Geometry.of(shown.counts, height, texts.width, shown.maps), full)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many neurons each layer of the network has, the input first."""
        return self.shown.sizes

    def place(self, layer: int, number: int) -> tuple[float, float] | None:
        """Where a neuron stands, if it does."""
        at = self.shown.place_of(layer, number)
        if at is None:
            return None
        x, y = self.geometry.positions[layer][at]
        return float(x), float(y)

    def neuron_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Layer and number of the neuron at a point of the picture, if there is one."""
        found = self.geometry.at(x, y)
        if found is None:
            return None
        layer, place = found
        return layer, int(self.shown.numbers[layer][place])
