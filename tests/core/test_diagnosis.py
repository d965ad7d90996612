"""Every way for a training to fail is named with its number, and a training that works has none."""

import pickle
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

import numpy as np
import pytest

from core import Network
from core.arrays import Doubles
from core.data import mnist
from core.data.images import Images
from core.evaluation.metrics import accuracy
from core.training.dataset import Dataset
from core.training.diagnosis import chance_loss, diagnose
from core.training.findings import (
    DeadNeurons,
    Divergence,
    Finding,
    Overfitting,
    Saturation,
    SlowLearning,
    Symmetry,
)
from core.training.history import Histories, History
from core.training.loop import DivergenceError, Progress, one_hot, train
from core.training.losses import LOSSES
from core.training.pipeline import hyperparameters, initial_network
from core.training.recipes import Recipe
from core.training.stretch import advance, begin

PLAIN = Recipe(epochs=2, seed=1)
RELU = replace(PLAIN, activation="relu", learning_rate=0.1)
SOFTMAX = replace(PLAIN, output_activation="softmax", loss="softmax-cross-entropy")
ADAM = replace(SOFTMAX, activation="relu", optimizer="adam", learning_rate=0.003, batch_size=32)

FUNCTIONS = {
    "sigmoid": lambda z: np.where(z > 0, 1, np.exp(-abs(z))) / (1 + np.exp(-abs(z))),
    "tanh": np.tanh,
    "relu": lambda z: np.where(z > 0, z, 0),
}
SLOPES = {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a**2}


@lru_cache
def digits(count: int) -> Images:
    return mnist.load("train")[:count]


@lru_cache
def validation() -> Images:
    return mnist.load("train")[-2000:]


@dataclass
class Training:
    """A training by a recipe, as far as it has been followed."""

    recipe: Recipe
    count: int = 3000

    def __post_init__(self) -> None:
        self.images = digits(self.count)
        self.history = History()
        self.hyper = hyperparameters(self.recipe, self.recipe.seed)
        self.start = initial_network(self.recipe, self.recipe.seed)

    def steps(self) -> Iterator[Progress]:
        targets = one_hot(self.images.labels)
        for step in train(self.start, self.images.images, targets, self.hyper, validation()):
            self.history(step)
            yield step

    def end(self, steps: int | None = None) -> "Training":
        deque(islice(self.steps(), steps), maxlen=0)
        return self

    @property
    def network(self) -> Network:
        assert self.history.last is not None
        return self.history.last.network

    @property
    def networks(self) -> tuple[Network, Network]:
        """Before the first step, and now."""
        return self.start, self.network

    @property
    def findings(self) -> tuple[Finding, ...]:
        return diagnose(self.history, self.hyper, self.images, validation())


def activations(network: Network, images: Images) -> list[Doubles]:
    """Those of every layer, (m, n) each, by a forward pass of this test's own."""
    a, found = images.images.astype(float), []
    for layer in network.layers:
        a = FUNCTIONS[layer.activation.name](a @ layer.weights.T.astype(float) + layer.biases)
        found.append(a)
    return found


def gradients(network: Network, images: Images) -> list[Doubles]:
    """Of the quadratic loss by the weights of every layer, by this test's own chain rule."""
    before = [images.images.astype(float), *activations(network, images)]
    grad, found = 2 * (before.pop() - one_hot(images.labels)) / len(images), []
    outputs = activations(network, images)
    for layer, a, x in zip(network.layers[::-1], outputs[::-1], before[::-1], strict=True):
        delta = grad * SLOPES[layer.activation.name](a)
        found.insert(0, delta.T @ x)
        grad = delta @ layer.weights
    return found


def check_saturation(found: Finding, training: Training, low: float, high: float) -> None:
    assert isinstance(found, Saturation)
    for network, share in zip(training.networks, (found.at_start, found.share), strict=True):
        a = activations(network, training.images)[found.layer - 1]
        assert share == pytest.approx(((a < low) | (a > high)).mean(), abs=1e-4)
    gradient = gradients(training.network, training.images)[found.layer - 1]
    # Sums of some hundreds leave float32 few digits for the slope.
    assert found.gradient == pytest.approx(np.sqrt((gradient**2).mean()), rel=0.05)


def share_right(network: Network, images: Images) -> float:
    return float(np.mean(network(images.images).argmax(axis=1) == images.labels))


HEALTHY = {
    "the default": PLAIN,
    "the lesson's": replace(PLAIN, init="normal"),
    "one image per batch": replace(PLAIN, batch_size=1, learning_rate=0.5, epochs=1),
    "large batches": replace(PLAIN, batch_size=500, epochs=20),
    "xavier": replace(PLAIN, init="xavier"),
    "relu": RELU,
    "relu, he": replace(RELU, init="he"),
    "tanh": replace(PLAIN, activation="tanh", learning_rate=0.5),
    "softmax": replace(SOFTMAX, learning_rate=0.5),
    "relu, softmax, adam": ADAM,
    "wide": replace(PLAIN, hidden=(64, 32), init="normal"),
}


@pytest.mark.parametrize("recipe", HEALTHY.values(), ids=HEALTHY)
def test_nothing_is_wrong_with_a_training_that_works_at_any_step(recipe: Recipe) -> None:
    training = Training(recipe)
    assert training.findings == ()
    for number, _ in enumerate(training.steps(), start=1):
        if number in (1, 2, 5, 10, 30, 100, 200, 300, 450):
            assert training.findings == (), number
    assert training.findings == ()
    assert share_right(training.network, validation()) > 0.3


def test_a_loss_that_grows_is_a_rate_that_is_too_high() -> None:
    training = Training(replace(SOFTMAX, learning_rate=10.0)).end()
    found = training.findings[0]
    assert isinstance(found, Divergence)
    losses = training.history.losses
    windows = [losses[first : first + 50].mean() for first in range(0, 600, 50)]
    p = training.start(training.images.images)[range(3000), training.images.labels]
    assert found.before == pytest.approx(-np.log(p).mean(), rel=1e-4)
    assert found.after == pytest.approx(max(windows))
    assert found.after > 1.25 * found.before
    limit = found.before + 0.2 * found.before
    assert losses[found.step - 1] > limit
    assert not (losses[: found.step - 1] > limit).any()


def test_a_loss_that_has_fallen_again_is_no_divergence() -> None:
    training = Training(replace(ADAM, learning_rate=0.1))
    steps = training.steps()
    deque(islice(steps, 10), maxlen=0)
    assert Divergence in map(type, training.findings)
    deque(steps, maxlen=0)
    assert Divergence not in map(type, training.findings)


def test_a_training_beyond_all_bounds_says_at_which_step_and_how_far_the_loss_grew() -> None:
    recipe = replace(RELU, output_activation="identity", learning_rate=3.0)
    training = Training(recipe)
    with pytest.raises(DivergenceError) as caught:
        training.end()
    found = Divergence.of(pickle.loads(pickle.dumps(caught.value)))
    losses = training.history.losses
    assert found.step == len(losses) + 1
    assert found.before == losses[0]
    assert not found.after < 100 * found.before


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_layers_that_begin_with_zeros_are_symmetric(activation: str) -> None:
    training = Training(replace(PLAIN, activation=activation, init="zeros")).end()
    assert [type(found) for found in training.findings] == [Symmetry, Symmetry]
    for number, found in enumerate(training.findings, start=1):
        assert isinstance(found, Symmetry)
        layer = training.network.layers[number - 1]
        pairs = np.abs(layer.weights[:, None] - layer.weights[None]).max()
        biases = np.abs(layer.biases[:, None] - layer.biases[None]).max()
        largest = max(np.abs(layer.weights).max(), np.abs(layer.biases).max()) or 1
        assert found.layer == number
        assert found.difference == pytest.approx(max(pairs, biases) / largest, abs=1e-9)
        assert found.accuracy == share_right(training.network, validation()) < 0.3


@pytest.mark.parametrize(
    ("activation", "low", "high"), [("sigmoid", 0.05, 0.95), ("tanh", -0.9, 0.9)]
)
def test_a_start_from_huge_weights_is_saturated(activation: str, low: float, high: float) -> None:
    training = Training(replace(PLAIN, activation=activation, init_std=30.0)).end()
    # On some processors, whose products round otherwise, the outputs are saturated as well.
    assert [found.layer for found in training.findings][:2] == [1, 2]
    for number, found in enumerate(training.findings, start=1):
        check_saturation(found, training, low, high)
        assert isinstance(found, Saturation)
        assert found.layer == number
        assert min(found.share, found.at_start) > 0.95


def test_a_rate_of_100_saturates_the_outputs() -> None:
    training = Training(replace(PLAIN, learning_rate=100.0)).end()
    found = training.findings[-1]
    check_saturation(found, training, 0.05, 0.95)
    assert isinstance(found, Saturation)
    assert (found.layer, found.share) == (3, 1)
    assert found.at_start < 0.05
    assert share_right(training.network, validation()) < 0.2


def test_relus_that_are_0_for_every_image_are_dead() -> None:
    training = Training(replace(SOFTMAX, activation="relu", learning_rate=1.0)).end()
    (found,) = training.findings
    assert isinstance(found, DeadNeurons)
    at_start, dead = (
        [n for n in range(16) if z[:, n].max() <= 0]
        for z in (each.trace(training.images.images).z[1] for each in training.networks)
    )
    assert found.layer == 2
    assert found.neurons == tuple(dead)
    assert found.share == len(dead) / 16 > 0.7
    assert found.n_at_start == len(at_start)


def test_relus_that_wake_again_are_not_dead() -> None:
    training = Training(replace(RELU, learning_rate=0.3, seed=0), count=5000).end(10)
    z = training.network.trace(training.images.images).z[1]
    assert (z.max(axis=0) <= 0).mean() > 0.7
    assert training.findings == ()


def test_two_hundred_images_for_thirty_epochs_are_learned_by_heart() -> None:
    training = Training(replace(PLAIN, epochs=30), count=200)
    accuracies = [step.accuracy for step in training.steps() if step.accuracy is not None]
    (found,) = training.findings
    assert isinstance(found, Overfitting)
    assert found.training == share_right(training.network, training.images)
    assert found.validation == accuracies[-1] == share_right(training.network, validation())
    assert found.gap == found.training - found.validation > 0.1
    assert found.best == max(accuracies)
    assert found.best_epoch == accuracies.index(max(accuracies)) + 1


def test_a_loss_that_hardly_falls_is_a_rate_that_is_too_low() -> None:
    training = Training(replace(PLAIN, learning_rate=0.001)).end()
    (found,) = training.findings
    assert isinstance(found, SlowLearning)
    assert found.steps == 600
    targets = one_hot(training.images.labels)
    for network, loss in zip(training.networks, (found.before, found.after), strict=True):
        squares = (network(training.images.images) - targets) ** 2
        assert loss == pytest.approx(squares.sum(axis=1).mean(), rel=1e-4)
    assert found.before > found.after


def test_a_plateau_after_a_long_way_is_not_slow() -> None:
    training = Training(replace(PLAIN, hidden=(16, 16, 16, 16))).end()
    assert training.history.losses[-100:].mean() > 0.85
    assert training.findings == ()


def test_without_a_step_there_is_nothing_to_say() -> None:
    training = Training(PLAIN)
    assert training.findings == ()
    assert len(training.history.losses) == len(training.history.accuracies) == 0


def test_a_history_holds_what_the_steps_said() -> None:
    training = Training(replace(PLAIN, batch_size=1000))
    steps = list(training.steps())
    assert training.history.last is steps[-1]
    assert training.history.losses.tolist() == [step.loss for step in steps]
    assert training.history.accuracies.tolist() == [steps[2].accuracy, steps[5].accuracy]


@pytest.mark.parametrize(
    ("recipe", "count"),
    [
        (replace(SOFTMAX, learning_rate=10.0), 3000),
        (replace(PLAIN, init="zeros", batch_size=100), 1000),
        (replace(PLAIN, epochs=30), 200),
        (replace(PLAIN, learning_rate=0.001), 3000),
        (replace(PLAIN, batch_size=100), 1000),
    ],
    ids=["too fast", "symmetric", "learned by heart", "too slow", "healthy"],
)
def test_a_training_in_stretches_has_the_findings_of_one_in_one_go(
    recipe: Recipe, count: int
) -> None:
    whole = Training(recipe, count).end()
    images = whole.images
    data = Dataset(images.images, one_hot(images.labels), {"validation": validation()})
    state, losses, accuracies = begin(whole.start, whole.hyper, count), [], []
    while not state.is_done:
        stretch = advance(state, data, state.n_batches)
        state, losses = stretch.state, [*losses, *stretch.losses]
        accuracies.append(accuracy(state.network, validation()))
    history = History.of(state, losses, accuracies)
    assert diagnose(history, whole.hyper, images, validation()) == whole.findings


def test_a_training_that_has_only_begun_has_no_findings() -> None:
    training = Training(replace(PLAIN, init="zeros"))
    begun = History.of(begin(training.start, training.hyper, 3000), (), ())
    assert diagnose(begun, training.hyper, training.images, validation()) == ()


def test_trainings_one_after_the_other_have_a_history_each() -> None:
    first, second = (list(Training(replace(PLAIN, batch_size=1000)).steps()) for _ in range(2))
    histories = Histories()
    for step in (*first, *second):
        histories(step)
    assert [history.last for history in histories] == [first[-1], second[-1]]
    assert [len(history.losses) for history in histories] == [6, 6]


@pytest.mark.parametrize(
    ("loss", "expected"), [("quadratic", 0.9), ("softmax-cross-entropy", np.log(10))]
)
def test_chance_is_the_loss_of_one_tenth_for_every_digit(loss: str, expected: float) -> None:
    assert chance_loss(LOSSES[loss], 10) == pytest.approx(expected)
