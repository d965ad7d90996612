"""``python -m core``: train and evaluate networks at the command line."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

from core.commands import crossvalidate, evaluate, ink, profile, strokes, train
from core.errors import InputError

# The names that OpenBLAS, OpenMP, MKL and Accelerate look for when NumPy is imported.
_ONE_THREAD = {
    f"{library}_THREADS": "1"
    for library in ("OPENBLAS_NUM", "OMP_NUM", "MKL_NUM", "VECLIB_MAXIMUM")
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0, or 1 after one sentence on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m core", description="Train and evaluate networks that read digits."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in (train, crossvalidate, evaluate, profile, strokes, ink):
        command.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return 130
    return 0


def _main_on_one_thread() -> int:
    """Run ``main`` where matrix products are never shared out among threads.

    Another number of threads adds in another order, and the same seed would give other bytes on
    another number of cores. Layers this small are no slower on one thread. NumPy reads the number
    when it is imported, which ``python -m core`` has done by now: hence a second process.
    """
    if _ONE_THREAD.items() <= os.environ.items():
        return main()
    try:
        return subprocess.call(
            [sys.executable, *sys.orig_argv[1:]], env={**os.environ, **_ONE_THREAD}
        )
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(_main_on_one_thread())
