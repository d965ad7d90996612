"""What a recipe learns from, and the images that its seed and its threshold are chosen by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Final, NamedTuple

import numpy as np

from core.arrays import Array
from core.data import centred_mnist, mnist, pen_digits
from core.data.dataset import Examples, build_examples, digit_images
from core.data.images import Images
from core.data.lookalikes import resembles_digit
from core.data.pen_digits import PenDigit, PenSign, contributors, is_by
from core.data.synthetic_images import synthetic_images
from core.errors import InputError
from core.progress import Report, unreported
from core.training.loop import Inputs, one_hot
from core.training.recipes import Recipe

N_VALIDATION = 5_000
"""The last so many training images of MNIST are kept aside, to choose recipes by."""

N_SYNTHETIC: Final = 20_000
"""So many synthetic digits are learned from, if a recipe does not say how many."""

_N_SYNTHETIC_VALIDATION: Final = 2_000
_SEED_OF_TRAINING, _SEED_OF_VALIDATION = 1, 2
"""Like MNIST, the synthetic digits are the same for all recipes."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """``inputs`` (m, 784) with their ``targets`` (m, 10), both 0-1.

    ``validation`` holds the images of each kind that are chosen by. ``weights`` (m,) says how often
    each example counts; None is once each.
    """

    inputs: Inputs
    targets: Array
    validation: Mapping[str, Images]
    weights: Array | None = None

    @cached_property
    def validation_set(self) -> Images:
        """The validation images of all the people held out, if there are any, else the first."""
        first, *of_people = self.validation.values()
        return _joined(of_people or [first])

    def sample(self, count: int) -> Images:
        """At most so many of the digits that are learned from, spread evenly over all of them."""
        digits = np.flatnonzero(self.targets.any(axis=1))
        chosen = digits[:: max(1, ceil(len(digits) / count))]
        labels = self.targets[chosen].argmax(axis=1).astype(np.uint8)
        return Images(self.inputs[chosen], labels)


class Handwriting(NamedTuple):
    """Examples of all people, MNIST's validation images, centred, and all that pens wrote."""

    examples: Examples
    mnist: Images
    pen_digits: tuple[PenDigit, ...]
    pen_signs: tuple[PenSign, ...]

    def dataset(
        self, held_out: Sequence[str], validated_by: Sequence[str], recipe: Recipe
    ) -> Dataset:
        """The examples without some people, validated by MNIST and by others' digits.

        Both are names as `core.data.pen_digits.is_by` takes them. The digits of each contributor
        are a kind of their own. How often negatives and MNIST's images count is the recipe's.
        """
        kept = self.examples.without(self._persons(held_out))
        validation = {"validation": self.mnist}
        theirs = [each for each in self.pen_digits if is_by(each, validated_by)]
        for name in contributors(theirs):
            images = digit_images([each for each in theirs if each.contributor == name])
            validation[f"pen digits of {name}"] = images
        weights = kept.weights(recipe.negative_weight, recipe.mnist_weight)
        return Dataset(kept.inputs, kept.targets, validation, weights)

    def _persons(self, names: Sequence[str]) -> list[str]:
        return sorted({e.person for e in (*self.pen_digits, *self.pen_signs) if is_by(e, names)})


def load_dataset(recipe: Recipe, report: Report = unreported) -> Dataset:
    """What a network is to learn from by a recipe. Raises ``InputError`` if it is missing."""
    if recipe.dataset == "people":
        held_out = recipe.hold_out
        return load_handwriting(recipe, report).dataset(held_out, held_out, recipe)
    load = _load_synthetic if recipe.dataset == "synthetic" else _load_mnist
    learned, validation = (_seen(images, recipe, report) for images in load(recipe, report))
    return Dataset(learned.images, one_hot(learned.labels), {"validation": validation})


def load_handwriting(recipe: Recipe, report: Report = unreported) -> Handwriting:
    """The examples of everybody, also of those to be held out."""
    pen, signs = pen_digits.load_all()
    _check_known(recipe.hold_out, pen, signs)
    images = centred_mnist.load("train", centred=False, report=report)
    learned = centred_mnist.centred_digits(images[:-N_VALIDATION][: recipe.images], report)
    validation = centred_mnist.centred_digits(images[-N_VALIDATION:], report)
    examples = build_examples(
        learned,
        pen,
        [sign for sign in signs if not resembles_digit(str(sign.label))],
        rounds=recipe.rounds,
        seed=recipe.seed,
        synthetic=recipe.synthetic,
        report=report,
    )
    return Handwriting(examples, validation, pen, signs)


def _load_mnist(recipe: Recipe, report: Report) -> tuple[Images, Images]:
    """What is learned from, and what is kept aside."""
    images = mnist.load("train", report=report)
    return images[:-N_VALIDATION][: recipe.images], images[-N_VALIDATION:]


def _load_synthetic(recipe: Recipe, report: Report) -> tuple[Images, Images]:
    """What is learned from, and other digits; neither are those of `core.evaluation.sample`."""
    return (
        synthetic_images(recipe.images or N_SYNTHETIC, _SEED_OF_TRAINING, report),
        synthetic_images(_N_SYNTHETIC_VALIDATION, _SEED_OF_VALIDATION, report),
    )


def _seen(images: Images, recipe: Recipe, report: Report) -> Images:
    """The images as they are, under the lens, or both."""
    return _joined(
        [
            centred_mnist.centred_digits(images, report) if centred else images
            for centred in centred_mnist.LENSES[recipe.lens]
        ]
    )


def _joined(parts: list[Images]) -> Images:
    if len(parts) == 1:
        return parts[0]
    return Images(
        np.concatenate([part.images for part in parts]),
        np.concatenate([part.labels for part in parts]),
    )


def _check_known(
    held_out: Sequence[str], digits: Sequence[PenDigit], signs: Sequence[PenSign]
) -> None:
    if not digits:
        raise InputError("There is no digit in the files that STROKES_FILE names.")
    strangers = [name for name in held_out if not any(is_by(e, [name]) for e in (*digits, *signs))]
    if strangers:
        known = ", ".join(contributors((*digits, *signs)))
        raise InputError(
            f"No pen stroke is by {' or '.join(sorted(strangers))}; hold out some of {known}, or "
            f"some of their people, such as {(*digits, *signs)[0].person}."
        )
    if all(is_by(each, held_out) for each in digits):
        raise InputError("Everybody is held out; leave somebody to learn from.")
