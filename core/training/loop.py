"""Mini-batch gradient descent, one batch at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.data.images import Images
from core.errors import InputError
from core.evaluation.metrics import accuracy
from core.nn.layer import NetworkError
from core.nn.network import Network
from core.training.backpropagation import backpropagate
from core.training.losses import Loss, quadratic
from core.training.optimizers import GradientDescent, Optimizer
from core.training.schedules import Schedule, constant


class TrainingError(InputError):
    """A training cannot start or go on."""


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


@dataclass(frozen=True, eq=False)
class Progress:
    """Where a training is after one batch. ``epoch`` and ``batch`` count from 1.

    ``loss`` is the mean loss of the batch before its step; ``network`` is the network after it.
    ``accuracy`` (0-1) on the validation images is known when an epoch ends.
    """

    epoch: int
    n_epochs: int
    batch: int
    n_batches: int
    loss: float
    network: Network
    accuracy: float | None = None

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
    ``TrainingError`` when the numbers grow without bound.
    """
    order = np.random.default_rng(hyper.seed)
    optimizer = hyper.optimizer()
    n_batches = ceil(len(inputs) / hyper.batch_size)
    for epoch in range(1, hyper.epochs + 1):
        shuffled = order.permutation(len(inputs))
        for batch in range(1, n_batches + 1):
            chosen = shuffled[(batch - 1) * hyper.batch_size : batch * hyper.batch_size]
            share = ((epoch - 1) * n_batches + batch - 1) / (hyper.epochs * n_batches)
            rate = hyper.learning_rate * hyper.schedule(share)
            counts = None if weights is None else weights[chosen]
            examples = inputs[chosen], targets[chosen], counts
            loss, network = _step(network, examples, hyper, optimizer, rate)
            progress = Progress(epoch, hyper.epochs, batch, n_batches, loss, network)
            if validation is not None and batch == n_batches:
                progress = replace(progress, accuracy=accuracy(network, validation))
            yield progress


def _step(
    network: Network,
    examples: tuple[Array, Array, Array | None],
    hyper: Hyperparameters,
    optimizer: Optimizer,
    rate: float,
) -> tuple[float, Network]:
    try:
        # Layers refuse what is not finite, so NumPy need not warn of it as well.
        with np.errstate(over="ignore", invalid="ignore"):
            inputs, targets, weights = examples
            loss, gradients = backpropagate(network, inputs, targets, hyper.loss, weights)
            steps = optimizer.step([array for gradient in gradients for array in gradient])
            return loss, _moved(network, steps, rate, kept=1 - rate * hyper.weight_decay)
    except NetworkError as error:
        raise TrainingError(
            f"The training diverged: with a learning rate of {hyper.learning_rate:g} the weights "
            "grew without bound; choose a smaller one."
        ) from error


def _moved(network: Network, steps: Sequence[Array], rate: float, kept: float) -> Network:
    layers = zip(network.layers, steps[::2], steps[1::2], strict=True)
    return Network(
        [
            replace(
                layer,
                weights=kept * layer.weights - rate * weights_step,
                biases=layer.biases - rate * biases_step,
            )
            for layer, weights_step, biases_step in layers
        ]
    )
