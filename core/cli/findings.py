"""What is wrong with a training and what to try, in one sentence for each finding."""

from core.training.findings import (
    DeadNeurons,
    Divergence,
    Finding,
    Overfitting,
    Saturation,
    SlowLearning,
    Symmetry,
)
from core.training.recipes import Recipe


def sentence(finding: Finding, recipe: Recipe) -> str:
    """What was found in a training by this recipe, with its numbers, and what to try instead."""
    match finding:
        case Divergence():
            return _divergence(finding, recipe)
        case Symmetry():
            return _symmetry(finding)
        case Saturation():
            return _saturation(finding, recipe)
        case DeadNeurons():
            return _dead_neurons(finding, recipe)
        case Overfitting():
            return _overfitting(finding)
        case SlowLearning():
            return _slow_learning(finding, recipe)


def _divergence(found: Divergence, recipe: Recipe) -> str:
    return (
        f"The loss has grown from {found.before:.3g} to {found.after:.3g}, from step "
        f"{found.step:,} on: {_too_high(recipe)}."
    )


def _symmetry(found: Symmetry) -> str:
    return (
        f"All neurons of hidden layer {found.layer} are the same: they differ by "
        f"{found.difference:.2g} of its largest weight, so each learns what the others learn, and "
        f"{found.accuracy:.0%} of the validation images are read; start from random weights, "
        "such as --init scaled."
    )


def _saturation(found: Saturation, recipe: Recipe) -> str:
    where = f"hidden layer {found.layer}" if found.layer <= len(recipe.hidden) else "the outputs"
    return (
        f"{found.share:.0%} of the activations of {where} are within 5 % of the "
        f"ends of their range ({found.at_start:.0%} before the first step), which leaves a "
        f"gradient of {found.gradient:.1g}: "
        + (
            "start from smaller weights, such as --init scaled"
            if found.from_the_start
            else _too_high(recipe)
        )
        + "."
    )


def _dead_neurons(found: DeadNeurons, recipe: Recipe) -> str:
    return (
        f"{len(found.neurons)} of the {found.n_neurons} neurons of hidden layer {found.layer} are "
        f"0 for every image ({found.n_at_start} before the first step) and cannot learn any more: "
        f"{_too_high(recipe)}."
    )


def _overfitting(found: Overfitting) -> str:
    return (
        f"{found.training:.1%} of the training images are read correctly, but only "
        f"{found.validation:.1%} of the validation images, most of them ({found.best:.1%}) after "
        f"epoch {found.best_epoch}: learn from more images, stop there with --epochs "
        f"{found.best_epoch}, or try --weight-decay."
    )


def _slow_learning(found: SlowLearning, recipe: Recipe) -> str:
    return (
        f"The loss has hardly fallen in {found.steps:,} steps, from {found.before:.3g} to "
        f"{found.after:.3g}: the learning rate of {recipe.learning_rate:g} is too low; try "
        f"--learning-rate {10 * recipe.learning_rate:g}."
    )


def _too_high(recipe: Recipe) -> str:
    rate = recipe.learning_rate
    return f"the learning rate of {rate:g} is too high; try --learning-rate {rate / 10:g}"
