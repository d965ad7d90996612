"""Training in stretches: a training is a value that is advanced by some steps, anywhere, any time.

A `TrainingState` holds all that a training needs to go on. It can be kept, sent to another process
and advanced again and again: wherever it is cut, the networks are those of `train` in
`core.training.loop`, bit for bit.
"""

from array import array
from copy import deepcopy
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import islice
from math import ceil, inf, nan
from time import perf_counter

import numpy as np

from core.arrays import Array, Doubles, read_only
from core.nn.network import Network
from core.training.dataset import Dataset
from core.training.loop import Descent, Examples, Hyperparameters, TrainingError
from core.training.optimizers import Optimizer
from core.training.parameters import ParameterVector, with_parameters


@dataclass(frozen=True, eq=False)
class TrainingState:
    """A training between two steps.

    ``start`` is the network that it began with, ``n_examples`` how many it learns from,
    ``parameters`` those after ``step`` steps, in the order of a `ParameterVector`. ``optimizer``
    has the memory of these steps, ``order`` is the generator that shuffled, or will shuffle, the
    examples of the epoch of the next step, and ``first_loss`` is the loss before the first step,
    NaN until then. Nothing in it ever changes.
    """

    start: Network
    hyper: Hyperparameters
    n_examples: int
    parameters: Array
    optimizer: Optimizer
    order: np.random.Generator
    step: int = 0
    first_loss: float = nan

    def __post_init__(self) -> None:
        read_only(self.parameters)

    def __reduce__(self) -> tuple[type["TrainingState"], tuple[object, ...]]:
        # Without the network, which is made anew when it is asked for.
        return TrainingState, tuple(getattr(self, each.name) for each in fields(self))

    @cached_property
    def network(self) -> Network:
        """The network after the steps, without a card; it is made when it is first asked for."""
        return with_parameters(self.start, self.parameters)

    @property
    def n_batches(self) -> int:
        """How many steps an epoch has."""
        return self.hyper.n_batches(self.n_examples)

    @property
    def n_steps(self) -> int:
        """How many steps the whole training has."""
        return self.hyper.epochs * self.n_batches

    @property
    def epoch(self) -> int:
        """The epoch of the last step, counted from 1; 0 before the first step."""
        return ceil(self.step / self.n_batches)

    @property
    def share(self) -> float:
        """The share of the training that is done, 0-1."""
        return self.step / self.n_steps

    @property
    def is_done(self) -> bool:
        """Whether no step is left."""
        return self.step >= self.n_steps


@dataclass(frozen=True, eq=False)
class Stretch:
    """What some steps came to: the ``state`` after them, and ``losses``, one for each.

    A loss is the mean of a batch before its step; there are as many as there were steps.
    """

    state: TrainingState
    losses: Doubles


def begin(network: Network, hyper: Hyperparameters, n_examples: int) -> TrainingState:
    """A training before its first step. Raises ``TrainingError`` if there is no example."""
    if n_examples < 1:
        raise TrainingError("A training needs at least one example to learn from.")
    start, order = ParameterVector(network).values, np.random.default_rng(hyper.seed)
    return TrainingState(network, hyper, n_examples, start, hyper.optimizer(), order)


def advance(state: TrainingState, dataset: Dataset, steps: int, seconds: float = inf) -> Stretch:
    """Go on by at most so many ``steps``, and end after the first that is done past ``seconds``.

    At least one step is done, if any is left and ``steps`` is not 0. The numbers of the dataset are
    not checked, which would take longer than some steps do. Raises ``TrainingError`` for a dataset
    of another size than the training began with, and ``DivergenceError`` when the parameters grow
    without bound.
    """
    end = perf_counter() + seconds
    descent, losses = _resumed(state, dataset), array("d")
    for loss in islice(descent.losses(), steps):
        losses.append(loss)
        if perf_counter() >= end:
            break
    return Stretch(_state_after(descent, state), np.array(losses))


def _resumed(state: TrainingState, dataset: Dataset) -> Descent:
    if len(dataset.inputs) != state.n_examples:
        raise TrainingError(
            f"This training began with {state.n_examples:,} examples and cannot go on with "
            f"{len(dataset.inputs):,}; go on with the same, or begin anew."
        )
    parameters = ParameterVector(state.start)
    parameters.values[:] = state.parameters
    return Descent(
        parameters,
        Examples.of(dataset.inputs, dataset.targets, dataset.weights),
        state.hyper,
        optimizer=deepcopy(state.optimizer),
        order=deepcopy(state.order),
        done=state.step,
        first_loss=state.first_loss,
    )


def _state_after(descent: Descent, before: TrainingState) -> TrainingState:
    return TrainingState(
        before.start,
        before.hyper,
        before.n_examples,
        descent.parameters.values,
        descent.optimizer,
        descent.order,
        descent.done,
        descent.first_loss,
    )
