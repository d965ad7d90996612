"""The model card of a network that was trained: how it came to be, and how well it reads."""

from collections.abc import Mapping, Sequence
from typing import Final

from core.data import centred_mnist, pen_digits
from core.evaluation import report as metrics
from core.evaluation.metrics import accuracy
from core.nn.network import Network
from core.progress import Report, unreported
from core.training.recipes import Recipe

MNIST_ATTRIBUTION: Final = (
    "MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, under CC BY-SA 3.0; the "
    "network holds none of its images."
)
_ATTRIBUTIONS: Final = {
    "mnist": MNIST_ATTRIBUTION,
    "people": f"{MNIST_ATTRIBUTION} {pen_digits.ATTRIBUTION}",
    "nothing": "None.",
}


def with_card(
    network: Network, recipe: Recipe, accuracies: Mapping[str, float], report: Report = unreported
) -> Network:
    """The network with a card, to which its own and the ``accuracies`` are added."""
    as_they_are, centred = (centred_mnist.load("test", lens, report) for lens in (False, True))
    rejection = metrics.rejection(network, centred)
    card = {
        "title": recipe.title,
        "recipe": recipe.recipe,
        "command": recipe.command,
        "lens": recipe.lens,
        "held out": list(recipe.hold_out),
        "learned pen strokes": recipe.dataset == "people",
        **network.card,
        "accuracy": {
            **accuracies,
            **_of_the_held_out(network, recipe.hold_out),
            "MNIST test": accuracy(network, as_they_are),
            "MNIST test, centred": accuracy(network, centred),
        },
        "rejected": {
            **rejection["rejected"],
            "MNIST's digits, centred": rejection["falsely rejected"],
        },
        "data": _ATTRIBUTIONS[recipe.dataset],
    }
    return Network(network.layers, card)


def _of_the_held_out(network: Network, contributors: Sequence[str]) -> dict[str, float]:
    """How those who were held out are read without the lens, wherever and however large."""
    if not contributors:
        return {}
    theirs = [digit for digit in pen_digits.load() if digit.contributor in contributors]
    return {
        f"pen digits of {name}, anywhere, lens off": found["as drawn"]
        for name, found in metrics.people(network, theirs).items()
    }
