"""The command `neuron-explorer`, also `python -m explorer`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import core
import explorer
from core.errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the explorer. Returns the exit code: 0, or 1 after one sentence on what is wrong."""
    options = _parser().parse_args(arguments)
    try:
        _check_siblings()
        from explorer.server.options import Options  # noqa: PLC0415 - `--help` need not wait
        from explorer.server.serving import serve  # noqa: PLC0415

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
    add("--version", action="version", version=f"%(prog)s {core.__version__}")
    add(
        "--port", type=int, default=5006, help="port to listen on, 0 for any free one (%(default)s)"
    )
    add("--address", help="address to listen on, 0.0.0.0 for all networks (this machine alone)")
    add(
        "--network",
        dest="path",
        type=Path,
        metavar="PATH",
        help="a network to show: .npz, or a file of another program",
    )
    add("--processes", type=int, help="processes that share the work (1)")
    add("--sessions", type=int, help="maximum concurrent sessions (250 in each process)")
    add("--show", action="store_true", help="open the page in a browser")
    add(
        "--class",
        dest="is_class",
        action="store_true",
        help="let the pupils of the local network join, and give the teacher a page",
    )
    add(
        "--training-workers",
        type=int,
        metavar="N",
        help="processes that train for all visitors; 0 forbids it (one fewer than cores)",
    )
    add("--redis", metavar="URL", help="where several processes share the class")
    add(
        "--code",
        help="teacher code, at least 6 letters or digits (made up at each start, and printed)",
    )
    add(
        "--chapters",
        type=Path,
        metavar="FOLDER",
        help="chapters of your own that everybody has in the lesson, a file of JSON each",
    )
    add(
        "--language",
        metavar="CODE",
        help="language of the pages, until somebody chooses another: en or de, for instance "
        "(that of each browser)",
    )
    add_several = partial(add, action=_Append, default=())
    add_several(
        "--origin",
        dest="origins",
        metavar="HOST",
        help="public host[:port] of the reverse proxy; may be given several times",
    )
    add_several(
        "--proxy",
        dest="proxies",
        metavar="ADDRESS",
        help="address of a reverse proxy whose X-Forwarded headers are trusted; may be given "
        "several times",
    )
    add_several(
        "--frame-ancestors",
        dest="frame_ancestors",
        metavar="SITE",
        help="a site that may show the page in a frame; may be given several times",
    )
    return parser


class _Append(argparse.Action):
    """Collects what is given several times, as values that do not change."""

    def __call__(self, _: Any, chosen: argparse.Namespace, value: Any, __: Any = None) -> None:
        setattr(chosen, self.dest, (*getattr(chosen, self.dest), value))


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
