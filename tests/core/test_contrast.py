"""Why this digit and not that one: the attributions of every layer add up to the difference."""

import numpy as np
import pytest

from core import Layer, Network
from core.assets import asset
from core.data import mnist
from core.explain.contrast import Difference, compare, leading_pair
from core.nn.activations import ACTIVATIONS, identity, relu, sigmoid
from core.nn.layer import NetworkError


def biased(network: Network) -> Network:
    numbers = np.random.default_rng(3)
    return Network(
        [
            Layer(layer.weights, numbers.normal(0, 0.3, layer.n_out), layer.activation)
            for layer in network.layers
        ]
    )


NETWORKS = {
    "default": Network.load(asset("networks/default.npz")),
    "784-64-32-10 relu": biased(Network.random((784, 64, 32, 10), 4, relu)),
    **{
        name: biased(Network.random((784, 16, 16, 10), 5, activation, init_std=0.2))
        for name, activation in ACTIVATIONS.items()
    },
}
EACH = pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    return mnist.load("test").images[:20]


def leading(network: Network, image: np.ndarray) -> Difference:
    trace = network.trace(image)
    return compare(network, trace, *leading_pair(trace))


@EACH
def test_the_difference_is_that_of_the_two_largest_outputs(
    network: Network, images: np.ndarray
) -> None:
    for image in images:
        z = network.trace(image).z[-1]
        difference = leading(network, image)
        assert (z <= z[difference.one]).all()
        assert (np.delete(z, difference.one) <= z[difference.other]).all()
        assert difference.value == pytest.approx(z[difference.one] - z[difference.other], abs=1e-4)


@EACH
def test_attributions_constant_and_residual_add_up_in_every_layer(
    network: Network, images: np.ndarray
) -> None:
    for image in images:
        difference = leading(network, image)
        assert [len(layer.values) for layer in difference.layers] == list(network.sizes[:-1])
        for layer in difference.layers:
            total = layer.values.sum() + layer.constant + layer.residual
            assert total == pytest.approx(difference.value, abs=1e-9)


@EACH
def test_the_residual_is_too_small_to_see(network: Network, images: np.ndarray) -> None:
    for image in images:
        for layer in leading(network, image).layers:
            assert abs(layer.residual) < 2e-3


@EACH
def test_the_last_hidden_layer_is_exact(network: Network, images: np.ndarray) -> None:
    trace = network.trace(images[0])
    output = network.layers[-1]
    weights, biases = output.weights.astype(np.float64), output.biases.astype(np.float64)
    for one, other in ((4, 9), (9, 4), (0, 1)):
        nearest = compare(network, trace, one, other).layers[-1]
        assert nearest.exact
        assert nearest.residual == 0
        np.testing.assert_array_equal(nearest.values, (weights[one] - weights[other]) * trace.a[-2])
        assert nearest.constant == biases[one] - biases[other]


@EACH
def test_farther_back_the_constant_is_what_a_blank_pad_gives(
    network: Network, images: np.ndarray
) -> None:
    blank = network.trace(np.zeros(784)).z[-1]
    difference = compare(network, network.trace(images[0]), 2, 7)
    for layer in difference.layers[:-1]:
        assert not layer.exact
        assert layer.constant == pytest.approx(blank[2] - blank[7], abs=1e-5)


def test_a_pixel_without_ink_has_no_share(images: np.ndarray) -> None:
    pixels = leading(NETWORKS["default"], images[0]).layers[0].values
    assert not pixels[images[0] == 0].any()
    assert pixels[images[0] > 0.5].any()


def test_without_a_curve_in_between_attributions_are_weights_times_ink(images: np.ndarray) -> None:
    network = Network.random((784, 5, 10), seed=1, activation=identity)
    first, last = (layer.weights.astype(np.float64) for layer in network.layers)
    pixels = compare(network, network.trace(images[0]), 3, 8).layers[0].values
    np.testing.assert_allclose(pixels, (last[3] - last[8]) @ first * images[0], atol=1e-9)


def test_swapping_the_two_digits_swaps_every_sign(images: np.ndarray) -> None:
    network = NETWORKS["default"]
    trace = network.trace(images[1])
    there, back = compare(network, trace, 3, 5), compare(network, trace, 5, 3)
    assert there.value == -back.value
    for one, other in zip(there.layers, back.layers, strict=True):
        np.testing.assert_allclose(one.values, -other.values, atol=1e-12)


def test_a_network_without_hidden_layers_is_exact_in_its_pixels(images: np.ndarray) -> None:
    network = Network.random((784, 10), seed=1, activation=sigmoid)
    (pixels,) = leading(network, images[0]).layers
    assert pixels.exact
    assert pixels.values.shape == (784,)


def test_a_digit_that_is_no_output_is_named() -> None:
    network = NETWORKS["default"]
    with pytest.raises(NetworkError, match="Layer 3 has no neuron 10"):
        compare(network, network.trace(np.zeros(784)), 1, 10)
