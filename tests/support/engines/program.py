"""A program that runs as long as it is needed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which
from typing import Any

from support.patience import PATIENCE


@contextmanager
def running(name: str, *arguments: str, **options: Any) -> Iterator[None]:
    """Start a program that Debian's packages bring, keep what it says to itself, and end it."""
    command = (found(name), *arguments)
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **silent | options)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def found(name: str) -> str:
    """The path of a program."""
    path = which(name)
    assert path, f"Install {name} (`bash tests/run` does)."
    return path
