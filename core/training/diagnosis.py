"""What is wrong with a training: `diagnose` looks at its history, its network and some images.

It can be asked after any step, and finds nothing in a training that learns as it should, however
far that is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil, log
from typing import Final

import numpy as np

from core.arrays import Array, Doubles
from core.data.images import Images
from core.evaluation.metrics import accuracy
from core.nn.activations import Activation, sigmoid
from core.nn.layer import Layer
from core.nn.network import Network
from core.nn.trace import Trace
from core.training.backpropagation import backpropagate
from core.training.findings import (
    DeadNeurons,
    Divergence,
    Finding,
    Overfitting,
    Saturation,
    SlowLearning,
    Symmetry,
)
from core.training.history import History
from core.training.loop import Hyperparameters, one_hot
from core.training.losses import Loss, Outputs
from core.training.parameters import Parameters, ParameterVector

# Each threshold lies between what was measured in healthy trainings and in failing ones, on 3,000
# to 55,000 images of MNIST. Healthy are the default, the lesson's recipe, other random starts,
# ReLU, tanh, softmax and Adam with usual rates and 1 to 1,000 images per batch, most of them with
# six seeds, looked at from the first step on.

_WINDOW: Final = 500
_FEWEST: Final = 100
"""Losses are averaged over the batches of so many images; the mean of fewer is too noisy."""

_GROWTH: Final = 0.2
"""As a share of the loss at the start, or of the chance loss if that is larger. Healthy: up to
0.09. Failing: 0.26 with softmax, sigmoid and a rate of 10; 3.2 with ReLU, Adam and 0.3."""

_DIFFERENCE: Final = 0.01
"""Healthy: 1 and more. Failing: 0 after a start at zeros, 0.0001 after 1,000 steps by rounding."""

_TAIL: Final = 0.05
_SATURATED: Final = 0.95
_READS: Final = 0.5
"""Healthy, while less than half is read: up to 0.90, 0.74 of it at the start for N(0, 1). Failing:
0.96 to 0.99 for N(0, 30²). Later, healthy sigmoids reach 0.95, so only the early ones count."""

_STUCK: Final = 0.99
_CHANCE: Final = 0.2
"""The same for the outputs, which are to be 0 or 1 in the end. Healthy, while less than a fifth is
read: up to 0.92. Failing: 1.00 with rates of 30 and 100."""

_DEAD: Final = 0.7
_SETTLED: Final = 100
"""Healthy: up to 12 of 16 in the first 30 steps, which wake again; up to 10 after so many steps.
Failing: 13 to 16 of 16 with ReLU, softmax and a rate of 1."""

_GAP: Final = 0.05
"""Healthy: up to 0.02. Failing: 0.21 with 200 images and 0.11 with 1,000, after 30 epochs."""

_STEPS: Final = 500
_IMAGES: Final = 5_000
_FALL: Final = 0.1
_MOVED: Final = 0.55
"""Healthy, after so many steps and images: a loss of 10 % below chance, or a plateau after a move
of 0.6 or more. Failing: a move of up to 0.5 with a hundredth of the default rate, or less."""


@np.errstate(over="ignore", invalid="ignore")  # a network that diverges may be beyond all floats
def diagnose(
    history: History, hyper: Hyperparameters, training: Images, validation: Images
) -> tuple[Finding, ...]:
    """What is wrong with a training after the last step of its history; nothing, if it is empty.

    ``hyper`` is what it is trained with. ``training`` is some thousand of the images that it learns
    from, ``validation`` some that it does not.
    """
    last = history.last
    if last is None or not history:
        return ()
    run = _Run(history, hyper, training, validation, last.start, last.network)
    causes = tuple(_causes(run))
    return causes or (*_overfitting(run), *_slow_learning(run))


def _causes(run: "_Run") -> Iterator[Finding]:
    """What keeps a network from learning; equal neurons are also saturated or dead together."""
    yield from _divergence(run)
    symmetries: tuple[Finding, ...] = tuple(_symmetry(run))
    yield from symmetries or (*_saturation(run), *_dead_neurons(run))


def chance_loss(loss: Loss, n_out: int) -> float:
    """The loss of outputs that are all 1/n_out, whatever the image is."""
    z = np.full((1, n_out), -log(n_out - 1))
    return float(loss.value(Outputs.of(z, sigmoid), np.eye(1, n_out)).item())


@dataclass(frozen=True, eq=False)
class _Run:
    """A training at one moment, and what is measured of it."""

    history: History
    hyper: Hyperparameters
    training: Images
    validation: Images
    start: Network
    network: Network

    @property
    def steps(self) -> int:
        """How many there were."""
        return len(self.history)

    @cached_property
    def accuracy(self) -> float:
        """On the validation images."""
        return accuracy(self.network, self.validation)

    @cached_property
    def traces(self) -> tuple[Trace, Trace]:
        """Of the training images, before the first step and now."""
        return self.start.trace(self.training.images), self.network.trace(self.training.images)

    @cached_property
    def first_loss(self) -> float:
        """On the training images, before the first step."""
        return self._gradient(self.start)[0]

    @cached_property
    def gradient(self) -> tuple[float, tuple[Parameters, ...]]:
        """The present loss on the training images, and its gradient."""
        return self._gradient(self.network)

    @cached_property
    def chance_loss(self) -> float:
        """Of a network that has learned nothing but that there are ten digits."""
        return chance_loss(self.hyper.loss, self.network.sizes[-1])

    def _gradient(self, network: Network) -> tuple[float, tuple[Parameters, ...]]:
        targets = one_hot(self.training.labels, network.sizes[-1])
        return backpropagate(network, self.training.images, targets, self.hyper.loss)


def _divergence(run: _Run) -> Iterator[Divergence]:
    losses, size = run.history.losses, ceil(_WINDOW / run.hyper.batch_size)
    means = _window_means(losses, size, ceil(_FEWEST / run.hyper.batch_size))
    before = np.minimum.accumulate([run.first_loss, *means])[:-1]
    limits = before + _GROWTH * max(run.first_loss, run.chance_loss)
    recovered = np.minimum.accumulate(means[::-1])[::-1] <= before
    for window in np.flatnonzero((means > limits) & ~recovered)[:1]:
        first = window * size
        step = first + (losses[first:] > limits[window]).argmax() + 1
        yield Divergence(int(step), float(before[window]), float(means[window:].max()))


def _window_means(losses: Doubles, size: int, fewest: int) -> Doubles:
    """The means of windows of ``size`` losses, and of the rest if it has the ``fewest`` or more."""
    firsts = np.arange(0, len(losses), size)
    counts = np.minimum(size, len(losses) - firsts)
    means: Doubles = np.add.reduceat(losses, firsts) / counts
    return means[counts >= fewest]


def _symmetry(run: _Run) -> Iterator[Symmetry]:
    for number, layer in enumerate(run.network.layers[:-1], start=1):
        difference = _difference(layer)
        if layer.n_out > 1 and difference < _DIFFERENCE:
            yield Symmetry(number, difference, run.accuracy)


def _difference(layer: Layer) -> float:
    """The largest difference between two neurons, by the largest weight or bias; 0 if all are 0."""
    neurons = np.column_stack((layer.weights, layer.biases))
    largest = np.abs(neurons).max()
    return float(np.ptp(neurons, axis=0).max() / largest) if largest else 0.0


def _saturation(run: _Run) -> Iterator[Saturation]:
    *hidden, outputs = range(1, len(run.network.layers) + 1)
    if run.accuracy < _READS:
        for layer in hidden:
            # Softmax activations add up to 1, so most are near 0 whatever they say.
            if run.network.layers[layer - 1].activation.jacobian_product is None:
                yield from _saturation_of(run, layer, _SATURATED)
    if run.accuracy < _CHANCE and run.steps >= _SETTLED:
        yield from _saturation_of(run, outputs, _STUCK)


def _saturation_of(run: _Run, layer: int, least: float) -> Iterator[Saturation]:
    """What is wrong with a layer if more than the ``least`` share of its activations are."""
    activation = run.network.layers[layer - 1].activation
    at_start, share = (_saturated(activation, trace.a[layer - 1]) for trace in run.traces)
    if share > least:
        gradient = run.gradient[1][layer - 1].weights
        yield Saturation(layer, share, at_start, float(np.sqrt(np.mean(gradient**2))))


def _saturated(activation: Activation, a: Array) -> float:
    """The share of the activations that are near an end of their range; 0 if it has none."""
    if not activation.bounded:
        return 0.0
    tail = _TAIL * (activation.highest - activation.lowest)
    outside = (a < activation.lowest + tail) | (a > activation.highest - tail)
    return float(outside.mean())


def _dead_neurons(run: _Run) -> Iterator[DeadNeurons]:
    if run.steps < _SETTLED:
        return
    for number, layer in enumerate(run.network.layers[:-1], start=1):
        if layer.activation.lowest == 0 and not layer.activation.bounded:
            at_start, dead = (
                np.flatnonzero(trace.a[number - 1].max(axis=0) == 0) for trace in run.traces
            )
            if len(dead) > _DEAD * layer.n_out:
                yield DeadNeurons(number, tuple(dead.tolist()), layer.n_out, len(at_start))


def _overfitting(run: _Run) -> Iterator[Overfitting]:
    accuracies = run.history.accuracies
    training = accuracy(run.network, run.training)
    if len(accuracies) and training - run.accuracy > _GAP:
        best = int(accuracies.argmax())
        yield Overfitting(training, run.accuracy, float(accuracies[best]), best + 1)


def _slow_learning(run: _Run) -> Iterator[SlowLearning]:
    before, after = run.first_loss, run.gradient[0]
    moved = _moved(run.start, run.network)
    long = run.steps >= max(_STEPS, _IMAGES / run.hyper.batch_size)
    hardly_falls = after > (1 - _FALL) * min(before, run.chance_loss)
    if long and hardly_falls and moved < _MOVED:
        yield SlowLearning(run.steps, before, after, moved)


def _moved(start: Network, network: Network) -> float:
    before, after = (ParameterVector(each).values for each in (start, network))
    length = np.linalg.norm(before)
    return float(np.linalg.norm(after - before) / length) if length else np.inf
