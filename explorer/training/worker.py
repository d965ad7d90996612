"""What runs in worker processes: it knows `core` only, so that a process starts quickly.

Between two calls a process remembers nothing but which data it has opened: whatever a training
needs to go on comes and goes as a `TrainingState`, and every process can go on with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, lru_cache
from time import perf_counter
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core.arrays import Array, Doubles
from core.data.images import Images
from core.nn.layer import Layer
from core.nn.network import Network
from core.training.dataset import Dataset
from core.training.diagnosis import diagnose
from core.training.findings import Finding
from core.training.history import History
from core.training.loop import one_hot
from core.training.losses import Loss, Outputs
from core.training.own_examples import OwnExamples, with_own
from core.training.pipeline import finished, hyperparameters, initial_network
from core.training.recipes import Recipe
from core.training.stretch import TrainingState, advance, begin
from core.worker_processes import begin_worker
from explorer.training.call_progress import CallProgress
from explorer.training.prepared_data import Source, prepared
from explorer.training.retention import Reading

Result = TypeVar("Result")

_NICE: Final = 19
_SAMPLE: Final = 1_000
"""So many of the images that are learned from are measured after every stretch."""

_DIAGNOSED: Final = 5_000

_LARGEST_SCALE: Final = 1e30
"""What a layer's scale can be at most."""

_progress: ContextVar[CallProgress] = ContextVar("progress")


class Measured(NamedTuple):
    """The mean loss of some images, and the share of them that is read correctly, 0-1."""

    loss: float
    accuracy: float


class Course(NamedTuple):
    """How a training went, for a card: its curves, and after how many steps; None for all."""

    curves: Mapping[str, Any]
    stopped_after: int | None


@dataclass(frozen=True, eq=False)
class Advanced:
    """What a stretch came to.

    ``losses`` holds the mean loss of each batch, ``accuracies`` the one on the validation images
    after each epoch that ended. ``training``, measured on a fixed sample of what is learned from,
    and ``validation`` are those of the network at the end. ``scales`` is the largest activation of
    each layer on the validation images, 1 where the activation is bounded. ``reading`` is what is
    read of somebody's own examples, None where none were learned from.
    """

    state: TrainingState
    losses: Doubles
    accuracies: tuple[float, ...]
    training: Measured
    validation: Measured
    scales: tuple[float, ...]
    reading: Reading | None = None


def start(progress: CallProgress) -> None:
    """Called once in each process: it is to be no burden for whoever draws meanwhile."""
    begin_worker()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    threadpool_limits(limits=1, user_api="blas")
    _progress.set(progress)


def numbered(number: int, function: Callable[..., Result], *args: object) -> Result:
    """Call a function, as the call of this number, by which it can be cancelled."""
    _progress.get().begin(number)
    return function(*args)


def begin_training(recipe: Recipe, start: Network | None, own: OwnExamples | None) -> Advanced:
    """A training before its first step, its data prepared.

    It begins with the layers of ``start``, or with random weights if that is None; ``own`` are
    mixed into the data. Raises ``InputError`` if data are missing, and ``Cancelled`` if the call
    is.
    """
    data = _data(Source.of(recipe), own)
    # Without a card or statistics, for every stretch sends the start there and back.
    network = Network(start.layers) if start else initial_network(recipe, recipe.seed)
    hyper = hyperparameters(recipe, recipe.seed)
    state = begin(network, hyper, len(data.dataset.inputs))
    return data.measured(state, [], [])


def advance_stretch(
    recipe: Recipe, own: OwnExamples | None, state: TrainingState, steps: int, seconds: float
) -> Advanced:
    """Go on by at most so many ``steps``, for about so many ``seconds``, and measure.

    Raises ``DivergenceError`` when the parameters grow without bound.
    """
    end = perf_counter() + seconds
    data = _data(Source.of(recipe), own)
    last = min(state.step + steps, state.n_steps)
    losses: list[Doubles] = []
    accuracies: list[float] = []
    while state.step < last and (not losses or perf_counter() < end):
        to_epoch_end = state.n_batches - state.step % state.n_batches
        left = min(last - state.step, to_epoch_end)
        stretch = advance(state, data.dataset, left, max(end - perf_counter(), 0))
        state = stretch.state
        losses.append(stretch.losses)
        if state.step % state.n_batches == 0:
            accuracies.append(data.accuracy(state.network))
    return data.measured(state, losses, accuracies)


def diagnosis(
    recipe: Recipe,
    own: OwnExamples | None,
    state: TrainingState,
    losses: Doubles,
    accuracies: tuple[float, ...],
) -> tuple[Finding, ...]:
    """What is wrong with a training that has come to a state.

    ``losses`` are those of all its steps, ``accuracies`` those after each epoch.
    """
    data = _data(Source.of(recipe), own)
    history = History.of(state, losses, accuracies)
    return diagnose(history, state.hyper, data.diagnosed, data.dataset.validation_set)


def finish(
    recipe: Recipe,
    start: Network | None,
    own: OwnExamples | None,
    network: Network,
    course: Course,
) -> Network:
    """A network of a training with its model card, as `core train` would write it.

    Raises ``InputError`` when data are missing that the card needs.
    """
    data = _data(Source.of(recipe), own)
    return finished(
        recipe,
        network,
        recipe.seed,
        data.dataset,
        _progress.get().report,
        curves=course.curves,
        stopped_after=course.stopped_after,
        start=start,
        own=own,
    )


class _Data:
    """Data that are learned from, and the images that a training is measured by."""

    def __init__(self, dataset: Dataset, own: OwnExamples | None) -> None:
        self.dataset, self._own = dataset, own
        self._training, self._validation = dataset.sample(_SAMPLE), dataset.validation_set

    @cached_property
    def diagnosed(self) -> Images:
        """Those of what is learned from that a diagnosis looks at."""
        return self.dataset.sample(_DIAGNOSED)

    def accuracy(self, network: Network) -> float:
        """On the validation images."""
        outputs, _ = _forward(network, self._validation.images)
        return _accuracy(outputs, self._validation)

    def measured(
        self, state: TrainingState, losses: list[Doubles], accuracies: list[float]
    ) -> Advanced:
        """A state that some steps have led to, with their losses, and what it is worth."""
        loss, network = state.hyper.loss, state.network
        outputs, _ = _forward(network, self._training.images)
        training = _measured(outputs, self._training, loss)
        outputs, scales = _forward(network, self._validation.images)
        validation = _measured(outputs, self._validation, loss)
        reading = self._reading(network, outputs)
        all_losses = np.concatenate([np.empty(0), *losses])
        return Advanced(state, all_losses, tuple(accuracies), training, validation, scales, reading)

    def _reading(self, network: Network, outputs: Outputs) -> Reading | None:
        """What is read, the outputs on the validation images being these."""
        if self._own is None:
            return None
        own, _ = _forward(network, self._own.images.images)
        n_read = int(_is_read(own, self._own.images).sum())
        is_read, labels = _is_read(outputs, self._validation), self._validation.labels
        return Reading(n_read, len(labels), float(is_read.mean()), _by_digit(is_read, labels))


def _data(source: Source, own: OwnExamples | None) -> _Data:
    return _ordinary(source) if own is None else _mixed(source, own)


@lru_cache(maxsize=2)
def _ordinary(source: Source) -> _Data:
    return _Data(prepared(source, _progress.get().report), None)


@lru_cache(maxsize=2)
def _mixed(source: Source, own: OwnExamples) -> _Data:
    return _Data(with_own(_ordinary(source).dataset, own), own)


@np.errstate(over="ignore", invalid="ignore")  # a network that diverges may be beyond all floats
def _forward(network: Network, images: Array) -> tuple[Outputs, tuple[float, ...]]:
    """The outputs of images that are known to be such, and the scale of each layer."""
    a, scales = images, []
    for layer in network.layers:
        z = layer.weighted_sums(a)
        a = layer.activation.function(z)
        scales.append(_scale(layer, a))
    return Outputs(z, a, layer.activation), tuple(scales)


def _scale(layer: Layer, a: Array) -> float:
    largest = 0.0 if layer.activation.bounded else float(abs(a).max())
    return min(largest, _LARGEST_SCALE) or 1.0


def _measured(outputs: Outputs, images: Images, loss: Loss) -> Measured:
    with np.errstate(over="ignore", invalid="ignore"):
        losses = loss.value(outputs, one_hot(images.labels, outputs.a.shape[1]))
    return Measured(float(losses.mean()), _accuracy(outputs, images))


def _accuracy(outputs: Outputs, images: Images) -> float:
    return float(_is_read(outputs, images).mean())


def _is_read(outputs: Outputs, images: Images) -> NDArray[np.bool_]:
    is_read: NDArray[np.bool_] = outputs.a.argmax(axis=1) == images.labels
    return is_read


def _by_digit(is_read: NDArray[np.bool_], labels: NDArray[np.uint8]) -> Doubles:
    """The share of each digit's images that is read, (10,); NaN for a digit without any."""
    read, all_of_it = (np.bincount(each, minlength=10) for each in (labels[is_read], labels))
    shares: Doubles = np.divide(read, all_of_it, out=np.full(10, np.nan), where=all_of_it > 0)
    return shares
