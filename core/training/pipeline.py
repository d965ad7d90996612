"""From a recipe to a trained network with its model card.

`train_network` is all that a command or a page needs. It tells its progress to whoever asks, and
ends early if they raise `core.progress.Cancelled`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from core.evaluation.metrics import accuracy
from core.evaluation.rejection import (
    DEFAULT_THRESHOLD,
    choose_threshold,
    with_threshold_of_half,
)
from core.nn.activations import ACTIVATIONS
from core.nn.convolution import with_convolutions
from core.nn.display_scale import with_scales
from core.nn.initialization import INITIALIZATIONS
from core.nn.network import Network
from core.progress import Report, unreported
from core.training.dataset import Dataset, load_dataset
from core.training.history import Histories
from core.training.loop import Hyperparameters, Progress, train
from core.training.losses import LOSSES
from core.training.model_card import with_card
from core.training.optimizers import OPTIMIZERS
from core.training.own_examples import OwnExamples
from core.training.recipes import Recipe
from core.training.schedules import SCHEDULES

_AT_ONCE = 10_000

Observer = Callable[[Progress], None]


def train_network(
    recipe: Recipe,
    report: Report = unreported,
    observe: Observer | None = None,
    dataset: Dataset | None = None,
) -> Network:
    """The network of a recipe, with a model card that says all about it.

    ``report`` is told how far everything is, ``observe`` each step of the training: the loss and
    the network after it. ``dataset`` is that of the recipe, if it is loaded already. The same
    recipe gives the same network. Raises ``InputError`` when data are missing and
    ``DivergenceError`` when the training diverges.
    """
    if recipe.dataset == "nothing":
        untrained = initial_network(recipe, recipe.seed)
        return with_card(Network(untrained.layers, {"seed": recipe.seed}), recipe, {}, report)
    dataset, histories = dataset or load_dataset(recipe, report), Histories()
    observers: list[Observer] = [histories] if observe is None else [histories, observe]
    network, seed = best_of_seeds(recipe, dataset, report, _all(observers))
    curves = histories.of_seed(recipe, seed).curves
    return finished(recipe, network, seed, dataset, report, curves=curves)


def finished(
    recipe: Recipe,
    network: Network,
    seed: int,
    dataset: Dataset,
    report: Report = unreported,
    *,
    curves: Mapping[str, Any],
    stopped_after: int | None = None,
    start: Network | None = None,
    own: OwnExamples | None = None,
) -> Network:
    """What `train_network` makes of a network after the last step of its training by ``seed``.

    It gets its threshold, the scales that it is shown with, and a model card, with the ``curves``
    of its `core.training.card_curves`. ``stopped_after`` is the number of steps that were done, for
    the card, if not all were; ``start`` is the network that the training began with, if that was
    none of random weights; ``own`` are the examples that were mixed into the data. Raises
    ``InputError`` when data are missing that the card needs.
    """
    network = with_scales(
        with_threshold(recipe, network, seed, dataset), dataset.validation_set.images
    )
    stopped = {} if stopped_after is None else {"stopped after step": stopped_after}
    network = Network(network.layers, {**network.card, **stopped, "curves": curves})
    return with_card(network, recipe, dataset.validation, report, start, own=own)


def initial_network(recipe: Recipe, seed: int) -> Network:
    """The network before its first step."""
    std, init = recipe.init_std, INITIALIZATIONS[recipe.init]
    first_weights = init if std is None else lambda n_in, n_out: std
    dense = Network.random(
        recipe.sizes[len(recipe.maps) :],
        seed,
        ACTIVATIONS[recipe.activation],
        ACTIVATIONS[recipe.output_activation],
        init=first_weights,
    )
    hidden = ACTIVATIONS[recipe.activation]
    return with_convolutions(recipe.maps, dense, hidden, seed, first_weights)


def best_of_seeds(
    recipe: Recipe,
    dataset: Dataset,
    report: Report = unreported,
    observe: Observer | None = None,
) -> tuple[Network, int]:
    """The best network of all seeds, by its mean accuracy on all kinds of validation images.

    With its seed. If there is to be a teacher, it learns first.
    """
    if recipe.teacher:
        teacher = _trained(
            recipe.for_teacher, replace(dataset, weights=None), recipe.seed, report, observe
        )
        dataset = distilled(teacher, dataset, recipe.distill)
    seeds = range(recipe.seed, recipe.seed + recipe.seeds)
    trained = {seed: _trained(recipe, dataset, seed, report, observe) for seed in seeds}
    scores = {seed: _score(network, dataset) for seed, network in trained.items()}
    seed = max(seeds, key=lambda each: scores[each])
    return trained[seed], seed


def with_threshold(recipe: Recipe, network: Network, seed: int, dataset: Dataset) -> Network:
    """The network with a card that says its seed and its threshold.

    The threshold is chosen on the validation images, and 0.5 for those who learned from negatives.
    """
    threshold = choose_threshold(network, dataset.validation_set.images, recipe.reject_rate)
    if recipe.dataset == "people" and recipe.output_activation == "sigmoid":
        network, threshold = with_threshold_of_half(network, threshold), DEFAULT_THRESHOLD
    return Network(network.layers, {"seed": seed, "threshold": round(threshold, 4)})


def distilled(teacher: Network, dataset: Dataset, weight: float) -> Dataset:
    """The dataset with other targets: ``weight``, 0-1, of a teacher's outputs, the rest of its own.

    After Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network" (2015): which
    other digit an image resembles says more than which digit it is.
    """
    targets = np.array(dataset.targets)
    for first in range(0, len(targets), _AT_ONCE):
        some = np.arange(first, min(first + _AT_ONCE, len(targets)))
        targets[some] += np.float32(weight) * (teacher(dataset.inputs[some]) - targets[some])
    return replace(dataset, targets=targets)


def _all(observers: Sequence[Observer]) -> Observer:
    def observe(step: Progress) -> None:
        for each in observers:
            each(step)

    return observe


def _trained(
    recipe: Recipe, dataset: Dataset, seed: int, report: Report, observe: Observer | None
) -> Network:
    network, note = initial_network(recipe, seed), ""
    what = f"Training {'-'.join(map(str, network.sizes))}, seed {seed}"
    steps = train(
        network,
        dataset.inputs,
        dataset.targets,
        hyperparameters(recipe, seed),
        dataset.validation_set,
        weights=dataset.weights,
    )
    for step in steps:
        if step.accuracy is not None:
            note = f"epoch {step.epoch}, {step.accuracy:.2%} of the validation images"
        report(what, step.share, note)
        if observe is not None:
            observe(step)
    return step.network


def _score(network: Network, dataset: Dataset) -> float:
    return float(np.mean([accuracy(network, images) for images in dataset.validation.values()]))


def hyperparameters(recipe: Recipe, seed: int) -> Hyperparameters:
    """How a network is trained by a recipe."""
    return Hyperparameters(
        epochs=recipe.epochs,
        batch_size=recipe.batch_size,
        learning_rate=recipe.learning_rate,
        weight_decay=recipe.weight_decay,
        loss=LOSSES[recipe.loss],
        optimizer=OPTIMIZERS[recipe.optimizer],
        schedule=SCHEDULES[recipe.schedule],
        seed=seed,
    )
