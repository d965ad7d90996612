"""What does it prefer: its mean activation for each digit, and what excites it most and least."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.profile import Profile
from explorer.inspector.question import Question


class Preference(Question):
    """From statistics that travel with the network: no data set is needed to show them."""

    script = Path(__file__).with_name("preference.js")
    name_in_session = "prefers"
    depends_on = ("network",)

    def answer(self) -> dict[str, Any]:
        """The statistics of the selected neuron; without any, just that there are none."""
        profile, neuron = self._session.network.profile, self.neuron
        if profile is None:
            return {"known": False}
        layer, number = neuron.layer - 1, neuron.number
        return {
            "known": True,
            "means": profile.means[layer][number].tolist(),
            "scale": float(self._session.network.layers[layer].scale),
            "most": _images(profile, profile.most[layer][number]),
            "least": _images(profile, profile.least[layer][number]),
            "means_of": profile.means_of,
            "images_of": profile.images_of,
        }


def _images(profile: Profile, which: Any) -> list[dict[str, Any]]:
    return [{"digit": int(profile.labels[i]), "pixels": profile.images[i]} for i in which]
