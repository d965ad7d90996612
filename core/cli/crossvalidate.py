"""``python -m core crossvalidate``: how well a recipe reads people whom it has never seen."""

import argparse
import json

from core.cli.options import add_recipe, recipe_of
from core.cli.progress_bar import ProgressBar
from core.training.crossvalidation import Metrics, average, crossvalidate


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "crossvalidate",
        help="estimate how well a recipe reads people whom it has never seen",
        description="Train once for every contributor of pen strokes, without that contributor "
        "and without the next, by whom the seed and the threshold are chosen; print how well each "
        "contributor is read by the network that never saw them, and the average.",
    )
    parser.add_argument("--json", action="store_true", help="JSON output")
    add_recipe(parser, usual="people")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Train all, and print a line for each and the average."""
    found: dict[str, Metrics] = {}
    with ProgressBar() as report:
        for contributor, metrics in crossvalidate(recipe_of(options), report):
            found[contributor] = metrics
            if not options.json:
                print(_line(contributor, metrics), flush=True)
    if options.json:
        print(json.dumps({"contributors": found, "average": average(found)}, indent=2))
    else:
        print(_line("average", average(found)))


def _line(name: str, found: Metrics) -> str:
    return f"{name}: " + ", ".join(f"{what} {share:.1%}" for what, share in found.items())
