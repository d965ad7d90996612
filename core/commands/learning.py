"""From options to a trained network: the examples, the seeds, and the choice between them."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from core import mnist
from core.arrays import Array
from core.commands import digits
from core.commands.recipes import TEACHER
from core.costs import COSTS
from core.doubt import DEFAULT, counting_from_half, threshold
from core.errors import InputError
from core.evaluation import accuracy
from core.examples import pen_digits
from core.examples.mixture import Examples, digit_images, mixture
from core.examples.pen_digits import PenDigit
from core.mnist import Images
from core.nn.activations import ACTIVATIONS
from core.nn.layer import check_parameters
from core.nn.network import Network
from core.optimisers import OPTIMISERS
from core.progress_bar import ProgressBar
from core.schedules import SCHEDULES
from core.training import Inputs, Recipe, one_hot, train

_AT_ONCE = 10_000
_PIXELS, _DIGITS = 784, 10
_MOST_LAYERS = 16
_MOST_COMPOSED = 3_000_000

N_VALIDATION = 5_000
"""The last so many training images are kept aside, to choose recipes by."""


@dataclass(frozen=True, eq=False)
class Material:
    """What is learned from, and the images of each kind that are chosen by."""

    inputs: Inputs
    targets: Array
    validation: Mapping[str, Images]
    weights: Array | None = None

    @property
    def judges(self) -> Images:
        """The validation images of the last kind: the people held out, if there are any."""
        return list(self.validation.values())[-1]


def material(options: argparse.Namespace) -> Material:
    """What the options say the network is to learn from."""
    if options.learn == "people":
        return people_material(
            *people(options),
            held_out=options.hold_out,
            judges=options.hold_out,
            nonsense=options.nonsense,
        )
    parts = [digits.load("train", centred) for centred in digits.LENSES[options.lens]]
    learned = _joined([part[:-N_VALIDATION][: options.images] for part in parts])
    validation = _joined([part[-N_VALIDATION:] for part in parts])
    targets = one_hot(learned.labels)
    return Material(learned.images, targets, {"validation": validation})


def people(options: argparse.Namespace) -> tuple[Examples, Images, tuple[PenDigit, ...]]:
    """Examples of everybody, MNIST's validation images, and the pen digits themselves."""
    pen = pen_digits.load()
    _check_known(options.hold_out, pen_digits.contributors(pen))
    images, validation = _mnist(options)
    with ProgressBar("Drawing") as bar:
        examples = mixture(
            images,
            pen,
            rounds=options.rounds,
            seed=options.seed,
            composed=options.composed,
            report=bar.show,
        )
    return examples, validation, pen


def _mnist(options: argparse.Namespace) -> tuple[Images, Images]:
    """Centred images to learn from and to choose by."""
    images = mnist.load("train")
    learned = digits.centred_digits(images[:-N_VALIDATION][: options.images])
    return learned, digits.centred_digits(images[-N_VALIDATION:])


def people_material(
    examples: Examples,
    images: Images,
    pen: Sequence[PenDigit],
    *,
    held_out: Sequence[str],
    judges: Sequence[str],
    nonsense: float,
) -> Material:
    """The examples without some contributors, to be chosen by MNIST and by the judges' digits.

    What is no digit counts ``nonsense`` times.
    """
    kept = examples.without(held_out)
    validation = {"validation": images}
    if judges:
        written = digit_images([digit for digit in pen if digit.contributor in judges])
        validation[f"pen digits of {', '.join(judges)}"] = written
    return Material(kept.inputs, kept.targets, validation, kept.weights(nonsense))


def best(options: argparse.Namespace, learned: Material) -> Network:
    """The best network of all seeds, by its mean accuracy on all kinds of validation images.

    Its card says the seed and how bright an output must be to count: 0.5 for those who learned what
    is no digit. If a teacher is asked for, it learns first.
    """
    if options.teacher:
        learned = taught(_teacher(options, learned), learned, options.trust)
    seeds = range(options.seed, options.seed + options.seeds)
    trained = {seed: _trained(options, learned, seed) for seed in seeds}
    scores = {seed: _score(network, learned) for seed, network in trained.items()}
    seed = max(seeds, key=lambda each: scores[each])
    network = trained[seed]
    sure = threshold(network, learned.judges.images, options.doubted)
    if options.learn == "people" and options.output_activation == "sigmoid":
        network, sure = counting_from_half(network, sure), DEFAULT
    return Network(network.layers, {"seed": seed, "sure": round(sure, 4)})


def taught(teacher: Network, learned: Material, trust: float) -> Material:
    """The same, with a teacher's answers mixed into the targets, by the share ``trust``.

    After Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network" (2015): which
    other digit an image resembles says more than which digit it is.
    """
    targets = np.array(learned.targets)
    for first in range(0, len(targets), _AT_ONCE):
        some = np.arange(first, min(first + _AT_ONCE, len(targets)))
        targets[some] += np.float32(trust) * (teacher(learned.inputs[some]) - targets[some])
    return replace(learned, targets=targets)


def _teacher(options: argparse.Namespace, learned: Material) -> Network:
    """A larger network that learns from the same examples, each of which counts once."""
    larger = argparse.Namespace(**{**vars(options), **TEACHER, "hidden": options.teacher})
    return _trained(larger, replace(learned, weights=None), options.seed)


def start(options: argparse.Namespace, seed: int) -> Network:
    """The network before its first step."""
    return Network.random(
        (_PIXELS, *options.hidden, _DIGITS),
        seed,
        ACTIVATIONS[options.activation],
        ACTIVATIONS[options.output_activation],
        options.spread,
    )


def check_sizes(options: argparse.Namespace) -> None:
    """Raise ``InputError`` if the network, its teacher or the examples would be too large."""
    for hidden in filter(None, (options.hidden, options.teacher)):
        if len(hidden) > _MOST_LAYERS:
            raise InputError(f"A network can have {_MOST_LAYERS} hidden layers, not {len(hidden)}.")
        sizes = (_PIXELS, *hidden, _DIGITS)
        check_parameters(sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes)))
    if options.learn == "people" and options.rounds * options.composed > _MOST_COMPOSED:
        raise InputError(
            f"{options.rounds} rounds of {options.composed:,} composed examples are more than the "
            f"{_MOST_COMPOSED:,} that can be learned from; choose smaller numbers."
        )


def _trained(options: argparse.Namespace, learned: Material, seed: int) -> Network:
    network, note = start(options, seed), ""
    steps = train(
        network,
        learned.inputs,
        learned.targets,
        _recipe(options, seed),
        learned.judges,
        weights=learned.weights,
    )
    sizes = "-".join(map(str, network.sizes))
    with ProgressBar(f"Training {sizes}, seed {seed}") as bar:
        for step in steps:
            if step.accuracy is not None:
                note = f"epoch {step.epoch}, {step.accuracy:.2%} of the validation images"
            bar.show(step.share, note)
            network = step.network
    return network


def _score(network: Network, learned: Material) -> float:
    return float(np.mean([accuracy(network, images) for images in learned.validation.values()]))


def _recipe(options: argparse.Namespace, seed: int) -> Recipe:
    return Recipe(
        epochs=options.epochs,
        batch_size=options.batch,
        learning_rate=options.rate,
        weight_decay=options.decay,
        cost=COSTS[options.cost],
        optimiser=OPTIMISERS[options.optimiser],
        schedule=SCHEDULES[options.schedule],
        seed=seed,
    )


def _joined(parts: list[Images]) -> Images:
    if len(parts) == 1:
        return parts[0]
    return Images(
        np.concatenate([part.images for part in parts]),
        np.concatenate([part.labels for part in parts]),
    )


def _check_known(held_out: Sequence[str], known: Sequence[str]) -> None:
    if strangers := sorted(set(held_out) - set(known)):
        raise InputError(
            f"No pen stroke is by {' or '.join(strangers)}; hold out some of {', '.join(known)}."
        )
    if set(held_out) == set(known):
        raise InputError("Everybody is held out; leave somebody to learn from.")
