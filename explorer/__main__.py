"""The command `neuron-explorer`, also `python -m explorer`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import core
import explorer
from core.errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the explorer. Returns the exit code: 0, or 1 after one sentence on what is wrong."""
    options = _parser().parse_args(arguments)
    try:
        _check_siblings()
        from explorer.server.serving import Options, serve  # noqa: PLC0415 - `--help` need not wait

        serve(Options(**vars(options)))
    except InputError as error:
        print(f"neuron-explorer: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="neuron-explorer", description="Draw a digit and watch a neural network think."
    )
    add = parser.add_argument
    add("--port", type=int, default=5006, help="port to listen on (%(default)s)")
    add("--address", help="address to listen on, 0.0.0.0 for all networks (this machine alone)")
    add("--network", dest="path", type=Path, metavar="PATH", help="a network to show, .npz")
    add("--processes", type=int, help="processes that share the work (1)")
    add("--sessions", type=int, help="most pages open at a time (250 in each process)")
    add("--show", action="store_true", help="open the page in a browser")
    add(
        "--class",
        dest="is_class",
        action="store_true",
        help="let the pupils of the local network join, and give the teacher a page",
    )
    add("--redis", metavar="URL", help="where several processes share the class")
    add(
        "--code",
        help="opens the teacher's page: 6 letters or digits at least (made up, and printed)",
    )
    add("--origin", metavar="HOST", help="host[:port] of a proxy that shows this server")
    return parser


def _check_siblings() -> None:
    """Started in a folder with a `core` of its own, Python would import that one."""
    homes = [Path(module.__file__ or "").resolve().parent.parent for module in (core, explorer)]
    if homes[0] != homes[1]:
        raise InputError(
            f"Python found another `core` in {homes[0]}: start `neuron-explorer` instead of "
            "`python -m explorer`, or start it from another folder."
        )


if __name__ == "__main__":
    sys.exit(main())
