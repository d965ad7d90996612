"""The gradient picture of a neuron shows what a little more ink would really do to its z."""

import numpy as np
import pytest

from core import Layer, Network
from core.assets import asset
from core.data import mnist
from core.explain.saliency import local_gradients, pixel_gradient
from core.nn.activations import ACTIVATIONS, relu
from core.nn.layer import NetworkError

STEP = 1e-6


def biased(network: Network, seed: int) -> Network:
    """The same weights with biases that are not 0, so that ReLUs are on and off."""
    numbers = np.random.default_rng(seed)
    return Network(
        [
            Layer(layer.weights, numbers.normal(0, 0.5, layer.n_out), layer.activation)
            for layer in network.layers
        ]
    )


NETWORKS = {
    "default": Network.load(asset("networks/default.npz")),
    "784-64-32-10 relu": biased(Network.random((784, 64, 32, 10), 4, relu), 1),
    **{
        name: biased(Network.random((784, 16, 16, 10), 5, activation, init_std=0.2), 2)
        for name, activation in ACTIVATIONS.items()
    },
}
EACH = pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    return mnist.load("test").images[3]


def exact_z(network: Network, a: np.ndarray, start: int, layer: int) -> np.ndarray:
    """z of a layer for the activations `a` (m, n) of layer `start`, in 64 bits."""
    for number in range(start, layer):
        here = network.layers[number]
        z = a @ here.weights.T.astype(np.float64) + here.biases
        a = here.activation(z)
    return z


@EACH
def test_every_gradient_is_the_slope_of_z(network: Network, image: np.ndarray) -> None:
    trace = network.trace(image)
    states = [trace.inputs, *trace.a]
    for layer in (1, 2, 3):
        neuron = 3 * layer
        gradients = local_gradients(network, trace, layer, neuron)
        assert len(gradients) == layer
        for start, gradient in enumerate(gradients):
            steps = STEP * np.eye(len(states[start]))
            ahead, behind = (
                exact_z(network, states[start] + side, start, layer)[:, neuron]
                for side in (steps, -steps)
            )
            np.testing.assert_allclose(gradient, (ahead - behind) / (2 * STEP), atol=1e-5)


@EACH
def test_of_the_first_layer_it_is_the_weights_whatever_the_image(
    network: Network, image: np.ndarray
) -> None:
    for seen in (image, np.zeros(784)):
        gradient = pixel_gradient(network, network.trace(seen), 1, 7)
        assert gradient.shape == (784,)
        np.testing.assert_array_equal(gradient, network.layers[0].weights[7])


def test_of_a_deeper_layer_it_changes_with_the_image(image: np.ndarray) -> None:
    network = NETWORKS["default"]
    drawn, blank = (
        pixel_gradient(network, network.trace(seen), 3, 0) for seen in (image, np.zeros(784))
    )
    assert abs(drawn - blank).max() > 0.01


def test_a_pixel_has_no_gradient() -> None:
    network = NETWORKS["default"]
    with pytest.raises(NetworkError, match="no layer 0 with weights"):
        pixel_gradient(network, network.trace(np.zeros(784)), 0, 5)
