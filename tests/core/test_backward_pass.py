"""One example's backward pass, its numerical check, a step against it, and the loss around it."""

from __future__ import annotations

from collections import deque
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from core import Network
from core.nn.activations import ACTIVATIONS, Activation, relu, sigmoid, tanh
from core.training.backpropagation import backpropagate
from core.training.backward_pass import BackwardPass, backward_pass
from core.training.descent_steps import angle_between, descend
from core.training.gradient_check import EPSILON, check_gradient, place_of, random_places
from core.training.landscape import losses_along, moved, random_direction, unit
from core.training.loop import DivergenceError, Hyperparameters, one_hot, train
from core.training.losses import LOSSES, Loss, cross_entropy, digit_or_none, quadratic
from core.training.objective import Objective, exact_gradient
from core.training.parameters import ParameterVector

SIZES = (6, 5, 4, 3)

activations = st.sampled_from(list(ACTIVATIONS.values()))
losses = st.sampled_from(list(LOSSES.values()))


def image_of(seed: int, count: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((count, SIZES[0]), dtype=np.float32)


def target_of(digit: int) -> np.ndarray:
    return one_hot(np.array([digit], np.uint8), SIZES[-1])


def passed(network: Network, loss: Loss = quadratic, digit: int = 1) -> BackwardPass:
    return backward_pass(network, image_of(3)[0], target_of(digit)[0], loss)


def drawn() -> Objective:
    return Objective(image_of(3), target_of(1), quadratic)


def is_near_a_kink(network: Network, image: np.ndarray) -> bool:
    trace = network.trace(image)
    pairs = zip(network.layers, trace.z, strict=True)
    return any(layer.activation is relu and np.abs(z).min() < 200 * EPSILON for layer, z in pairs)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10_000), activations, activations, losses, st.floats(0.2, 2.0), st.integers(0, 2)
)
@example(1, tanh, sigmoid, digit_or_none, 1.374935617551494, 1)
def test_every_slope_is_the_numerical_one(
    seed: int, hidden: Activation, output: Activation, loss: Loss, init_std: float, digit: int
) -> None:
    network = Network.random(SIZES, seed, hidden, output, init_std)
    image = image_of(seed)
    assume(not is_near_a_kink(network, image))
    objective = Objective(image, target_of(digit), loss)
    every = np.arange(network.n_parameters)
    check = check_gradient(network, objective, every)
    assert check.largest < 1e-4
    _, gradient = exact_gradient(network, objective)
    np.testing.assert_array_equal(check.gradient, gradient)


def test_a_wrong_slope_is_found() -> None:
    network = Network.random(SIZES, seed=2)
    check = check_gradient(network, drawn(), np.arange(5))
    check.gradient[3] *= 1.01
    assert check.largest == pytest.approx(0.01, rel=0.05)
    assert int(check.differences.argmax()) == 3


@pytest.mark.parametrize("loss", LOSSES.values(), ids=str)
def test_the_terms_add_up_to_the_loss_of_the_training(loss: Loss) -> None:
    network = Network.random(SIZES, seed=4)
    found = passed(network, loss)
    mean, gradients = backpropagate(network, image_of(3), target_of(1), loss)
    assert found.terms.shape == (3,)
    assert found.loss == pytest.approx(mean, rel=1e-5)
    for layer, gradient in zip(found.layers, gradients, strict=True):
        np.testing.assert_allclose(layer.weights, gradient.weights, rtol=1e-4, atol=1e-7)
        np.testing.assert_allclose(layer.biases, gradient.biases, rtol=1e-4, atol=1e-7)
        np.testing.assert_array_equal(layer.weights_of(1), layer.weights[1])


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_each_delta_is_what_the_layer_after_asks_for_times_the_slope(
    activation: Activation,
) -> None:
    network = Network.random(SIZES, seed=4, activation=activation)
    found = passed(network, cross_entropy)
    assert found.layers[-1].grad_a is None
    for number, (layer, after) in enumerate(pairwise(found.layers), start=1):
        assert layer.grad_a is not None
        added = [found.contributions(number, neuron) for neuron in range(len(layer.a))]
        np.testing.assert_allclose(np.sum(added, axis=1), layer.grad_a, rtol=1e-12, atol=1e-15)
        delta = network.layers[number - 1].activation.backpropagate(layer.a, layer.grad_a)
        np.testing.assert_allclose(layer.delta, delta, rtol=1e-12, atol=1e-15)
        np.testing.assert_array_equal(after.inputs, layer.a)


def test_the_delta_of_an_output_by_hand() -> None:
    found = passed(Network.random(SIZES, seed=4), digit=2)
    a, last = found.layers[-1].a, found.layers[-1]
    np.testing.assert_allclose(found.terms, (a - [0, 0, 1]) ** 2)
    np.testing.assert_allclose(last.slope, a * (1 - a))
    np.testing.assert_allclose(last.delta, 2 * (a - [0, 0, 1]) * a * (1 - a))


def test_places_are_those_of_the_parameters() -> None:
    network = Network.random(SIZES, seed=4)
    values = ParameterVector(network).values
    assert values[place_of(network, 2, 3, 4)] == network.layers[1].weights[3, 4]
    marked = network.with_bias(3, 2, 0.25)
    assert ParameterVector(marked).values[place_of(marked, 3, 2)] == 0.25
    chosen = random_places(network, 20, seed=1)
    assert len(set(chosen.tolist())) == 20
    np.testing.assert_array_equal(chosen, random_places(network, 20, seed=1))
    assert sorted(random_places(network, 1000, seed=2)) == list(range(network.n_parameters))


@pytest.mark.parametrize("steps", [1, 10])
def test_steps_are_those_of_the_training_bit_for_bit(steps: int) -> None:
    network = Network(Network.random(SIZES, seed=4).layers, {"title": "Mine"})
    inputs, targets = image_of(3, 7), one_hot(np.arange(7, dtype=np.uint8) % 3, 3)
    objective = Objective(inputs, targets, cross_entropy)
    hyper = Hyperparameters(epochs=steps, batch_size=7, learning_rate=2.5, loss=cross_entropy)
    (last,) = deque(train(network, inputs, targets, hyper), maxlen=1)
    found = descend(network, objective, 2.5, steps)
    assert ParameterVector(found).values.tobytes() == last.parameters.tobytes()
    assert found.card["title"] == "Mine"
    before, after = (exact_gradient(each, objective)[0] for each in (network, found))
    assert after < before


def test_a_rate_that_is_far_too_large_is_refused() -> None:
    network = Network.random(SIZES, seed=4)
    with pytest.raises(DivergenceError):
        descend(network, drawn(), 1e12)


def test_angles_by_hand() -> None:
    right, up = np.array([2.0, 0.0]), np.array([0.0, 0.5])
    assert angle_between(right, up) == pytest.approx(90)
    assert angle_between(right, right + 4 * up) == pytest.approx(45)
    assert angle_between(right, -right) == pytest.approx(180)
    assert angle_between(right, 0 * up) is None


def test_the_loss_falls_against_the_gradient_and_is_the_present_one_in_the_middle() -> None:
    network = Network.random(SIZES, seed=4)
    objective = Objective(image_of(3, 7), one_hot(np.arange(7, dtype=np.uint8) % 3, 3), quadratic)
    mean, gradient = exact_gradient(network, objective)
    distances = np.array([-0.01, 0.0, 0.01])
    downhill = losses_along(network, objective, -unit(gradient), distances)
    assert downhill[1] == pytest.approx(mean, rel=1e-5)
    slope = (downhill[2] - downhill[0]) / 0.02
    assert slope == pytest.approx(-np.linalg.norm(gradient), rel=1e-2)


def test_to_move_along_a_direction_is_to_change_every_parameter_by_its_share() -> None:
    network = Network.random(SIZES, seed=4, activation=sigmoid)
    direction = random_direction(network, seed=5)
    assert np.linalg.norm(direction) == pytest.approx(1)
    np.testing.assert_array_equal(direction, random_direction(network, seed=5))
    found = moved(network, direction, 2.0)
    change = ParameterVector(found).values - ParameterVector(network).values
    np.testing.assert_allclose(change, 2 * direction, atol=1e-6)
    assert found.card["edited"] is True
    along = losses_along(network, drawn(), direction, np.array([2.0]))
    mean, _ = exact_gradient(found, drawn())
    assert along[0] == pytest.approx(mean, rel=1e-5)
