"""The model card of a network that was trained: how it came to be, and how well it reads."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from core.data import centred_mnist, pen_digits
from core.data.images import Images
from core.data.pen_digits import PenStrokes
from core.evaluation import report as metrics
from core.evaluation.metrics import accuracy
from core.nn.network import Network
from core.progress import Report, unreported
from core.training.own_examples import PERCENTAGES, OwnExamples
from core.training.recipes import RECIPES, Recipe

MNIST_ATTRIBUTION: Final = (
    "MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, under CC BY-SA 3.0; the "
    "network holds none of its images."
)
SYNTHETIC_ATTRIBUTION: Final = "Synthetic digits, made for this project."
OWN_ATTRIBUTION: Final = "Drawings made on the page; the network holds none of them."
_ATTRIBUTIONS: Final = {
    "mnist": MNIST_ATTRIBUTION,
    "synthetic": SYNTHETIC_ATTRIBUTION,
    "nothing": "None.",
}
_CENTRED: Final = "MNIST test, centred"
_OWN_READ: Final = "own drawings, learned from"


def with_card(
    network: Network,
    recipe: Recipe,
    validation: Mapping[str, Images],
    report: Report = unreported,
    start: Network | None = None,
    *,
    own: OwnExamples | None = None,
) -> Network:
    """The network with a card: to its own are added the recipe, and how well it reads.

    ``start`` is the network that the training began with, None if that had random weights. What it
    had learned from is stated as well, and instead of a command, which could not train it alone,
    the settings. So it is with ``own``, the examples that were mixed into the data: the card counts
    the drawings of each digit, and has none of them.

    It is tested on the ``validation`` images of each kind, and on MNIST's test images unless it
    learned from synthetic digits: these are for machines that have no MNIST, and the same recipe
    gives the same card on all.
    """
    tests = _test_images(recipe, report)
    unseen = pen_digits.load_all().by(recipe.hold_out) if recipe.hold_out else PenStrokes()
    card = {
        "title": recipe.title,
        "recipe": recipe.recipe,
        **_origin(recipe, start, own),
        "lens": recipe.lens,
        **_pen_strokes(recipe, start),
        **_own_drawings(start, own),
        **network.card,
        "accuracy": {
            **_accuracies(network, validation),
            **_of_the_held_out(network, unseen),
            **_accuracies(network, tests),
            **_accuracies(network, {_OWN_READ: own.images} if own else {}),
        },
        "rejected": {
            **_rejected(network, validation, tests),
            **_rejected_letters(network, unseen),
        },
        "data": _data(recipe, start, own),
    }
    return Network(network.layers, card)


def _origin(recipe: Recipe, start: Network | None, own: OwnExamples | None) -> dict[str, str]:
    """How to come to this network."""
    if start is None and own is None:
        return {"command": recipe.command}
    untitled = replace(recipe, title=RECIPES[recipe.recipe].title)
    settings = {"settings": untitled.options}
    if start is None:
        return settings
    title = start.card.get("title", "-".join(map(str, start.sizes)))
    return {"began as": title, **settings}


def _own_drawings(start: Network | None, own: OwnExamples | None) -> dict[str, object]:
    """How many drawings of each digit it has learned from, and their share of an epoch.

    A collection of drawings grows from one training to the next, so that the larger number counts.
    """
    before = {} if start is None else dict(start.card.get("own drawings", {}))
    now = {str(digit): count for digit, count in own.counts.items()} if own else {}
    counts = {
        digit: max(before.get(digit, 0), now.get(digit, 0)) for digit in sorted({**before, **now})
    }
    share = {"share of own drawings": own.percent / 100} if own else {}
    return {"own drawings": counts, **share} if counts else {}


def _pen_strokes(recipe: Recipe, start: Network | None) -> dict[str, object]:
    """Whether it has learned from pen strokes, and of whom not."""
    learned, held_out = recipe.dataset == "people", list(recipe.hold_out)
    if start is not None and start.card.get("learned pen strokes"):
        before = start.card.get("held out", [])
        held_out = [name for name in before if name in held_out or not learned]
        learned = True
    return {"held out": held_out, "learned pen strokes": learned}


def _data(recipe: Recipe, start: Network | None, own: OwnExamples | None) -> str:
    """The attributions of all data that it has learned from, where others than drawings are."""
    is_alone = own is not None and own.percent == PERCENTAGES.most
    now = OWN_ATTRIBUTION if is_alone else _attribution(recipe)
    before = "" if start is None else str(start.card.get("data", ""))
    if before in ("", "None.") or before in now:
        return now
    return before if now in before else f"{before} {now}"


def _attribution(recipe: Recipe) -> str:
    if recipe.dataset == "people":
        return f"{MNIST_ATTRIBUTION} {pen_digits.attribution()}"
    return _ATTRIBUTIONS[recipe.dataset]


def _test_images(recipe: Recipe, report: Report) -> dict[str, Images]:
    if recipe.dataset == "synthetic":
        return {}
    return {
        "MNIST test": centred_mnist.load("test", centred=False, report=report),
        _CENTRED: centred_mnist.load("test", centred=True, report=report),
    }


def _accuracies(network: Network, images: Mapping[str, Images]) -> dict[str, float]:
    return {name: accuracy(network, each) for name, each in images.items()}


def _of_the_held_out(network: Network, unseen: PenStrokes) -> dict[str, float]:
    """How those who were held out are read without the lens, wherever and however large."""
    return {
        f"pen digits of {found['contributor']}, anywhere, lens off": found["as drawn"]
        for found in metrics.people(network, unseen.digits).values()
    }


def _rejected_letters(network: Network, unseen: PenStrokes) -> dict[str, float]:
    """The shares of the held-out people's letters that are rejected."""
    found = metrics.letters(network, unseen.signs)
    return {kind: each["rejected"] for kind, each in found.items()}


def _rejected(
    network: Network, validation: Mapping[str, Images], tests: Mapping[str, Images]
) -> dict[str, float]:
    """The shares of what is no digit, and of digits, that are rejected."""
    name = "MNIST's digits, centred" if tests else "validation"
    found = metrics.rejection(network, tests[_CENTRED] if tests else validation["validation"])
    return {**found["rejected"], name: found["falsely rejected"]}
