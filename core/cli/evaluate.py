"""``python -m core evaluate``: how well a network reads, and whether it knows when it does not."""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from core.assets import asset
from core.cli.network_file import load_network
from core.cli.progress_bar import ProgressBar
from core.data import centred_mnist, pen_digits
from core.data.pen_digits import PenStrokes
from core.evaluation import report as metrics
from core.evaluation.report import Metrics
from core.nn.network import Network
from core.progress import Report

DEFAULT = "networks/default.npz"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "evaluate",
        help="print how well a network reads, and whether it knows when it does not",
        description="Print a network's accuracy and confusion matrix on MNIST's test images, how "
        "it copes with moved, scaled and turned ones, what it makes of noise and scribbles, and, "
        "if STROKES_FILE is set or files of pen strokes are named, how it reads people's digits "
        "and whether it rejects their letters.",
    )
    parser.add_argument(
        "strokes",
        type=Path,
        nargs="*",
        metavar="STROKES",
        help="files of pen strokes (default: those that STROKES_FILE names)",
    )
    parser.add_argument(
        "--network",
        type=Path,
        metavar="PATH",
        help="a file of a network (default: the project's own)",
    )
    parser.add_argument(
        "--lens",
        choices=centred_mnist.LENSES,
        default="both",
        help="show it MNIST's images as they are, centred as the page centres drawings, or in both "
        "ways (default: both)",
    )
    parser.add_argument(
        "--only-mnist", action="store_true", help="leave out all but MNIST's test images"
    )
    parser.add_argument("--json", action="store_true", help="JSON output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Load, evaluate, print."""
    path = options.network or asset(DEFAULT)
    network = load_network(path)
    with ProgressBar() as report:
        found = _metrics(network, options, report)
    if options.json:
        print(json.dumps({"network": str(network), "file": str(path), **found}, indent=2))
    else:
        print(f"{network}, from {path}")
        print("\n\n".join(_sections(found)))


def _metrics(network: Network, options: argparse.Namespace, report: Report) -> Metrics:
    seen = {
        "centred" if centred else "as they are": centred_mnist.load("test", centred, report)
        for centred in centred_mnist.LENSES[options.lens]
    }
    reading = metrics.accuracy_and_confusion
    found: Metrics = {
        "MNIST test": {name: reading(network, images) for name, images in seen.items()}
    }
    if options.only_mnist:
        return found
    as_they_are = seen.get("as they are") or centred_mnist.load("test", False, report)
    centred = seen.get("centred") or centred_mnist.load("test", True, report)
    found["robustness"] = metrics.robustness(network, as_they_are)
    found["rejection"] = metrics.rejection(network, centred)
    found["calibration"] = {
        name: metrics.calibration(network, images) for name, images in seen.items()
    }
    return found | _metrics_of_pens(network, _pen_strokes(options.strokes))


def _pen_strokes(files: list[Path]) -> PenStrokes:
    """What is in some files, or else in those that STROKES_FILE names."""
    if files:
        return pen_digits.read_all(files)
    return pen_digits.load_all() if os.environ.get("STROKES_FILE") else PenStrokes()


def _metrics_of_pens(network: Network, written: PenStrokes) -> Metrics:
    found: Metrics = {}
    digits, signs = written
    if digits:
        found["pen strokes"] = metrics.people(network, digits)
        found["strangers"] = metrics.strangers(network, digits)
        found["pen widths"] = metrics.pen_widths(network, digits)
    if signs:
        found["letters"] = metrics.letters(network, signs)
    return found


def _sections(found: Metrics) -> list[str]:
    printers = {
        "MNIST test": _mnist,
        "robustness": _robustness,
        "rejection": _rejection,
        "calibration": _calibration,
        "pen strokes": _people,
        "strangers": _strangers,
        "pen widths": _pen_widths,
        "letters": _letters,
    }
    return ["", *(printers[name](metric) for name, metric in found.items() if metric)]


def _mnist(found: Metrics) -> str:
    return "\n\n".join(
        f"MNIST test images, {name}: {each['accuracy']:.2%} of "
        f"{sum(map(sum, each['confusion'])):,} read correctly\n\n{_table(each['confusion'])}"
        for name, each in found.items()
    )


def _robustness(found: Metrics) -> str:
    lines = ["MNIST test images, changed (as they are / centred):"]
    for change, amounts in found.items():
        cells = ", ".join(f"{by}: {_pair(each)}" for by, each in amounts.items())
        lines.append(f"{change}  {cells}")
    return "\n".join(lines)


def _rejection(found: Metrics) -> str:
    rejected = ", ".join(f"{kind} {share:.1%}" for kind, share in found["rejected"].items())
    return (
        f"Rejected when no output reaches the threshold {found['threshold']:.2f}: {rejected}\n"
        f"MNIST's digits falsely rejected, centred: {found['falsely rejected']:.1%}"
    )


def _calibration(found: Metrics) -> str:
    lines = [
        f"{name}: {_number(each['right'])} when right, {_number(each['wrong'])} when wrong; "
        f"expected calibration error {each['expected calibration error']:.3f}"
        for name, each in found.items()
    ]
    return "\n".join(["Mean of the brightest output:", *lines])


def _people(found: Metrics) -> str:
    lines = ["Pen strokes of people (as drawn / centred / falsely rejected):"]
    for name, each in found.items():
        lines.append(
            f"{name}  {each['as drawn']:.1%} / {each['centred']:.1%} / "
            f"{each['falsely rejected']:.1%} of {each['digits']:,}, {_whose(each)}"
        )
    return "\n".join(lines)


def _strangers(found: Metrics) -> str:
    return (
        f"Digits of people never seen in training, centred: {found['accuracy']:.1%} of "
        f"{found['digits']:,} read correctly, {found['falsely rejected']:.1%} falsely rejected\n"
        f"The worst contributor is {found['worst contributor']} ({found['its accuracy']:.1%}); "
        f"{found['people below 0.9']} of {found['people']} people are read below 90%"
    )


def _letters(found: Metrics) -> str:
    lines = [
        f"{kind}: {each['rejected']:.1%} of {each['signs']:,} rejected, {_whose(each)}"
        for kind, each in found.items()
    ]
    return "\n".join(lines)


def _whose(found: Metrics) -> str:
    return "never seen in training" if found["held out"] else "seen in training"


def _pen_widths(found: Metrics) -> str:
    return "Pen strokes with another pen (as drawn / centred): " + ", ".join(
        f"{pen} {_pair(each)}" for pen, each in found.items()
    )


def _pair(found: dict[str, float]) -> str:
    return f"{found['as they are']:.1%} / {found['centred']:.1%}"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.2f}"


def _table(counts: list[list[int]]) -> str:
    width = max(len(str(count)) for row in counts for count in row) + 2
    header = "true \\ predicted" + _cells(range(len(counts)), width)
    lines = [f"{digit:>16}" + _cells(row, width) for digit, row in enumerate(counts)]
    return "\n".join([header, *lines])


def _cells(row: Any, width: int) -> str:
    return "".join(f"{cell:>{width}}" for cell in row)
