"""The sum of a neuron as CSV: every number that it takes to compute it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from core.csv_table import Cell, csv_text
from core.explain.weighted_sum import explain
from core.nn.network import Network
from core.nn.trace import Trace
from explorer.state.session import Neuron
from explorer.texts.names import short_name_in

#: For programs, and the same in every language: so are the names of the last four rows.
_HEADER: Final = ("source", "name", "activation", "weight", "product")


def sum_csv(network: Network, trace: Trace, neuron: Neuron) -> str:
    """A row for each source, then those of the weighted sum, the bias, z and the activation a.

    Activations, weights, bias, z and a are the network's own, in 32 bits. Products, and their sum,
    are in 64: a product of two numbers of 32 bits is exact there.

    Raises:
        NetworkError: the neuron has no sum, or does not exist.
    """
    return csv_text([_HEADER, *_terms(network, trace, neuron), *_totals(network, trace, neuron)])


def _terms(network: Network, trace: Trace, neuron: Neuron) -> Iterator[tuple[Cell, ...]]:
    terms = explain(network, trace, *neuron).terms
    before = trace.inputs if neuron.layer == 1 else trace.a[neuron.layer - 2]
    weights = network.layers[neuron.layer - 1].weights[neuron.number]
    for number, numbers in enumerate(zip(before, weights, terms, strict=True)):
        source = Neuron(neuron.layer - 1, number)
        yield str(source), short_name_in(network, *source), *numbers


def _totals(network: Network, trace: Trace, neuron: Neuron) -> Iterator[tuple[Cell, ...]]:
    layer, number = neuron.layer - 1, neuron.number
    totals: dict[str, np.floating] = {
        "sum": np.float64(explain(network, trace, *neuron).weighted_sum),
        "bias": network.layers[layer].biases[number],
        "z": trace.z[layer][number],
        "a": trace.a[layer][number],
    }
    for name, value in totals.items():
        yield name, None, None, None, value
