"""Mini-batch gradient descent, one batch at a time."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, nan
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.data.images import Images
from core.errors import InputError
from core.evaluation.metrics import accuracy
from core.nn.network import Network
from core.training.backpropagation import compute_gradient
from core.training.losses import Loss, quadratic
from core.training.optimizers import GradientDescent, Optimizer
from core.training.parameters import ParameterVector, with_parameters
from core.training.schedules import Schedule, constant


class TrainingError(InputError):
    """A training cannot start or go on."""


class DivergenceError(TrainingError):
    """The parameters of a training grew without bound at a ``step``, counted from 1.

    ``before`` is the mean loss of the first batch, ``after`` that of the batch of this step, which
    can be infinite or NaN.
    """

    def __init__(
        self, sentence: str = "", step: int = 1, before: float = nan, after: float = nan
    ) -> None:
        super().__init__(sentence)
        self.step = step
        self.before = before
        self.after = after


_Batch: TypeAlias = tuple[Array, Array, Array | None]
"""Some inputs, their targets, and how often each of them counts."""


@dataclass(frozen=True)
class Hyperparameters:
    """How to train: everything, beside the network and the data, that decides the result.

    ``weight_decay`` draws each weight (not the biases) towards 0 by that share of itself times
    the learning rate, at every step. ``seed`` decides the order of the examples.
    """

    epochs: int = 30
    batch_size: int = 10
    learning_rate: float = 3.0
    weight_decay: float = 0.0
    loss: Loss = quadratic
    optimizer: Callable[[], Optimizer] = GradientDescent
    schedule: Schedule = constant
    seed: int = 0

    def __post_init__(self) -> None:
        if self.epochs < 1 or self.batch_size < 1:
            raise TrainingError("A training needs at least one epoch and one example per batch.")

    def n_batches(self, n_examples: int) -> int:
        """How many steps there are in an epoch with so many examples; the last can be smaller."""
        return ceil(n_examples / self.batch_size)


@dataclass(frozen=True, eq=False)
class Progress:
    """Where a training is after one batch. ``epoch`` and ``batch`` count from 1.

    ``loss`` is the mean loss of the batch before its step; ``parameters`` are those after it, in
    the order of a `ParameterVector`, and ``start`` is the network that the training began with.
    ``accuracy`` (0-1) on the validation images is known when an epoch ends.
    """

    epoch: int
    n_epochs: int
    batch: int
    n_batches: int
    loss: float
    start: Network
    parameters: Array
    accuracy: float | None = None

    @cached_property
    def network(self) -> Network:
        """The network after the step, which is made when it is first asked for."""
        return with_parameters(self.start, self.parameters)

    @property
    def share(self) -> float:
        """The share of the training that is done, 0-1."""
        done = (self.epoch - 1) * self.n_batches + self.batch
        return done / (self.n_epochs * self.n_batches)


class Inputs(Protocol):
    """Images that are handed out by their numbers: an array ``(m, n_in)``, or what acts like it."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def __getitem__(self, chosen: NDArray[np.intp]) -> Array:
        """The images of these numbers, ``(len(chosen), n_in)``, 0-1."""
        ...


def one_hot(labels: NDArray[np.uint8], n_out: int = 10) -> Array:
    """Targets ``(m, n_out)``: 1 for the output of the right digit, 0 for the others."""
    return np.eye(n_out, dtype=np.float32)[labels]


@dataclass(frozen=True, eq=False)
class Examples:
    """``inputs`` (m, n_in) with their ``targets`` (m, n_out), both 0-1.

    ``weights`` (m,) says how often each counts; None is once each. Arrays are float32.
    """

    inputs: Inputs
    targets: Array
    weights: Array | None = None

    @classmethod
    def of(cls, inputs: Inputs, targets: Array, weights: Array | None) -> "Examples":
        """The same in float32; memory maps as plain arrays, for all that is made of a map is slow.

        Nothing is copied unless it must be.
        """
        return cls(
            np.asarray(inputs, np.float32) if isinstance(inputs, np.ndarray) else inputs,
            np.asarray(targets, np.float32),
            None if weights is None else np.asarray(weights, np.float32),
        )

    def __len__(self) -> int:
        return len(self.inputs)

    def batch(self, chosen: NDArray[np.intp]) -> _Batch:
        """Those of these numbers."""
        # An array gives rows by `take` in half the time that it takes by an index.
        inputs = self.inputs
        images = inputs.take(chosen, axis=0) if isinstance(inputs, np.ndarray) else inputs[chosen]
        weights = None if self.weights is None else self.weights[chosen]
        return images, self.targets.take(chosen, axis=0), weights


class Descent:
    """A training under way, which moves its ``parameters`` by one batch at a time.

    ``done`` counts its steps; ``first_loss`` is the loss before the first, NaN until then. One that
    goes on where another was takes over from it the ``parameters``, ``optimizer``, ``order``,
    ``done`` and ``first_loss``, and does the same, bit for bit, as the other would have done.
    """

    def __init__(
        self,
        parameters: ParameterVector,
        examples: Examples,
        hyper: Hyperparameters,
        *,
        optimizer: Optimizer,
        order: np.random.Generator,
        done: int = 0,
        first_loss: float = nan,
    ) -> None:
        self.parameters, self.optimizer = parameters, optimizer
        self.done, self.first_loss = done, first_loss
        self.n_batches = hyper.n_batches(len(examples))
        self._examples, self._hyper = examples, hyper
        self._order = order
        if done % self.n_batches:
            self._shuffle()

    @classmethod
    def begun(cls, network: Network, examples: Examples, hyper: Hyperparameters) -> "Descent":
        """A training of a network, before its first step."""
        return cls(
            ParameterVector(network),
            examples,
            hyper,
            optimizer=hyper.optimizer(),
            order=np.random.default_rng(hyper.seed),
        )

    @property
    def order(self) -> np.random.Generator:
        """The generator as it was before it shuffled the examples of the epoch under way."""
        return self._unshuffled if self.done % self.n_batches else self._order

    def losses(self) -> Iterator[float]:
        """Do the steps that are left, and give the mean loss of each batch, as it was before.

        Raises ``DivergenceError`` when the parameters grow without bound.
        """
        parameters, examples, hyper = self.parameters, self._examples, self._hyper
        n_steps = hyper.epochs * self.n_batches
        while self.done < n_steps:
            rate = hyper.learning_rate * hyper.schedule(self.done / n_steps)
            chosen = self._chosen()
            # No name holds a batch, so that the next one takes its memory, which is cached.
            loss = _step(parameters, examples.batch(chosen), hyper, self.optimizer, rate)
            if self.done == 0:
                self.first_loss = loss
            self.done += 1
            if not parameters.bounded:
                raise _divergence(hyper, self.done, self.first_loss, loss)
            yield loss

    def _chosen(self) -> NDArray[np.intp]:
        """Which examples are in the next batch."""
        batch = self.done % self.n_batches
        if batch == 0:
            self._shuffle()
        first = batch * self._hyper.batch_size
        return self._shuffled[first : first + self._hyper.batch_size]

    def _shuffle(self) -> None:
        self._unshuffled = deepcopy(self._order)
        self._shuffled = self._order.permutation(len(self._examples))


def train(
    network: Network,
    inputs: Inputs,
    targets: Array,
    hyper: Hyperparameters,
    validation: Images | None = None,
    *,
    weights: Array | None = None,
) -> Iterator[Progress]:
    """Train ``network`` on ``inputs`` ``(m, n_in)`` and ``targets`` ``(m, n_out)``, both 0-1.

    ``weights`` ``(m,)`` says how often each example counts; None is once each. Yields after every
    batch. The same arguments give the same networks, bit for bit, on the same machine. Raises
    ``ImageError`` for an array of other numbers, and ``DivergenceError`` when the parameters grow
    without bound.
    """
    if isinstance(inputs, np.ndarray):
        inputs = network.checked(inputs)
    descent = Descent.begun(network, Examples.of(inputs, targets, weights), hyper)
    n_batches = descent.n_batches
    for done, loss in enumerate(descent.losses()):
        epoch, batch = done // n_batches + 1, done % n_batches + 1
        moved = descent.parameters.values.copy()
        progress = Progress(epoch, hyper.epochs, batch, n_batches, loss, network, moved)
        if validation is not None and batch == n_batches:
            progress = replace(progress, accuracy=accuracy(progress.network, validation))
        yield progress


def _step(
    parameters: ParameterVector,
    batch: _Batch,
    hyper: Hyperparameters,
    optimizer: Optimizer,
    rate: float,
) -> float:
    """Move the parameters against the gradient of a batch; the loss before it."""
    inputs, targets, weights = batch
    # Numbers that grow without bound are told by whoever calls this; NumPy need not warn of them.
    with np.errstate(over="ignore", invalid="ignore"):
        loss = compute_gradient(parameters, inputs, targets, hyper.loss, weights)
        step = optimizer.step(parameters.gradient)
        if hyper.weight_decay:
            for free in parameters.free:
                np.multiply(free.weights, 1 - rate * hyper.weight_decay, out=free.weights)
        np.multiply(step, rate, out=step)
        parameters.values -= step
    return loss


def _divergence(hyper: Hyperparameters, step: int, before: float, after: float) -> DivergenceError:
    return DivergenceError(
        f"The training diverged at step {step:,}: with a learning rate of "
        f"{hyper.learning_rate:g} the loss went from {before:.3g} to {after:.3g} and the weights "
        "grew without bound; choose a smaller one.",
        step,
        before,
        after,
    )
