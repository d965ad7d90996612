"""``python -m core``: train and evaluate networks at the command line."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn

from core.cli import (
    activation_statistics,
    convert,
    crossvalidate,
    evaluate,
    ink,
    pictures,
    strokes,
    study,
    train,
)
from core.errors import InputError
from core.version import __version__

# The names that OpenBLAS, OpenMP, MKL and Accelerate look for when NumPy is imported.
_ONE_THREAD = {
    f"{library}_THREADS": "1"
    for library in ("OPENBLAS_NUM", "OMP_NUM", "MKL_NUM", "VECLIB_MAXIMUM")
}

_LONGEST = 400

_FAILED, _INTERRUPTED, _TERMINATED = 1, 130, 143


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, as everything else here does."""

    def error(self, message: str) -> NoReturn:
        """Called by argparse for arguments that it cannot read. Raises ``InputError``."""
        raise InputError(f"{message}; {self.prog} --help lists what can be given.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0, or 1 after one sentence on stderr.

    It is 130 when the command was interrupted. Raises ``SystemExit`` after ``--help``.
    """
    try:
        options = _parser().parse_args(arguments)
        options.run(options)
    except InputError as error:
        return _failed(str(error))
    except MemoryError:
        return _failed("This machine has too little memory for that; choose smaller numbers.")
    except KeyboardInterrupt as stopped:
        print(str(stopped) or "Stopped; nothing was written.", file=sys.stderr)
        return _INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m core", description="Train and evaluate networks that read digits."
    )
    parser.add_argument("--version", action="version", version=f"neuron-explorer {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in (
        *(train, study, crossvalidate, evaluate, convert),
        *(pictures, activation_statistics, strokes, ink),
    ):
        command.add_to(commands)
    return parser


def _failed(sentence: str) -> int:
    line = " ".join(sentence.splitlines())
    if len(line) > _LONGEST:  # somebody's own words are repeated: their ends will do
        line = f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"
    print("error:", line, file=sys.stderr)
    return _FAILED


def _run_process() -> int:
    """Run ``main`` as a process of its own, whose signals and output others decide about."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_TERMINATED))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # names of files can be any bytes
    try:
        try:
            return main()
        finally:
            sys.stdout.flush()
    except OSError as error:
        # Whoever read the output is gone, or its disk is full: Python would try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return _FAILED
        return _failed(f"The output cannot be written: {error.strerror}.")


def _run_on_one_thread() -> int:
    """Run where matrix products are never shared out among threads.

    Another number of threads adds in another order, and the same seed would give other bytes on
    another number of cores. Layers this small are no slower on one thread. NumPy reads the number
    when it is imported, which ``python -m core`` has done by now: hence it is started again, in
    this very process where that is possible, so that nothing is left running when it is ended.
    """
    if _ONE_THREAD.items() <= os.environ.items():
        return _run_process()
    command = [sys.executable, *sys.orig_argv[1:]]
    environment = {**os.environ, **_ONE_THREAD}
    if sys.platform == "win32":  # where a process cannot turn into another
        try:
            return subprocess.call(command, env=environment)
        except KeyboardInterrupt:
            return _INTERRUPTED
    os.execve(sys.executable, command, environment)


if __name__ == "__main__":
    sys.exit(_run_on_one_thread())
