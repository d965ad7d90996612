"""What does it prefer: its mean activation for each digit, and what activates it most and least."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.explain.preference import Drawings, preference
from explorer.diagram.scales import activation_scales
from explorer.inspector.question import Question
from explorer.texts.known import translated


class Preference(Question):
    """From statistics that travel with the network: no data set is needed to show them."""

    script = Path(__file__).with_name("preference.js")
    bundle = "neuron"
    name_in_session = "prefers"
    depends_on = ("network",)

    def answer(self) -> dict[str, Any]:
        """The statistics of the selected neuron; without any, just that there are none."""
        network, (layer, number) = self._session.network, self.neuron
        found = preference(network, layer, number)
        if found is None:
            return {"known": False}
        return {
            "known": True,
            "means": found.means.tolist(),
            "scale": activation_scales(self._session)[layer - 1],
            "maximizing": _images(found.maximizing),
            "minimizing": _images(found.minimizing),
            "means_of": translated(found.means_of),
            "images_of": translated(found.images_of),
        }


def _images(drawings: Drawings) -> list[dict[str, Any]]:
    pairs = zip(drawings.labels.tolist(), drawings.images, strict=True)
    return [{"digit": digit, "pixels": pixels} for digit, pixels in pairs]
