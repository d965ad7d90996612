"""The gradient is the slope of the loss: checked by hand and by finite differences."""

from collections.abc import Sequence

import numpy as np
import pytest

from core import Layer, Network
from core.nn.activations import ACTIVATIONS, Activation, identity, sigmoid, softmax
from core.training.backpropagation import backpropagate
from core.training.losses import (
    LOSSES,
    Loss,
    Outputs,
    cross_entropy,
    quadratic,
    softmax_cross_entropy,
)

STEP = 1e-6
TARGETS = np.array([[0, 1, 0], [1, 0, 0]], np.float32)


def exact_loss(
    parameters: Sequence[np.ndarray], network: Network, inputs: np.ndarray, loss: Loss
) -> float:
    """The mean loss, computed in 64 bits and by another path than the network's."""
    a = inputs.astype(np.float64)
    for layer, weights, biases in zip(
        network.layers, parameters[::2], parameters[1::2], strict=True
    ):
        z = a @ weights.T + biases
        a = layer.activation(z)
    return float(loss.value(Outputs.of(z, network.layers[-1].activation), TARGETS).mean())


@pytest.mark.parametrize("loss", LOSSES.values(), ids=str)
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_every_gradient_is_the_slope_of_the_loss(activation: Activation, loss: Loss) -> None:
    network = Network.random((4, 5, 3), seed=2, activation=activation, init_std=0.7)
    inputs = np.random.default_rng(3).random((2, 4), dtype=np.float32)
    mean, gradients = backpropagate(network, inputs, TARGETS, loss)
    parameters = [
        array.astype(np.float64)
        for layer in network.layers
        for array in (layer.weights, layer.biases)
    ]
    assert mean == pytest.approx(exact_loss(parameters, network, inputs, loss), rel=1e-5)
    flat = [array for gradient in gradients for array in gradient]
    for array, gradient in zip(parameters, flat, strict=True):
        for index in np.ndindex(array.shape):
            slopes = []
            kept = array[index]
            for side in (STEP, -STEP):
                array[index] = kept + side
                slopes.append(exact_loss(parameters, network, inputs, loss))
            array[index] = kept
            slope = (slopes[0] - slopes[1]) / (2 * STEP)
            assert gradient[index] == pytest.approx(slope, abs=2e-5)


def test_an_example_that_counts_twice_is_as_good_as_two() -> None:
    network = Network.random((4, 5, 3), seed=2)
    inputs = np.random.default_rng(3).random((2, 4), dtype=np.float32)
    twice = [0, 0, 1]
    weights = np.array([2, 1], np.float32)
    loss, weighted = backpropagate(network, inputs, TARGETS, quadratic, weights)
    wanted, repeated = backpropagate(network, inputs[twice], TARGETS[twice], quadratic)
    assert loss / 3 == pytest.approx(wanted / 2)
    for ours, theirs in zip(weighted, repeated, strict=True):
        np.testing.assert_allclose(ours.weights / 3, theirs.weights / 2, rtol=1e-5)


def test_one_neuron_by_hand() -> None:
    network = Network([Layer(np.array([[2.0, -1.0]]), np.array([0.5]), identity)])
    inputs, targets = np.array([[0.5, 1.0]], np.float32), np.array([[0.0]], np.float32)
    loss, (gradient,) = backpropagate(network, inputs, targets, quadratic)
    # z = 2·0.5 - 1·1 + 0.5 = 0.5, C = 0.5², ∂C/∂z = 2·0.5.
    assert loss == 0.25
    assert gradient.weights.tolist() == [[0.5, 1.0]]
    assert gradient.biases.tolist() == [1.0]


def test_losses_known_by_heart() -> None:
    z = np.array([[0.0, 0.0]])
    right = np.array([[1.0, 0.0]])
    sigmoids, shares = Outputs.of(z, sigmoid), Outputs.of(z, softmax)
    assert quadratic.value(sigmoids, right) == pytest.approx(0.5)
    assert cross_entropy.value(sigmoids, right) == pytest.approx(2 * np.log(2))
    assert softmax_cross_entropy.value(shares, right) == pytest.approx(np.log(2))


@pytest.mark.parametrize("loss", LOSSES.values(), ids=str)
def test_losses_of_sure_and_wrong_outputs_are_finite(loss: Loss) -> None:
    outputs = Outputs.of(np.array([[1000, -1000, 0]], np.float32), sigmoid)
    for targets in (TARGETS[:1], TARGETS[1:]):
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            assert np.isfinite(loss.value(outputs, targets)).all()
            assert np.isfinite(loss.delta(outputs, targets)).all()
