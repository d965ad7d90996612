"""What runs in worker processes: it knows `core` only, so that a process starts quickly.

Between two calls a process remembers nothing but which data it has opened: whatever a training
needs to go on comes and goes as a `TrainingState`, and every process can go on with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, lru_cache
from time import perf_counter
from typing import Final, NamedTuple, TypeVar

import numpy as np
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
from core.training.pipeline import finished, hyperparameters, initial_network
from core.training.recipes import Recipe
from core.training.stretch import TrainingState, advance, begin
from core.worker_processes import begin_worker
from explorer.training.call_progress import CallProgress
from explorer.training.prepared_data import Source, prepared

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


@dataclass(frozen=True, eq=False)
class Advanced:
    """What a stretch came to.

    ``losses`` holds the mean loss of each batch, ``accuracies`` the one on the validation images
    after each epoch that ended. ``training``, measured on a fixed sample of what is learned from,
    and ``validation`` are those of the network at the end. ``scales`` is the largest activation of
    each layer on the validation images, 1 where the activation is bounded.
    """

    state: TrainingState
    losses: Doubles
    accuracies: tuple[float, ...]
    training: Measured
    validation: Measured
    scales: tuple[float, ...]


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


def begin_training(recipe: Recipe, start: Network | None) -> Advanced:
    """A training before its first step, its data prepared.

    It begins with the layers of ``start``, or with random weights if that is None. Raises
    ``InputError`` if data are missing, and ``Cancelled`` if the call is.
    """
    data = _data(Source.of(recipe))
    # Without a card or statistics, for every stretch sends the start there and back.
    network = Network(start.layers) if start else initial_network(recipe, recipe.seed)
    hyper = hyperparameters(recipe, recipe.seed)
    state = begin(network, hyper, len(data.dataset.inputs))
    return data.measured(state, [], [])


def advance_stretch(recipe: Recipe, state: TrainingState, steps: int, seconds: float) -> Advanced:
    """Go on by at most so many ``steps``, for about so many ``seconds``, and measure.

    Raises ``DivergenceError`` when the parameters grow without bound.
    """
    end = perf_counter() + seconds
    data = _data(Source.of(recipe))
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
    recipe: Recipe, state: TrainingState, losses: Doubles, accuracies: tuple[float, ...]
) -> tuple[Finding, ...]:
    """What is wrong with a training that has come to a state.

    ``losses`` are those of all its steps, ``accuracies`` those after each epoch.
    """
    data = _data(Source.of(recipe))
    history = History.of(state, losses, accuracies)
    return diagnose(history, state.hyper, data.diagnosed, data.dataset.validation_set)


def finish(
    recipe: Recipe, start: Network | None, network: Network, stopped_after: int | None
) -> Network:
    """A network of a training with its model card, as `core train` would write it.

    ``stopped_after`` is after how many steps it is from, None after all. Raises ``InputError`` when
    data are missing that the card needs.
    """
    data = _data(Source.of(recipe))
    return finished(
        recipe,
        network,
        recipe.seed,
        data.dataset,
        _progress.get().report,
        stopped_after=stopped_after,
        start=start,
    )


class _Data:
    """Data that are learned from, and the images that a training is measured by."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
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
        all_losses = np.concatenate([np.empty(0), *losses])
        return Advanced(state, all_losses, tuple(accuracies), training, validation, scales)


@lru_cache(maxsize=2)
def _data(source: Source) -> _Data:
    return _Data(prepared(source, _progress.get().report))


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
    return float((outputs.a.argmax(axis=1) == images.labels).mean())
