"""The options that ``train`` and ``crossvalidate`` share.

None has a default of its own: what is not given comes from the recipe (`core.commands.recipes`).
"""

import argparse

from core.commands.numbers import positive, seed, share, title, whole
from core.commands.recipes import RECIPES
from core.costs import COSTS
from core.nn.activations import ACTIVATIONS
from core.optimisers import OPTIMISERS
from core.schedules import SCHEDULES


def add_recipe(parser: argparse.ArgumentParser, usual: str) -> None:
    """Add everything that decides how a network is trained."""
    recipe = parser.add_argument_group(
        "recipe",
        "A recipe names a set of choices, and every option given beside it changes one. All of "
        "it is kept on the network's card.",
    )
    recipe.add_argument(
        "--recipe",
        choices=RECIPES,
        default=usual,
        help="lesson: as in the lesson; people: MNIST and pen strokes in many styles, and what is "
        "no digit; untrained: a random start; plain: as the options below say (default: "
        "%(default)s)",
    )
    _add_material(recipe)
    _add_teacher(recipe)
    _add_network(recipe)
    _add_descent(recipe)


def _add_material(recipe: "argparse._ArgumentGroup") -> None:
    recipe.add_argument(
        "--learn",
        choices=("mnist", "people", "nothing"),
        help="from which examples (default: mnist); people needs STROKES_FILE",
    )
    recipe.add_argument(
        "--lens",
        choices=("off", "on", "both"),
        help="learn from MNIST's images as they are, centred as the page centres drawings, or "
        "both (default: off)",
    )
    recipe.add_argument(
        "--rounds", type=whole(100), metavar="N", help="of changed copies, for people (default: 4)"
    )
    recipe.add_argument(
        "--images",
        type=whole(1_000_000),
        metavar="N",
        help="learn from the first so many of MNIST's images only, for a quick trial",
    )
    recipe.add_argument(
        "--composed",
        type=whole(1_000_000),
        metavar="N",
        help="composed digits, signs, scribbles and noise in each round (default: 90000)",
    )
    recipe.add_argument(
        "--nonsense",
        type=positive(1_000),
        metavar="N",
        help="how many times each example of what is no digit counts, for people (default: 4)",
    )
    recipe.add_argument(
        "--hold-out",
        nargs="+",
        metavar="NAME",
        help="contributors of pen strokes to learn nothing from, but to choose by",
    )


def _add_teacher(recipe: "argparse._ArgumentGroup") -> None:
    recipe.add_argument(
        "--teacher",
        type=whole(1_000_000),
        nargs="*",
        metavar="N",
        help="first train a larger network with so many neurons in each hidden layer, and learn "
        "from its answers as well as from the right ones (default: 256 128 for people, else none)",
    )
    recipe.add_argument(
        "--trust",
        type=share,
        help="how much the teacher's answers count against the right ones (default: 0.7)",
    )


def _add_network(recipe: "argparse._ArgumentGroup") -> None:
    recipe.add_argument("--title", type=title, help="its name in the page")
    recipe.add_argument(
        "--hidden",
        type=whole(1_000_000),
        nargs="+",
        metavar="N",
        help="neurons of each hidden layer (default: 16 16)",
    )
    recipe.add_argument(
        "--activation", choices=ACTIVATIONS, help="of the hidden layers (default: sigmoid)"
    )
    recipe.add_argument(
        "--output-activation",
        choices=ACTIVATIONS,
        help="of the ten outputs (default: sigmoid)",
    )
    recipe.add_argument(
        "--spread",
        type=positive(1_000),
        help="standard deviation of the first weights (default: 1 / the root of a neuron's inputs)",
    )


def _add_descent(recipe: "argparse._ArgumentGroup") -> None:
    recipe.add_argument("--cost", choices=COSTS, help="what becomes small (default: quadratic)")
    recipe.add_argument("--optimiser", choices=OPTIMISERS, help="how steps are made (default: sgd)")
    recipe.add_argument(
        "--schedule", choices=SCHEDULES, help="of the learning rate (default: constant)"
    )
    recipe.add_argument("--rate", type=positive(1_000_000), help="learning rate (default: 3)")
    recipe.add_argument(
        "--decay",
        type=share,
        help="weight decay, which makes weight images smoother (default: 0)",
    )
    recipe.add_argument("--batch", type=whole(1_000_000), help="images per step (default: 10)")
    recipe.add_argument(
        "--epochs", type=whole(1_000_000), help="passes over all images (default: 30)"
    )
    recipe.add_argument(
        "--seed",
        type=seed,
        help="of the first weights, the copies and the order of the images (default: 0)",
    )
    recipe.add_argument(
        "--seeds",
        type=whole(1_000),
        help="how many seeds to try, counting up from --seed; the best on the validation images "
        "is kept (default: 3 for people, else 1)",
    )
    recipe.add_argument(
        "--doubted",
        type=share,
        help="share of the validation digits that the network may be unsure of: decides how "
        "bright an output must be to count (default: 0.025 for people, else 0.02)",
    )
