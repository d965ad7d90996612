"""What people call a neuron."""

from __future__ import annotations

import pytest

from explorer.texts.names import neuron_name, short_name


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
    assert neuron_name(layer, index, 4) == name
    assert short_name(layer, index, 4) == short
