"""``python -m core profile``: measure what a network's neurons prefer, and keep it in its file."""

import argparse
from pathlib import Path

from core.commands import digits
from core.errors import InputError
from core.ink.example_drawings import load_examples
from core.nn.network import Network
from core.profiling import measure_statistics, pool_of

_COPIES = 3
_SEEN = {False: "as they are", True: "centred as the page centres drawings"}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "profile",
        help="measure what a network's neurons prefer and add it to its file",
        description="Measure each neuron's mean activation for each digit of MNIST's test images, "
        "and which of the project's own drawings excite it most and least; add both to the "
        "network's file. No image of MNIST is kept. The same network gives the same file.",
    )
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
    network = Network.load(options.network)
    _check_sees_drawings(network, options.network)
    (centred,) = digits.LENSES[options.lens]
    images = digits.load("test", centred)
    pool = pool_of(load_examples(), _COPIES)
    means_of = f"the {len(images):,} test images of MNIST, {_SEEN[centred]}"
    images_of = f"{len(pool.labels)} digits drawn for this project, {_SEEN[True]}"
    statistics = measure_statistics(network, images, means_of, pool, images_of)
    Network(network.layers, network.card, statistics).save(options.network)
    print(f"{network}: statistics written to {options.network}")
    print(f"Mean activations: {means_of}.\nActivated most and least: of {images_of}.")


def _check_sees_drawings(network: Network, path: Path) -> None:
    if network.sizes[0] != 784:
        raise InputError(
            f"The network in {path} has {network.sizes[0]} inputs; looking at drawings takes 784."
        )
