"""``python -m core crossvalidate``: how well a recipe reads people whom it has never seen.

Each contributor in turn is judged by a network that learned from the others. The next contributor
is held out as well, to choose the seed and the threshold by, so that nothing was fitted to the one
who judges.
"""

import argparse
import json
from collections.abc import Iterator

import numpy as np

from core.arrays import Array
from core.commands import digits
from core.commands.learning import best, check_sizes, people, people_material
from core.commands.options import add_recipe
from core.commands.recipes import complete
from core.doubt import rejected
from core.evaluation import accuracy
from core.examples.mixture import digit_images, not_digit_images
from core.examples.pen_digits import contributors
from core.mnist import Images
from core.nn.network import Network

_COUNT = 500
_SEED = 1_000_003
Figures = dict[str, float]


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "crossvalidate",
        help="estimate how well a recipe reads people whom it has never seen",
        description="Train once for every contributor of pen strokes, without that contributor "
        "and without the next, who chooses the seed and the threshold; print how well each "
        "contributor is read by the network that never saw them, and the average.",
    )
    parser.add_argument("--json", action="store_true", help="print for machines")
    add_recipe(parser, usual="people")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Train all, and print a line for each and the average."""
    options = complete(options)
    check_sizes(options)
    figures: dict[str, Figures] = {}
    for contributor, found in _folds(options):
        figures[contributor] = found
        if not options.json:
            print(_line(contributor, found), flush=True)
    average = {name: float(np.mean([each[name] for each in figures.values()])) for name in found}
    if options.json:
        print(json.dumps({"contributors": figures, "average": average}, indent=2))
    else:
        print(_line("average", average))


def _folds(options: argparse.Namespace) -> Iterator[tuple[str, Figures]]:
    examples, mnist, pen = people(options)
    test = digits.load("test", centred=True)
    nonsense = not_digit_images(np.random.default_rng(_SEED), _COUNT)
    names = contributors(pen)
    for name, judge in zip(names, (*names[1:], names[0]), strict=True):
        learned = people_material(
            examples,
            mnist,
            pen,
            held_out=(name, judge),
            judges=(judge,),
            nonsense=options.nonsense,
        )
        network = best(options, learned)
        unseen = digit_images([digit for digit in pen if digit.contributor == name])
        yield name, _figures(network, unseen, test, nonsense)


def _figures(network: Network, unseen: Images, test: Images, nonsense: dict[str, Array]) -> Figures:
    return {
        "read correctly": accuracy(network, unseen),
        "falsely rejected": rejected(network, unseen.images),
        "MNIST test, centred": accuracy(network, test),
        **{f"{kind} rejected": rejected(network, images) for kind, images in nonsense.items()},
    }


def _line(name: str, found: Figures) -> str:
    return f"{name}: " + ", ".join(f"{what} {share:.1%}" for what, share in found.items())
