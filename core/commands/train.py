"""``python -m core train``: train a network and write it to a file."""

import argparse
from pathlib import Path
from typing import Any

from core.commands import digits
from core.commands.learning import Material, best, material, start
from core.commands.options import add_recipe
from core.commands.recipes import command, complete
from core.display_scale import with_scales
from core.errors import InputError
from core.evaluation import accuracy
from core.examples.pen_digits import ATTRIBUTION
from core.network import Network

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
    _check_folder(options.output)
    options = complete(options)
    network = _untrained(options) if options.learn == "nothing" else _learned(options)
    network.save(options.output)
    print(f"{network}, written to {options.output}")
    for images, share_right in network.card["accuracy"].items():
        print(f"{images}: {share_right:.2%} read correctly")


def _untrained(options: argparse.Namespace) -> Network:
    network = Network(start(options, options.seed).layers, {"seed": options.seed})
    return _with_card(network, options, _test_accuracies(network))


def _learned(options: argparse.Namespace) -> Network:
    learned = material(options)
    network = with_scales(best(options, learned), learned.judges.images)
    return _with_card(network, options, _accuracies(network, learned))


def _with_card(
    network: Network, options: argparse.Namespace, accuracies: dict[str, float]
) -> Network:
    card: dict[str, Any] = {
        "title": options.title,
        "recipe": options.recipe,
        "command": command(options),
        "lens": options.lens,
        "held out": list(options.hold_out),
        "learned pen strokes": options.learn == "people",
        **network.card,
        "accuracy": accuracies,
        "data": _DATA[options.learn],
    }
    return Network(network.layers, card)


def _check_folder(output: Path) -> None:
    if not output.parent.is_dir():
        raise InputError(
            f"The folder {output.parent} does not exist; create it, or change --output."
        )


def _accuracies(network: Network, learned: Material) -> dict[str, float]:
    chosen_by = {name: accuracy(network, images) for name, images in learned.validation.items()}
    return chosen_by | _test_accuracies(network)


def _test_accuracies(network: Network) -> dict[str, float]:
    return {
        "MNIST test": accuracy(network, digits.load("test", centred=False)),
        "MNIST test, centred": accuracy(network, digits.load("test", centred=True)),
    }
