"""What is it reacting to: weights times input now, and what more ink would do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from core.explain.saliency import pixel_gradient
from core.explain.weighted_sum import explain
from explorer.diagram.palette import shades
from explorer.inspector.question import Question
from explorer.state.session import Neuron


class Reaction(Question):
    """Pictures of the pixels: the terms w·x of a first-layer neuron, and ∂z/∂pixel of any."""

    script = Path(__file__).with_name("saliency.js")
    bundle = "neuron"
    name_in_session = "reacts"

    def answer(self) -> dict[str, Any]:
        """Shades of the palette, row by row, with the value of the brightest."""
        neuron = self.neuron
        return {
            "product": self._product(neuron) if neuron.layer == 1 else None,
            "gradient": None if neuron.layer == 1 else self._gradient(neuron),
        }

    def _product(self, neuron: Neuron) -> dict[str, Any]:
        """On the scale of the weights, which does not change while drawing: inputs are 0-1."""
        sums = explain(self._session.network, self._session.trace, *neuron)
        largest = float(np.abs(sums.weights).max())
        return {
            "pixels": shades(sums.terms, largest),
            "largest": largest,
            "sum": sums.weighted_sum,
        }

    def _gradient(self, neuron: Neuron) -> dict[str, Any]:
        gradient = pixel_gradient(self._session.network, self._session.trace, *neuron)
        largest = float(np.abs(gradient).max())
        return {"pixels": shades(gradient, largest), "largest": largest}
