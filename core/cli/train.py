"""``python -m core train``: train a network and write it to a file."""

import argparse
from pathlib import Path

from core.cli.options import add_recipe, recipe_of
from core.cli.output import check_output
from core.cli.progress_bar import ProgressBar
from core.training.pipeline import train_network


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
    recipe = recipe_of(options)
    check_output(options.output)
    with ProgressBar() as report:
        network = train_network(recipe, report)
    network.save(options.output)
    print(f"{network}, written to {options.output}")
    for images, share_right in network.card["accuracy"].items():
        print(f"{images}: {share_right:.2%} read correctly")
