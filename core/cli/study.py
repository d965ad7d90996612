"""``python -m core study``: how accuracy depends on width, number of hidden layers and seed."""

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Final

from core.cli.extensions import extension
from core.cli.options import add_recipe, reader, recipe_of
from core.cli.progress_bar import ProgressBar
from core.errors import InputError
from core.training.recipes import MOST_LAYERS, WIDTHS
from core.training.settings import Whole
from core.training.study import Result, Row, Study, architecture, completed, submit, table
from core.training.study_folder import StudyFolder
from core.worker_processes import (
    MOST_WORKERS,
    interrupts_deferred,
    usual_workers,
    worker_processes,
)

_PAGE: Final = "study.html"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options to the command line."""
    parser = commands.add_parser(
        "study",
        help="compare networks of several widths, numbers of hidden layers and seeds",
        description="Train a network for each combination of width, number of hidden layers and "
        "seed, and print a table: mean and standard deviation over the seeds of the accuracy on "
        "the validation images, the number of parameters, and the time that a training takes. "
        f"Each network and its result are written to a folder as soon as they are there, and "
        f"{_PAGE} beside them shows all so far. Stop with Ctrl-C whenever you like: the same "
        "command goes on with what is missing.",
    )
    _add_combinations(parser)
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("study"),
        metavar="FOLDER",
        help="the folder to write to, a new one or one of this study (default: %(default)s)",
    )
    _add_executors(parser)
    add_recipe(parser, usual="plain", without=("hidden", "seeds"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Train what is missing, and print the table of all."""
    widths, depths = (tuple(sorted(set(each))) for each in (options.widths, options.depths))
    study = Study(recipe_of(options), widths, depths, options.n_seeds)
    folder = StudyFolder(options.output, study)
    results = list(folder.results())
    write_page = extension("study", "page") or _no_page
    show = partial(write_page, study, results, folder.path / _PAGE)
    show()
    try:
        _train_missing(folder, options, results, show)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"Stopped; {_kept(folder, results)}") from None
    except BrokenExecutor as error:
        raise InputError(
            f"A worker process was killed, perhaps for lack of memory; {_kept(folder, results)}"
        ) from error
    print(_text_table(table(results)))
    print(f"Networks and results are in {folder.path}; {_where_plots_are(folder)}")


def _add_combinations(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hidden",
        dest="widths",
        type=reader(WIDTHS),
        nargs="+",
        default=(8, 16, 32),
        metavar="N",
        help="neurons of every hidden layer, one or more numbers to try (default: 8 16 32)",
    )
    parser.add_argument(
        "--layers",
        dest="depths",
        type=reader(Whole(MOST_LAYERS)),
        nargs="+",
        default=(1, 2, 3),
        metavar="N",
        help="numbers of hidden layers to try (default: 1 2 3)",
    )
    parser.add_argument(
        "--seeds",
        dest="n_seeds",
        type=reader(Whole(1_000)),
        default=3,
        metavar="N",
        help="how many seeds to try, counting up from --seed (default: %(default)s)",
    )


def _add_executors(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--workers",
        type=reader(Whole(MOST_WORKERS)),
        default=usual_workers(),
        metavar="N",
        help="how many networks to train at a time, each in a process of its own (default: one "
        "fewer than there are cores, here %(default)s)",
    )
    where.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="train on the Dask cluster whose scheduler has this address, such as "
        "tcp://192.168.1.20:8786; needs pip install 'neuron-explorer[dask]', here and there",
    )


def _no_page(study: Study, results: Sequence[Result], path: Path) -> None:
    """What is shown where nothing is installed that could show more."""


def _where_plots_are(folder: StudyFolder) -> str:
    if (page := folder.path / _PAGE).exists():
        return f"{page} shows them as plots."
    return "to see them as plots, install the project (pip install .) and start this again."


def _train_missing(
    folder: StudyFolder,
    options: argparse.Namespace,
    results: list[Result],
    show: Callable[[], None],
) -> None:
    """Add each result to the folder, to ``results`` and to what is shown, when it is there."""
    if not folder.missing:
        return
    count = len(folder.study.recipes)
    with _executor(options, len(folder.missing)) as executor, ProgressBar() as report:
        report(f"Training {count} networks", len(results) / count)
        with interrupts_deferred():
            trainings = submit(folder.missing, executor)
        for result, network in completed(trainings):
            folder.add(result, network)
            results.append(result)
            report(f"Training {count} networks", len(results) / count, _note(result))
            show()


def _executor(options: argparse.Namespace, missing: int) -> AbstractContextManager[Executor]:
    if options.dask is None:
        return worker_processes(min(options.workers, missing))
    connect = extension("study", "dask")
    if connect is None:
        raise InputError(
            "No Dask cluster can be reached from here: install the project with pip install "
            "'neuron-explorer[dask]', or leave out --dask."
        )
    connected: AbstractContextManager[Executor] = connect(options.dask)
    return connected


def _kept(folder: StudyFolder, results: Sequence[Result]) -> str:
    return (
        f"{len(results)} of {len(folder.study.recipes)} results are kept in {folder.path}, and the "
        "same command goes on from there."
    )


def _note(result: Result) -> str:
    outcome = "diverged" if result.accuracy is None else f"{result.accuracy:.2%}"
    return f"{architecture(result.hidden)}, seed {result.seed}: {outcome}"


def _text_table(rows: Sequence[Row]) -> str:
    head = ("hidden layers", "parameters", "accuracy", "deviation", "seconds", "diverged")
    lines = [head, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.rjust, line, widths)) for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        architecture(row.hidden),
        f"{row.n_parameters:,}",
        "–" if row.accuracy is None else f"{row.accuracy:.2%}",
        "–" if row.spread is None else f"{row.spread:.2%}",
        f"{row.seconds:.1f}",
        f"{row.n_diverged} of {row.n_trained}",
    )
