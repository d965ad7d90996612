"""``python -m core convert``: a network in the format of another program."""

import argparse
from pathlib import Path

from core.formats.write import WRITERS, save
from core.nn.network import Network


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "convert",
        help="write a network in the format of another program",
        description=f"Write a network in another format, {', '.join(WRITERS)}, by the name of OUT. "
        "Labels and model card go along; activation statistics are in .npz alone.",
    )
    parser.add_argument("network", type=Path, metavar="IN", help="the file of a network")
    parser.add_argument("output", type=Path, metavar="OUT", help="the file to write")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Read, write, and say what was written."""
    network = Network.load(options.network)
    save(network, options.output)
    print(f"{network}, written to {options.output}")
