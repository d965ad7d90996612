"""``python -m core pictures``: how many digits of photos and scans a network reads."""

import argparse
import json
from pathlib import Path
from typing import Final

from core.assets import asset
from core.cli.evaluate import DEFAULT
from core.cli.network_file import load_network
from core.cli.progress_bar import ProgressBar
from core.data import mnist, pen_digits
from core.data.images import DataError
from core.evaluation.paper import Picture
from core.evaluation.picture_accuracy import accuracy, by_steps, simple
from core.evaluation.synthetic_pictures import KINDS, Sources, pictures
from core.evaluation.touching_pictures import NAME, touching_pictures
from core.nn.network import Network
from core.progress import Report

_LOADERS: Final = {"steps": by_steps, "simple loader": simple}
_LAST: Final = 5000
"""So many of MNIST's training images are put on paper."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "pictures",
        help="print how many digits of photos and scans a network reads",
        description="Put pen strokes and some of MNIST's training images on paper, in bad light, "
        "on squared paper, on a blackboard and so on, and print which share of the digits a "
        "network reads: found by the steps that the page takes, and by a simple loader (median of "
        "the border, Otsu's threshold, 20 pixels, centre of mass). Needs STROKES_FILE.",
    )
    parser.add_argument(
        "--network",
        type=Path,
        metavar="PATH",
        help="a file of a network (default: the project's own)",
    )
    parser.add_argument(
        "--contributor",
        metavar="NAME",
        default="ced",
        help="whose pen strokes are used (default: ced, from whom no network has learned)",
    )
    parser.add_argument(
        "--count", type=int, default=100, help="pictures of each kind (default: 100)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another one makes others (default: 1)")
    parser.add_argument("--json", action="store_true", help="JSON output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Draw, read, print."""
    network = load_network(options.network or asset(DEFAULT))
    with ProgressBar() as report:
        sources = _sources(options.contributor, report)
        found = _shares(network, sources, max(options.count, 1), options.seed, report)
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{'':24}" + "".join(f"{name:>15}" for name in _LOADERS))
    for kind, shares in found.items():
        print(f"{kind:24}" + "".join(f"{share:>15.1%}" for share in shares.values()))


def _sources(contributor: str, report: Report) -> Sources:
    written = [each for each in pen_digits.load() if each.contributor == contributor]
    if not written:
        raise DataError(f"STROKES_FILE has no pen strokes of {contributor}; name another one.")
    return Sources(written, mnist.load("train", report=report)[-_LAST:])


def _shares(
    network: Network, sources: Sources, count: int, seed: int, report: Report
) -> dict[str, dict[str, float]]:
    """The share of digits that is read, by kind of pictures and by loader; and their mean.

    Digits that touch come last, and are not in the mean.
    """
    found = {}
    for number, kind in enumerate(KINDS):
        report("Reading", number / len(KINDS), kind)
        found[kind] = _by_loader(network, pictures(kind, sources, count, seed))
    means = {name: sum(each[name] for each in found.values()) / len(found) for name in _LOADERS}
    touching = _by_loader(network, touching_pictures(sources, count, seed))
    return found | {"mean": means, NAME: touching}


def _by_loader(network: Network, made: list[Picture]) -> dict[str, float]:
    return {name: accuracy(network, made, load) for name, load in _LOADERS.items()}
