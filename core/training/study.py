"""Studies: a network for each width, number of hidden layers and seed, and what came of each.

Where the networks are trained is for others to say: all that is needed of them is a
`concurrent.futures.Executor`.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, field, replace
from itertools import groupby, product
from statistics import fmean, stdev
from time import perf_counter
from typing import Final, TypeAlias

from core.errors import InputError
from core.training.loop import TrainingError
from core.training.pipeline import train_network
from core.training.recipes import Recipe

_MOST_NETWORKS: Final = 10_000


@dataclass(frozen=True)
class Study:
    """What is studied: one network for each combination of width, depth and seed.

    ``widths`` are the numbers of neurons of every hidden layer, ``depths`` the numbers of hidden
    layers. There are ``n_seeds`` seeds, which count up from that of ``recipe``; the recipe says
    everything else. Raises ``InputError`` if one of the networks cannot be, if nothing is to be
    learned, or if there are more than 10,000 networks.
    """

    recipe: Recipe
    widths: tuple[int, ...]
    depths: tuple[int, ...]
    n_seeds: int
    recipes: tuple[Recipe, ...] = field(init=False)
    """The recipe of each network; they are ordered by depth, width and seed."""

    def __post_init__(self) -> None:
        if self.recipe.dataset == "nothing":
            raise InputError("A study compares what networks learn; choose a dataset for them.")
        count = len(self.widths) * len(self.depths) * self.n_seeds
        if count > _MOST_NETWORKS:
            raise InputError(
                f"A study can have {_MOST_NETWORKS:,} networks, not {count:,}; choose fewer "
                "widths, numbers of layers or seeds."
            )
        object.__setattr__(self, "recipes", tuple(self._combinations()))

    def _combinations(self) -> Iterator[Recipe]:
        first = self.recipe.seed
        for depth, width in product(self.depths, self.widths):
            for seed in range(first, first + self.n_seeds):
                yield replace(self.recipe, hidden=(width,) * depth, seed=seed, seeds=1)


@dataclass(frozen=True)
class Result:
    """What came of one training.

    ``hidden`` are the neurons of each hidden layer. ``accuracy`` is the share of the validation
    images that are read correctly, 0-1; None if the training diverged, and ``failure`` is the
    sentence that says so. ``seconds`` is the time from reading the data to the model card.
    """

    hidden: tuple[int, ...]
    seed: int
    n_parameters: int
    seconds: float
    accuracy: float | None
    failure: str = ""


def architecture(hidden: Iterable[int]) -> str:
    """The hidden layers in short, such as 16-16."""
    return "-".join(map(str, hidden))


Trained: TypeAlias = tuple[Result, bytes]
"""A result and the content of the network's file, which is empty if the training diverged."""


def train_for_study(recipe: Recipe) -> Trained:
    """Train one network of a study: the same, bit for bit, as by `train_network`.

    Raises ``InputError`` when data are missing.
    """
    accuracy: float | None = None
    failure, content = "", b""
    started = perf_counter()
    try:
        network = train_network(recipe)
    except TrainingError as error:
        failure = str(error)
    else:
        accuracy, content = network.card["accuracy"]["validation"], network.to_bytes()
    seconds = round(perf_counter() - started, 2)
    result = Result(recipe.hidden, recipe.seed, recipe.n_parameters, seconds, accuracy, failure)
    return result, content


def submit(recipes: Iterable[Recipe], executor: Executor) -> set[Future[Trained]]:
    """Let an executor train a network by each recipe."""
    return {executor.submit(train_for_study, recipe) for recipe in recipes}


def completed(trainings: set[Future[Trained]]) -> Iterator[Trained]:
    """What comes of the trainings, each as soon as it is there.

    Takes them out of the set, so that no network is kept. Raises what a training raises, and
    ``BrokenExecutor``; whoever wants no more shuts the executor down.
    """
    for training in as_completed(tuple(trainings)):
        trainings.discard(training)
        yield training.result()


@dataclass(frozen=True)
class Row:
    """All seeds of one architecture.

    ``accuracy`` is the mean over the seeds that did not diverge, 0-1, and None if there is none;
    ``spread`` is their sample standard deviation, None for fewer than two. ``seconds`` is the mean
    over all seeds.
    """

    hidden: tuple[int, ...]
    n_parameters: int
    accuracy: float | None
    spread: float | None
    seconds: float
    n_trained: int
    n_diverged: int


def table(results: Iterable[Result]) -> tuple[Row, ...]:
    """A row for each architecture, ordered by depth and width."""
    ordered = sorted(results, key=lambda each: (len(each.hidden), each.hidden))
    return tuple(_row(tuple(group)) for _, group in groupby(ordered, lambda each: each.hidden))


def _row(seeds: tuple[Result, ...]) -> Row:
    accuracies = [each.accuracy for each in seeds if each.accuracy is not None]
    return Row(
        hidden=seeds[0].hidden,
        n_parameters=seeds[0].n_parameters,
        accuracy=fmean(accuracies) if accuracies else None,
        spread=stdev(accuracies) if len(accuracies) > 1 else None,
        seconds=fmean(each.seconds for each in seeds),
        n_trained=len(seeds),
        n_diverged=len(seeds) - len(accuracies),
    )
