"""``python -m core statistics``: measure what activates a network's neurons, and keep it."""

import argparse
from pathlib import Path

from core.cli.network_file import check_own, load_network
from core.cli.progress_bar import ProgressBar
from core.data import centred_mnist
from core.evaluation.measure_statistics import measure_statistics, pool_of
from core.ink.example_drawings import load_examples
from core.nn.network import Network

_COPIES = 3
_SEEN = {False: "as they are", True: "centred as the page centres drawings"}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    about = (
        "Measure each neuron's mean activation for each digit of MNIST's test images, and which of "
        "the project's own drawings activate it most and least; add both to the network's file. No "
        "image of MNIST is kept. The same network gives the same file."
    )
    help_ = "measure what activates a network's neurons and add it to its file"
    _add_options(commands.add_parser("statistics", help=help_, description=about))
    _add_options(commands.add_parser("profile", description=about))  # as it was called before


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--network", type=Path, required=True, metavar="PATH", help="the .npz file to add it to"
    )
    parser.add_argument(
        "--lens",
        choices=("off", "on"),
        default="on",
        help="show it MNIST's images as they are, or centred as the page centres drawings "
        "(default: on)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Load, measure, and write the file whole."""
    check_own(options.network)
    network = load_network(options.network)
    (centred,) = centred_mnist.LENSES[options.lens]
    with ProgressBar() as report:
        images = centred_mnist.load("test", centred, report)
    pool = pool_of(load_examples(), _COPIES)
    means_of = f"the {len(images):,} test images of MNIST, {_SEEN[centred]}"
    images_of = f"{len(pool.labels)} digits drawn for this project, {_SEEN[True]}"
    statistics = measure_statistics(network, images, means_of, pool, images_of)
    Network(network.layers, network.card, statistics).save(options.network)
    print(f"{network}: statistics written to {options.network}")
    print(f"Mean activations: {means_of}.\nActivated most and least: of {images_of}.")
