"""Mini-batch gradient descent, one batch at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.backpropagation import backpropagate
from core.costs import Cost, quadratic
from core.errors import InputError
from core.evaluation import accuracy
from core.mnist import Images
from core.nn.layer import NetworkError
from core.nn.network import Network
from core.optimisers import GradientDescent, Optimiser
from core.schedules import Schedule, constant


class TrainingError(InputError):
    """A training cannot start or go on."""


@dataclass(frozen=True)
class Recipe:
    """How to train: everything, beside the data, that decides the result.

    ``weight_decay`` draws each weight (not the biases) towards 0 by that share of itself times
    the learning rate, at every step. ``seed`` decides the order of the examples.
    """

    epochs: int = 30
    batch_size: int = 10
    learning_rate: float = 3.0
    weight_decay: float = 0.0
    cost: Cost = quadratic
    optimiser: Callable[[], Optimiser] = GradientDescent
    schedule: Schedule = constant
    seed: int = 0

    def __post_init__(self) -> None:
        if self.epochs < 1 or self.batch_size < 1:
            raise TrainingError("A training needs at least one epoch and one example per batch.")


@dataclass(frozen=True, eq=False)
class Progress:
    """Where a training is after one batch. ``epoch`` and ``batch`` count from 1.

    ``cost`` is the mean cost of the batch before its step; ``network`` is the network after it.
    ``accuracy`` (0-1) on the validation images is known when an epoch ends.
    """

    epoch: int
    n_epochs: int
    batch: int
    n_batches: int
    cost: float
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
    recipe: Recipe,
    validation: Images | None = None,
    *,
    weights: Array | None = None,
) -> Iterator[Progress]:
    """Train ``network`` on ``inputs`` ``(m, n_in)`` and ``targets`` ``(m, n_out)``, both 0-1.

    ``weights`` ``(m,)`` says how often each example counts; None is once each. Yields after every
    batch. The same arguments give the same networks, bit for bit, on the same machine. Raises
    ``TrainingError`` when the numbers grow without bound.
    """
    order = np.random.default_rng(recipe.seed)
    optimiser = recipe.optimiser()
    n_batches = ceil(len(inputs) / recipe.batch_size)
    for epoch in range(1, recipe.epochs + 1):
        shuffled = order.permutation(len(inputs))
        for batch in range(1, n_batches + 1):
            chosen = shuffled[(batch - 1) * recipe.batch_size : batch * recipe.batch_size]
            share = ((epoch - 1) * n_batches + batch - 1) / (recipe.epochs * n_batches)
            rate = recipe.learning_rate * recipe.schedule(share)
            counts = None if weights is None else weights[chosen]
            examples = inputs[chosen], targets[chosen], counts
            cost, network = _step(network, examples, recipe, optimiser, rate)
            progress = Progress(epoch, recipe.epochs, batch, n_batches, cost, network)
            if validation is not None and batch == n_batches:
                progress = replace(progress, accuracy=accuracy(network, validation))
            yield progress


def _step(
    network: Network,
    examples: tuple[Array, Array, Array | None],
    recipe: Recipe,
    optimiser: Optimiser,
    rate: float,
) -> tuple[float, Network]:
    try:
        # Layers refuse what is not finite, so NumPy need not warn of it as well.
        with np.errstate(over="ignore", invalid="ignore"):
            inputs, targets, weights = examples
            cost, gradients = backpropagate(network, inputs, targets, recipe.cost, weights)
            steps = optimiser.steps([array for gradient in gradients for array in gradient])
            return cost, _moved(network, steps, rate, kept=1 - rate * recipe.weight_decay)
    except NetworkError as error:
        raise TrainingError(
            f"The training diverged: with a learning rate of {recipe.learning_rate:g} the weights "
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
