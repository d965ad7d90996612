"""``python -m core train``: train a network and write it to a file."""

import argparse
from pathlib import Path
from typing import Final

from core.cli.findings import sentence
from core.cli.options import add_recipe, recipe_of
from core.cli.output import check_output
from core.cli.progress_bar import ProgressBar
from core.nn.network import Network
from core.progress import Report
from core.training.dataset import load_dataset
from core.training.diagnosis import diagnose
from core.training.findings import Finding
from core.training.history import Histories
from core.training.pipeline import hyperparameters, train_network
from core.training.recipes import Recipe

_SAMPLE: Final = 5_000


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "train",
        help="train a network and write it to a file",
        description="Train a network and write it to a file, and say what was wrong with the "
        "training, if anything was. The same recipe gives the same file, byte for byte. The last "
        "5,000 training images of MNIST are kept aside: compare recipes by the accuracy on them.",
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="PATH", help="the .npz file to write"
    )
    add_recipe(parser, usual="plain")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Train, measure, write the file whole, and say what was wrong with the training."""
    recipe = recipe_of(options)
    check_output(options.output)
    with ProgressBar() as report:
        network, findings = _trained(recipe, report)
    network.save(options.output)
    print(f"{network}, written to {options.output}")
    for images, share_right in network.card["accuracy"].items():
        print(f"{images}: {share_right:.2%} read correctly")
    for finding in findings:
        print(sentence(finding, recipe))


def _trained(recipe: Recipe, report: Report) -> tuple[Network, tuple[Finding, ...]]:
    """The network, and what was wrong with the training that it comes from."""
    if recipe.dataset == "nothing":
        return train_network(recipe, report), ()
    dataset, histories = load_dataset(recipe, report), Histories()
    network = train_network(recipe, report, histories, dataset)
    seed = network.card["seed"]
    history, hyper = histories.of_seed(recipe, seed), hyperparameters(recipe, seed)
    return network, diagnose(history, hyper, dataset.sample(_SAMPLE), dataset.validation_set)
