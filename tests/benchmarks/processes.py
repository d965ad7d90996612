"""Servers under measurement: started as a person starts them, with their clocks and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from machine import installed, program

from support.redis_server import redis_server
from support.server import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

#: How an explorer is started; a port follows.
EXPLORER = (sys.executable, "-m", "explorer")
ECHO = (sys.executable, str(HERE / "echo_app.py"))
PLAIN_PANEL = (sys.executable, str(HERE / "plain_panel.py"))
GRADIO = (sys.executable, str(HERE / "gradio_sketchpad.py"))

_TROUBLE = ("warning", "error", "traceback", "exception")


@dataclass(frozen=True)
class Process:
    """A server that answers at ``address``; ``cold_start`` is seconds from the command to that."""

    address: str
    cold_start: float
    process: psutil.Process
    log: Path

    def cpu(self) -> float:
        """Seconds of the processor that the server and its children have used."""
        return sum(sum(each.cpu_times()[:2]) for each in self._family())

    def memory(self) -> float:
        """Megabytes that are its own: what would come free if it ended."""
        return sum(each.memory_full_info().uss for each in self._family()) / 1e6

    def complaints(self) -> list[str]:
        """Lines that it wrote with a word of trouble."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if any(word in line.lower() for word in _TROUBLE)]

    def _family(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def redis() -> Iterator[str]:
    """A Redis that keeps everything in memory; yields its URL.

    Raises:
        NotInstalledError: there is no redis-server.
        ModuleNotFoundError: the package redis, which the explorer needs for it, is missing.
    """
    if not installed("redis"):
        raise ModuleNotFoundError(name="redis")
    program("redis-server")  # raises if there is none
    with redis_server() as server:
        yield server.url


@contextmanager
def running(command: Sequence[str], *options: str) -> Iterator[Process]:
    """Start a server on a free port, wait until it answers, and end it at last."""
    port = free_port()
    # A byte counter stands between the browser and the server at times: any origin may ask.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BOKEH_ALLOW_WS_ORIGIN": "*"}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        start = time.perf_counter()
        with log.open("wb") as file:
            process = subprocess.Popen(
                [*command, "--port", str(port), *options],
                cwd=ROOT,
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait_for(address, process, log)
            cold = time.perf_counter() - start
            yield Process(address, cold, psutil.Process(process.pid), log)
        finally:
            _end(process)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                answer.read()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise RuntimeError(f"{process.args} does not answer:\n{log.read_text(encoding='utf-8')}")


def _end(process: subprocess.Popen[bytes]) -> None:
    family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    for each in (process, *family):
        each.terminate()
    process.wait(timeout=20)
    psutil.wait_procs(family, timeout=20)
