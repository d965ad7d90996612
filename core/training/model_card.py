"""The model card of a network that was trained: how it came to be, and how well it reads."""

from collections.abc import Mapping, Sequence
from typing import Final

from core.data import centred_mnist, pen_digits
from core.data.images import Images
from core.evaluation import report as metrics
from core.evaluation.metrics import accuracy
from core.nn.network import Network
from core.progress import Report, unreported
from core.training.recipes import Recipe

MNIST_ATTRIBUTION: Final = (
    "MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, under CC BY-SA 3.0; the "
    "network holds none of its images."
)
SYNTHETIC_ATTRIBUTION: Final = "Synthetic digits, made for this project."
_ATTRIBUTIONS: Final = {
    "mnist": MNIST_ATTRIBUTION,
    "people": f"{MNIST_ATTRIBUTION} {pen_digits.ATTRIBUTION}",
    "synthetic": SYNTHETIC_ATTRIBUTION,
    "nothing": "None.",
}
_CENTRED: Final = "MNIST test, centred"


def with_card(
    network: Network,
    recipe: Recipe,
    validation: Mapping[str, Images],
    report: Report = unreported,
) -> Network:
    """The network with a card: to its own are added the recipe, and how well it reads.

    It is tested on the ``validation`` images of each kind, and on MNIST's test images unless it
    learned from synthetic digits: these are for machines that have no MNIST, and the same recipe
    gives the same card on all.
    """
    tests = _test_images(recipe, report)
    card = {
        "title": recipe.title,
        "recipe": recipe.recipe,
        "command": recipe.command,
        "lens": recipe.lens,
        "held out": list(recipe.hold_out),
        "learned pen strokes": recipe.dataset == "people",
        **network.card,
        "accuracy": {
            **_accuracies(network, validation),
            **_of_the_held_out(network, recipe.hold_out),
            **_accuracies(network, tests),
        },
        "rejected": _rejected(network, validation, tests),
        "data": _ATTRIBUTIONS[recipe.dataset],
    }
    return Network(network.layers, card)


def _test_images(recipe: Recipe, report: Report) -> dict[str, Images]:
    if recipe.dataset == "synthetic":
        return {}
    return {
        "MNIST test": centred_mnist.load("test", centred=False, report=report),
        _CENTRED: centred_mnist.load("test", centred=True, report=report),
    }


def _accuracies(network: Network, images: Mapping[str, Images]) -> dict[str, float]:
    return {name: accuracy(network, each) for name, each in images.items()}


def _of_the_held_out(network: Network, contributors: Sequence[str]) -> dict[str, float]:
    """How those who were held out are read without the lens, wherever and however large."""
    if not contributors:
        return {}
    theirs = [digit for digit in pen_digits.load() if digit.contributor in contributors]
    return {
        f"pen digits of {name}, anywhere, lens off": found["as drawn"]
        for name, found in metrics.people(network, theirs).items()
    }


def _rejected(
    network: Network, validation: Mapping[str, Images], tests: Mapping[str, Images]
) -> dict[str, float]:
    """The shares of what is no digit, and of digits, that are rejected."""
    name = "MNIST's digits, centred" if tests else "validation"
    found = metrics.rejection(network, tests[_CENTRED] if tests else validation["validation"])
    return {**found["rejected"], name: found["falsely rejected"]}
