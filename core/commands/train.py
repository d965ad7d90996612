"""``python -m core train``: train a network and write it to a file."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core import figures
from core.commands import digits
from core.commands.learning import best, check_sizes, material, start
from core.commands.options import add_recipe
from core.commands.output import check_output
from core.commands.recipes import command, complete
from core.evaluation import accuracy
from core.examples import pen_digits
from core.examples.pen_digits import ATTRIBUTION
from core.nn.display_scale import with_scales
from core.nn.network import Network

DATA = (
    "MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, under CC BY-SA 3.0; the "
    "network holds none of its images."
)
_DATA = {"mnist": DATA, "people": f"{DATA} {ATTRIBUTION}", "nothing": "None."}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "train",
        help="train a network and write it to a file",
        description="Train a network and write it to a file. The same recipe gives the "
        "same file, byte for byte. The last 5,000 training images are kept aside: compare recipes "
        "by the accuracy on them.",
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="PATH", help="the .npz file to write"
    )
    add_recipe(parser, usual="plain")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Train, measure, and write the file whole."""
    check_output(options.output)
    options = complete(options)
    check_sizes(options)
    network = _untrained(options) if options.learn == "nothing" else _learned(options)
    network.save(options.output)
    print(f"{network}, written to {options.output}")
    for images, share_right in network.card["accuracy"].items():
        print(f"{images}: {share_right:.2%} read correctly")


def _untrained(options: argparse.Namespace) -> Network:
    network = Network(start(options, options.seed).layers, {"seed": options.seed})
    return _with_card(network, options, {})


def _learned(options: argparse.Namespace) -> Network:
    learned = material(options)
    network = with_scales(best(options, learned), learned.judges.images)
    chosen_by = {name: accuracy(network, images) for name, images in learned.validation.items()}
    return _with_card(network, options, chosen_by | _anywhere(network, options.hold_out))


def _anywhere(network: Network, contributors: Sequence[str]) -> dict[str, float]:
    """How those who were held out are read without the lens, wherever and however large."""
    if not contributors:
        return {}
    theirs = [digit for digit in pen_digits.load() if digit.contributor in contributors]
    return {
        f"pen digits of {name}, anywhere, lens off": found["as drawn"]
        for name, found in figures.people(network, theirs).items()
    }


def _with_card(
    network: Network, options: argparse.Namespace, accuracies: dict[str, float]
) -> Network:
    as_they_are, centred = (digits.load("test", lens) for lens in (False, True))
    doubt = figures.doubt(network, centred)
    card: dict[str, Any] = {
        "title": options.title,
        "recipe": options.recipe,
        "command": command(options),
        "lens": options.lens,
        "held out": list(options.hold_out),
        "learned pen strokes": options.learn == "people",
        **network.card,
        "accuracy": {
            **accuracies,
            "MNIST test": accuracy(network, as_they_are),
            "MNIST test, centred": accuracy(network, centred),
        },
        "turned away as no digit": {
            **doubt["rejected"],
            "MNIST's digits, centred": doubt["falsely rejected"],
        },
        "data": _DATA[options.learn],
    }
    return Network(network.layers, card)
