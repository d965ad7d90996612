"""Activation functions are right, smooth where they claim to be, and silent at the extremes."""

import numpy as np
import pytest

from core.nn.activations import ACTIVATIONS, Activation, identity, relu, sigmoid, softmax, tanh

EACH = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
PRECISIONS = pytest.mark.parametrize("precision", [np.float32, np.float64])
STEP = 1e-6


@EACH
@PRECISIONS
def test_no_sum_is_too_large(activation: Activation, precision: type) -> None:
    z = np.array([-1000, -100, 0, 100, 1000], precision)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        results = (
            activation(z),
            activation.derivative(z),
            activation.backpropagate(activation(z), np.ones_like(z)),
        )
    for result in results:
        assert np.isfinite(result).all()
        assert result.dtype == precision
        assert result.shape == z.shape


@PRECISIONS
def test_sigmoid_saturates_at_0_and_1(precision: type) -> None:
    a = sigmoid(np.array([-1000, 0, 1000], precision))
    assert a.tolist() == [0, 0.5, 1]


def test_small_sigmoid_activations_keep_their_digits() -> None:
    z = np.array([-20, -12, -3, 2, 8], np.float32)
    exact = 1 / (1 + np.exp(-z.astype(np.float64)))
    np.testing.assert_allclose(sigmoid(z), exact, rtol=2e-6)


def test_known_values() -> None:
    z = np.array([-2.0, 0.0, 3.0])
    assert relu(z).tolist() == [0, 0, 3]
    assert identity(z).tolist() == [-2, 0, 3]
    assert tanh(z).tolist() == np.tanh(z).tolist()
    assert softmax(np.log([1.0, 2.0, 5.0])) == pytest.approx([0.125, 0.25, 0.625])


def test_softmax_adds_up_to_1_for_each_image_of_a_batch() -> None:
    z = np.random.default_rng(1).normal(size=(5, 10)) * 100
    np.testing.assert_allclose(softmax(z).sum(axis=1), 1)


@EACH
def test_activations_stay_in_the_stated_bounds(activation: Activation) -> None:
    a = activation(np.linspace(-1000, 1000, 41))
    assert activation.lowest <= a.min()
    assert a.max() <= activation.highest
    assert activation.bounded == (activation.name in {"sigmoid", "tanh", "softmax"})


@EACH
def test_derivative_is_the_slope_of_each_neuron(activation: Activation) -> None:
    z = np.random.default_rng(2).normal(size=10)
    for neuron in range(len(z)):
        step = np.zeros_like(z)
        step[neuron] = STEP
        slope = (activation(z + step) - activation(z - step))[neuron] / (2 * STEP)
        assert activation.derivative(z)[neuron] == pytest.approx(slope, abs=1e-8)


@EACH
def test_backpropagation_is_the_gradient_by_z(activation: Activation) -> None:
    numbers = np.random.default_rng(3)
    z, gradient = numbers.normal(size=(2, 4, 10))
    for neuron in range(10):
        step = np.zeros(10)
        step[neuron] = STEP
        change = activation(z + step) - activation(z - step)
        slope = (change * gradient).sum(axis=1) / (2 * STEP)
        np.testing.assert_allclose(
            activation.backpropagate(activation(z), gradient)[:, neuron], slope, atol=1e-8
        )


def test_an_activation_never_hands_back_the_array_it_was_given() -> None:
    z = np.ones(3, np.float32)
    for activation in ACTIVATIONS.values():
        assert not np.shares_memory(activation(z), z)


@EACH
@PRECISIONS
def test_a_reflected_function_gives_the_same_of_minus_z(
    activation: Activation, precision: type
) -> None:
    z = np.array([-1000, -7.5, -0.0, 0, 0.3, 12, 1000], precision)
    if activation.reflected is not None:
        np.testing.assert_array_equal(activation.reflected(-z), activation(z))
