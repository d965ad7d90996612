"""A neuron's number is explained in full: every term, in order, adding up to its z."""

import numpy as np
import pytest

from core import Network
from core.assets import asset
from core.data import mnist
from core.explain.weighted_sum import Explanation, explain
from core.nn.activations import ACTIVATIONS, Activation, relu
from core.nn.layer import NetworkError

NETWORKS = {
    "default": Network.load(asset("networks/default.npz")),
    "784-64-32-10 relu": Network.random((784, 64, 32, 10), seed=4, activation=relu),
    **{
        name: Network.random((784, 16, 16, 10), seed=5, activation=activation, init_std=0.3)
        for name, activation in ACTIVATIONS.items()
    },
}
EACH = pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    return mnist.load("test").images[:5]


def explanations(network: Network, image: np.ndarray) -> list[Explanation]:
    trace = network.trace(image)
    return [
        explain(network, trace, number, neuron)
        for number, layer in enumerate(network.layers, start=1)
        for neuron in range(0, layer.n_out, 3)
    ]


@EACH
def test_the_largest_terms_and_the_remainder_add_up_to_z(
    network: Network, images: np.ndarray
) -> None:
    for image in images:
        for one in explanations(network, image):
            for count in (0, 1, 8, len(one.weights)):
                terms, remainder = one.largest(count)
                named = terms[-1].running_total if terms else 0.0
                assert named + remainder.total == pytest.approx(one.weighted_sum, abs=1e-9)
                assert len(terms) + remainder.n_terms == len(one.weights)
            assert one.weighted_sum + one.bias == pytest.approx(one.z, abs=1e-4)


@EACH
def test_terms_come_largest_first_with_their_own_numbers(
    network: Network, images: np.ndarray
) -> None:
    for one in explanations(network, images[0]):
        terms, remainder = one.largest(10_000)
        assert remainder == (0, 0.0)
        sizes = [abs(term.product) for term in terms]
        assert sizes == sorted(sizes, reverse=True)
        assert sorted(term.source for term in terms) == list(range(len(one.weights)))
        total = 0.0
        for term in terms:
            assert term.weight == one.weights[term.source]
            assert term.input == one.inputs[term.source]
            assert term.product == term.weight * term.input
            total += term.product
            assert term.running_total == pytest.approx(total, abs=1e-9)


def test_on_a_blank_pad_the_first_layer_has_only_its_biases() -> None:
    network = NETWORKS["default"]
    one = explain(network, network.trace(np.zeros(784)), 1, 5)
    assert one.weighted_sum == 0
    assert one.z == one.bias == network.layers[0].biases[5]
    assert [term.source for term in one.largest(3).terms] == [0, 1, 2]


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_the_slope_is_that_of_the_curve_at_z(activation: Activation) -> None:
    network = Network.random((6, 5, 4), seed=2, activation=activation, init_std=0.7)
    trace = network.trace(np.linspace(0, 1, 6))
    for layer, neurons in ((1, 5), (2, 4)):
        z = trace.z[layer - 1].astype(np.float64)
        for neuron in range(neurons):
            step = 1e-6 * (np.arange(neurons) == neuron)
            slope = (activation(z + step) - activation(z - step))[neuron] / 2e-6
            one = explain(network, trace, layer, neuron)
            assert one.slope == pytest.approx(slope, abs=1e-7)


@pytest.mark.parametrize(
    ("layer", "neuron", "sentence"),
    [
        (0, 3, "There is no layer 0 with weights; they count from 1 to 3"),
        (4, 0, "There is no layer 4"),
        (1, 16, "Layer 1 has no neuron 16; they count from 0 to 15"),
        (3, -1, "Layer 3 has no neuron -1"),
    ],
)
def test_what_has_no_sum_is_not_explained(layer: int, neuron: int, sentence: str) -> None:
    network = NETWORKS["default"]
    with pytest.raises(NetworkError, match=sentence):
        explain(network, network.trace(np.zeros(784)), layer, neuron)
