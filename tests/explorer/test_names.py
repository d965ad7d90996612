"""What people call a neuron."""

from __future__ import annotations

import pytest

from core import Network
from core.nn.pretrained import pretrained
from explorer.texts.names import name_in, neuron_name, short_name_in, title_in


@pytest.mark.parametrize(
    ("layer", "index", "name", "short"),
    [
        (0, 0, "row 1, column 1", "row 1, col 1"),
        (0, 200, "row 8, column 5", "row 8, col 5"),
        (0, 569, "row 21, column 10", "row 21, col 10"),
        (0, 783, "row 28, column 28", "row 28, col 28"),
        (1, 5, "Hidden layer 1 · neuron 6", "neuron 6"),
        (2, 0, "Hidden layer 2 · neuron 1", "neuron 1"),
        (3, 3, "Output 3", "Output 3"),
        (3, 4, "Output 4", "Output 4"),
    ],
)
def test_layers_and_neurons_are_counted_from_1_and_outputs_are_digits(
    layer: int, index: int, name: str, short: str
) -> None:
    network = pretrained()["default"]
    assert neuron_name(layer, index, 4) == name
    assert name_in(network, layer, index) == name
    assert short_name_in(network, layer, index) == short


def test_outputs_are_called_what_they_stand_for_and_pixels_by_the_image() -> None:
    letters = Network(Network.random((64, 8, 2), seed=1).layers, {"labels": ["Q", "yes"]})
    assert name_in(letters, 2, 1) == short_name_in(letters, 2, 1) == "Output yes"
    assert title_in(letters, 0, 9) == "Row 2, column 2"
    assert short_name_in(letters, 0, 63) == "row 8, col 8"
