"""Training learns to read, tells where it is, and repeats itself exactly."""

import pickle
from collections import deque
from functools import lru_cache

import numpy as np
import pytest

from core import Network
from core.data import mnist
from core.data.images import Images
from core.evaluation.metrics import accuracy
from core.nn.activations import identity, relu
from core.nn.image_values import ImageError
from core.training.backpropagation import backpropagate
from core.training.loop import (
    DivergenceError,
    Hyperparameters,
    Progress,
    TrainingError,
    one_hot,
    train,
)
from core.training.losses import cross_entropy, quadratic
from core.training.optimizers import Adam
from core.training.schedules import SCHEDULES, constant, one_cycle

SIZES = (784, 16, 16, 10)


@lru_cache
def digits() -> tuple[Images, Images]:
    images = mnist.load("train")
    return images[:5000], images[-1000:]


def trained(hyper: Hyperparameters) -> list[Progress]:
    examples, validation = digits()
    start = Network.random(SIZES, seed=1)
    return list(train(start, examples.images, one_hot(examples.labels), hyper, validation))


@pytest.mark.parametrize(
    "hyper",
    [
        Hyperparameters(epochs=3, seed=1),
        Hyperparameters(5, 50, 0.01, 0.01, loss=cross_entropy, optimizer=Adam, schedule=one_cycle),
    ],
    ids=["the lesson's recipe", "a modern recipe"],
)
def test_a_few_epochs_teach_most_digits(hyper: Hyperparameters) -> None:
    steps = trained(hyper)
    assert accuracy(steps[-1].network, digits()[1]) == steps[-1].accuracy > 0.8
    assert steps[-1].network.sizes == SIZES


def test_progress_counts_epochs_and_batches_and_measures_each_epoch() -> None:
    steps = trained(Hyperparameters(epochs=2, batch_size=1500))
    assert [(step.epoch, step.batch) for step in steps] == [
        (epoch, batch) for epoch in (1, 2) for batch in (1, 2, 3, 4)
    ]
    assert [step.accuracy is not None for step in steps] == [False, False, False, True] * 2
    assert [step.share for step in steps] == [number / 8 for number in range(1, 9)]
    assert steps[-1].loss < steps[0].loss


def test_one_seed_gives_one_network_and_another_seed_another() -> None:
    first, again, other = (
        trained(Hyperparameters(epochs=1, batch_size=500, seed=seed))[-1].network
        for seed in (4, 4, 5)
    )
    for one, two in zip(first.layers, again.layers, strict=True):
        assert one.weights.tobytes() == two.weights.tobytes()
        assert one.biases.tobytes() == two.biases.tobytes()
    assert (first.layers[0].weights != other.layers[0].weights).any()


def test_earlier_networks_stay_as_they_were() -> None:
    steps = trained(Hyperparameters(epochs=1, batch_size=2500))
    assert (steps[0].network.layers[0].weights != steps[1].network.layers[0].weights).any()


def test_decay_draws_weights_and_not_biases_towards_0() -> None:
    network = Network.random((784, 10), seed=0).with_bias(1, 0, 5.0)
    blank, nothing = np.zeros((1, 784), np.float32), np.zeros((1, 10), np.float32)
    recipe = Hyperparameters(1, 1, learning_rate=0.5, weight_decay=0.2)
    (step,) = train(network, blank, nothing, recipe)
    before, after = network.layers[0], step.network.layers[0]
    np.testing.assert_allclose(after.weights, 0.9 * before.weights, rtol=1e-6)
    assert after.biases[0] == pytest.approx(5.0, abs=0.02)


def test_a_step_of_descent_is_the_rate_times_the_gradient() -> None:
    examples, _ = digits()
    start = Network.random(SIZES, seed=1).with_bias(1, 3, 0.5)
    inputs, targets = examples.images[:40], one_hot(examples.labels[:40])
    counts = np.linspace(0.5, 2, 40, dtype=np.float32)
    hyper = Hyperparameters(1, 40, learning_rate=0.25)
    (step,) = train(start, inputs, targets, hyper, weights=counts)
    loss, gradients = backpropagate(start, inputs, targets, quadratic, counts)
    assert step.loss == pytest.approx(loss, rel=1e-5)
    for before, after, gradient in zip(start.layers, step.network.layers, gradients, strict=True):
        for name, moved in gradient._asdict().items():
            expected = getattr(before, name) - 0.25 * moved
            np.testing.assert_allclose(getattr(after, name), expected, atol=1e-6)
        assert after.activation is before.activation


def test_a_training_leaves_the_network_that_it_begins_with_alone() -> None:
    start = Network.random(SIZES, seed=1)
    kept = [layer.weights.copy() for layer in start.layers]
    examples, _ = digits()
    deque(train(start, examples.images[:50], one_hot(examples.labels[:50]), Hyperparameters(1)))
    for layer, weights in zip(start.layers, kept, strict=True):
        np.testing.assert_array_equal(layer.weights, weights)


def test_images_that_no_network_can_look_at_are_refused_before_the_first_step() -> None:
    examples, _ = digits()
    targets = one_hot(examples.labels[:50])
    steps = train(Network.random(SIZES, 1), examples.images[:50] * 255, targets, Hyperparameters())
    with pytest.raises(ImageError, match="numbers from 0 to 1"):
        next(steps)


def test_a_rate_that_is_too_large_is_named() -> None:
    examples, _ = digits()
    start = Network.random(SIZES, seed=1, activation=relu, output=identity)
    steps = train(
        start, examples.images, one_hot(examples.labels), Hyperparameters(learning_rate=50)
    )
    losses = []
    with pytest.raises(DivergenceError, match=r"learning rate of 50.*smaller") as caught:
        losses.extend(step.loss for step in steps)
    error = pickle.loads(pickle.dumps(caught.value))  # as it comes from another process
    assert str(error) == str(caught.value)
    assert f"at step {error.step}" in str(error)
    assert error.step == len(losses) + 1
    assert error.before == losses[0]
    assert not error.after < 1000 * error.before


def test_a_training_without_an_epoch_is_refused() -> None:
    with pytest.raises(TrainingError, match="at least one epoch"):
        Hyperparameters(epochs=0)


def test_schedules_stay_between_0_and_the_full_rate() -> None:
    shares = np.linspace(0, 1, 101)
    for schedule in SCHEDULES.values():
        factors = [schedule(share) for share in shares]
        assert min(factors) >= 0
        assert max(factors) == pytest.approx(1)
    assert [constant(share) for share in (0, 0.5, 1)] == [1, 1, 1]
    assert [one_cycle(share) for share in (0, 0.3, 1)] == pytest.approx([0.04, 1, 0])


def test_adam_steps_as_its_paper_says() -> None:
    gradients = np.random.default_rng(0).normal(size=(3, 5)).astype(np.float32)
    optimizer, mean, square = Adam(), np.zeros(5), np.zeros(5)
    for number, gradient in enumerate(gradients, start=1):
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        expected = mean / (1 - 0.9**number) / (np.sqrt(square / (1 - 0.999**number)) + 1e-8)
        step = optimizer.step(gradient)
        np.testing.assert_allclose(step, expected, rtol=1e-4)
        step[:] = 7


def test_adam_walks_downhill_by_about_the_rate() -> None:
    optimizer = Adam()
    for gradient in (1e-3, 1e3):
        step = Adam().step(np.array([gradient, -gradient], np.float32))
        np.testing.assert_allclose(step, [1, -1], rtol=1e-4)
    x = np.array([3.0], np.float32)
    for _ in range(400):
        x = x - np.float32(0.05) * optimizer.step(2 * x)
    assert abs(x[0]) < 0.05
