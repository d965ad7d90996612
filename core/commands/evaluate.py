"""``python -m core evaluate``: how well a network reads MNIST's test images."""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.assets import asset
from core.commands import digits
from core.errors import InputError
from core.evaluation import confusion_matrix
from core.network import Network

DEFAULT = "networks/default.npz"
_PIXELS, _DIGITS = 784, 10


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "evaluate",
        help="print how well a network reads MNIST's test images",
        description="Print a network's accuracy and confusion matrix on MNIST's test images.",
    )
    parser.add_argument(
        "--network", type=Path, metavar="PATH", help="an .npz file (default: the project's own)"
    )
    parser.add_argument(
        "--lens",
        choices=digits.LENSES,
        default="off",
        help="show it the images as they are, centred as the page centres drawings, or in both "
        "ways (default: off)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Load, evaluate, print."""
    path = options.network or asset(DEFAULT)
    network = Network.load(path)
    _check_reads_digits(network, path)
    print(f"{network}, from {path}")
    for centred in digits.LENSES[options.lens]:
        counts = confusion_matrix(network, digits.load("test", centred))
        seen = "centred" if centred else "as they are"
        print(f"\nMNIST test images, {seen}: {_summary(counts)}\n\n{_table(counts)}")


def _check_reads_digits(network: Network, path: Path) -> None:
    if (network.sizes[0], network.sizes[-1]) != (_PIXELS, _DIGITS):
        raise InputError(
            f"The network in {path} has {network.sizes[0]} inputs and {network.sizes[-1]} outputs; "
            f"reading digits takes {_PIXELS} and {_DIGITS}."
        )


def _summary(counts: NDArray[np.int64]) -> str:
    right, total = int(np.trace(counts)), int(counts.sum())
    return f"{right / total:.2%} of {total:,} read correctly"


def _table(counts: NDArray[np.int64]) -> str:
    width = len(str(counts.max())) + 2
    header = "true \\ read" + _cells(range(len(counts)), width)
    lines = [f"{digit:>11}" + _cells(row, width) for digit, row in enumerate(counts)]
    return "\n".join([header, *lines])


def _cells(row: Any, width: int) -> str:
    return "".join(f"{cell:>{width}}" for cell in row)
