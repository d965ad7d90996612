"""``python -m core evaluate``: how well a network reads, and whether it knows when it does not."""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from core import figures
from core.assets import asset
from core.commands import digits
from core.examples import pen_digits
from core.figures import Figures
from core.nn.network import Network

DEFAULT = "networks/default.npz"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "evaluate",
        help="print how well a network reads, and whether it knows when it does not",
        description="Print a network's accuracy and confusion matrix on MNIST's test images, how "
        "it copes with moved, scaled and turned ones, what it makes of noise and scribbles, and, "
        "if STROKES_FILE is set, how it reads people's pen strokes.",
    )
    parser.add_argument(
        "--network", type=Path, metavar="PATH", help="an .npz file (default: the project's own)"
    )
    parser.add_argument(
        "--lens",
        choices=digits.LENSES,
        default="both",
        help="show it MNIST's images as they are, centred as the page centres drawings, or in both "
        "ways (default: both)",
    )
    parser.add_argument(
        "--only-mnist", action="store_true", help="leave out all but MNIST's test images"
    )
    parser.add_argument("--json", action="store_true", help="print for machines")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Load, evaluate, print."""
    path = options.network or asset(DEFAULT)
    network = digits.reader(path)
    found = _figures(network, options)
    if options.json:
        print(json.dumps({"network": str(network), "file": str(path), **found}, indent=2))
    else:
        print(f"{network}, from {path}")
        print("\n\n".join(_sections(found)))


def _figures(network: Network, options: argparse.Namespace) -> Figures:
    seen = {
        "centred" if centred else "as they are": digits.load("test", centred)
        for centred in digits.LENSES[options.lens]
    }
    found: Figures = {
        "MNIST test": {name: figures.reading(network, images) for name, images in seen.items()}
    }
    if options.only_mnist:
        return found
    found["MNIST test, changed"] = figures.hardships(network, digits.load("test", centred=False))
    found["doubt"] = figures.doubt(
        network, seen.get("centred") or digits.load("test", centred=True)
    )
    found["brightest output"] = {
        name: figures.calibration(network, images) for name, images in seen.items()
    }
    if os.environ.get("STROKES_FILE"):
        written = pen_digits.load()
        found["pen strokes"] = figures.people(network, written)
        found["pens"] = figures.pens(network, written)
    return found


def _sections(found: Figures) -> list[str]:
    printers = {
        "MNIST test": _mnist,
        "MNIST test, changed": _changed,
        "doubt": _doubt,
        "brightest output": _calibration,
        "pen strokes": _people,
        "pens": _pens,
    }
    return ["", *(printers[name](figure) for name, figure in found.items())]


def _mnist(found: Figures) -> str:
    return "\n\n".join(
        f"MNIST test images, {name}: {each['accuracy']:.2%} of "
        f"{sum(map(sum, each['confusion'])):,} read correctly\n\n{_table(each['confusion'])}"
        for name, each in found.items()
    )


def _changed(found: Figures) -> str:
    lines = ["MNIST test images, changed (as they are / centred):"]
    for change, amounts in found.items():
        cells = ", ".join(f"{by}: {_pair(each)}" for by, each in amounts.items())
        lines.append(f"{change}  {cells}")
    return "\n".join(lines)


def _doubt(found: Figures) -> str:
    rejected = ", ".join(f"{kind} {share:.1%}" for kind, share in found["rejected"].items())
    return (
        f"Not sure when no output reaches {found['sure']:.2f}.\nRejected: {rejected}\n"
        f"MNIST's digits falsely rejected, centred: {found['falsely rejected']:.1%}"
    )


def _calibration(found: Figures) -> str:
    lines = [
        f"{name}: {_number(each['right'])} when right, {_number(each['wrong'])} when wrong"
        for name, each in found.items()
    ]
    return "\n".join(["Mean of the brightest output:", *lines])


def _people(found: Figures) -> str:
    lines = ["Pen strokes of people (as drawn / centred / falsely rejected):"]
    for name, each in found.items():
        whose = "never seen in training" if each["held out"] else "seen in training"
        lines.append(
            f"{name}  {each['as drawn']:.1%} / {each['centred']:.1%} / "
            f"{each['falsely rejected']:.1%} of {each['digits']:,}, {whose}"
        )
    return "\n".join(lines)


def _pens(found: Figures) -> str:
    return "Pen strokes with another pen (as drawn / centred): " + ", ".join(
        f"{pen} {_pair(each)}" for pen, each in found.items()
    )


def _pair(found: dict[str, float]) -> str:
    return f"{found['as they are']:.1%} / {found['centred']:.1%}"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.2f}"


def _table(counts: list[list[int]]) -> str:
    width = max(len(str(count)) for row in counts for count in row) + 2
    header = "true \\ read" + _cells(range(len(counts)), width)
    lines = [f"{digit:>11}" + _cells(row, width) for digit, row in enumerate(counts)]
    return "\n".join([header, *lines])


def _cells(row: Any, width: int) -> str:
    return "".join(f"{cell:>{width}}" for cell in row)
