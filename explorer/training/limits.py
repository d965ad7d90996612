"""What can be trained in a page, where others draw on the same machine, and what is said if not."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from core.data import mnist
from core.errors import InputError
from core.nn.digit_network import N_PIXELS
from core.nn.image_network import reads_digits
from core.nn.network import Network
from core.training.recipes import Recipe
from core.training.stretch import TrainingState
from explorer.texts import number, text

#: Four megabytes, which each stretch sends there and back.
MOST_PARAMETERS: Final = 1_000_000

#: Three kilobytes each on the disk.
MOST_SYNTHETIC: Final = 60_000

#: Eight bytes of memory each.
MOST_STEPS: Final = 2_000_000


def check_recipe(recipe: Recipe) -> None:
    """Raise `InputError`, with one sentence, for a recipe that cannot be trained in a page."""
    if recipe.dataset not in ("mnist", "synthetic"):
        raise InputError(text("training.other_dataset", command=recipe.command))
    if recipe.teacher or recipe.seeds > 1:
        raise InputError(text("training.other_steps", command=recipe.command))
    if recipe.n_parameters > MOST_PARAMETERS:
        found, most = number(recipe.n_parameters), number(MOST_PARAMETERS)
        raise InputError(text("training.too_large", parameters=found, most=most))
    if recipe.dataset == "synthetic" and (recipe.images or 0) > MOST_SYNTHETIC:
        found, most = number(recipe.images or 0), number(MOST_SYNTHETIC)
        raise InputError(text("training.too_many_images", images=found, most=most))


def fitted(recipe: Recipe, start: Network) -> Recipe:
    """The recipe with the sizes and activations of a network that is to be trained further.

    Hidden layers can have several activations, which the network keeps; the recipe names the first.
    Raises `InputError` for a network that no recipe can train.
    """
    if not (start.sizes[0] == N_PIXELS and reads_digits(start)):
        raise InputError(text("training.no_digits"))
    if len(start.layers) == 1:
        raise InputError(text("training.no_hidden"))
    hidden = start.layers[:-1]
    return replace(
        recipe,
        hidden=tuple(layer.n_out for layer in hidden if not layer.maps),
        feature_maps=tuple(layer.maps.count for layer in hidden if layer.maps),
        activation=start.layers[0].activation.name,
        output_activation=start.layers[-1].activation.name,
    )


def check_steps(state: TrainingState) -> None:
    """Raise `InputError`, with one sentence, for a training that would have too many steps."""
    if state.n_steps > MOST_STEPS:
        found, most = number(state.n_steps), number(MOST_STEPS)
        raise InputError(text("training.too_long", steps=found, most=most))


def available(recipe: Recipe) -> tuple[Recipe, str]:
    """The recipe, with synthetic digits if it needs MNIST and that is not here, and why."""
    if recipe.dataset != "mnist" or mnist.is_present():
        return recipe, ""
    images = recipe.images and min(recipe.images, MOST_SYNTHETIC)
    other = replace(recipe, dataset="synthetic", images=images)
    return other, text("training.no_mnist")
