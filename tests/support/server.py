"""The explorer's real server, as a person starts it, listening on a port of its own."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any

from core import Network
from support.patience import PATIENCE

ROOT = Path(__file__).parents[2]
STRICTLY = (sys.executable, "-W", "error")
#: Panel's own command asks for an event loop that nobody has opened: Python 3.12 and 3.13 warn,
#: and from 3.14 on Tornado opens one.
PANEL_SERVE = (
    *STRICTLY,
    *("-W", "ignore:There is no current event loop:DeprecationWarning"),
    *("-m", "panel", "serve"),
)
#: The same class as `neuron-explorer --class` serves, as the README starts it with Panel.
PANEL = (
    *(*PANEL_SERVE, "explorer/app.py", "explorer/teacher.py"),
    *("--index", "app", "--plugins", "explorer.plugin"),
)
#: The form of a training on a page of its own.
TRAINING_FORM: dict[str, Any] = {
    "command": (*PANEL_SERVE, "tests/support/training_form_app.py"),
    "page": "training_form_app",
}
CODE = "ABCD-EFGH"
#: The environment of a server: with what is patched in other packages, and without it.
PATCHES: dict[str, dict[str, str]] = {
    "patched": {},
    "unpatched": {"NEURON_EXPLORER_PATCHES": "off"},
}
_WORDS_OF_TROUBLE = ("warning", "error", "traceback", "exception", "ignored")
#: What Bokeh says when a tab is closed while an answer is on its way there.
_FAREWELL = "Failed sending message as connection was closed"


class Server:
    """A server that runs, and what it says to the person who started it."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        self._lines: list[str] = []
        self._told = Event()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def wait_until_it_listens(self) -> None:
        """It announces its address; a process that has ended announces nothing more."""
        assert self._told.wait(timeout=PATIENCE), "".join(self._lines)
        assert any("http://" in line for line in self._lines), "".join(self._lines)

    def complaints(self) -> list[str]:
        """Lines with a word of trouble since the last time that lines were asked for."""
        return [line for line in self.lines() if _is_trouble(line)]

    def lines(self) -> list[str]:
        """All lines since the last time, also those that nobody has read yet."""
        while self._listener.is_alive() and select.select([self.process.stdout], [], [], 0)[0]:
            sleep(0.001)
        lines, self._lines = self._lines, []
        return lines

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)
        self._listener.join(timeout=PATIENCE)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self._lines.append(line)
            if "http://" in line:
                self._told.set()
        self._told.set()


def _is_trouble(line: str) -> bool:
    return _FAREWELL not in line and any(word in line.lower() for word in _WORDS_OF_TROUBLE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    *options: str,
    command: Sequence[str] = (*STRICTLY, "-m", "explorer"),
    folder: Path = ROOT,
    page: str = "",
    port: int | None = None,
    **environment: str,
) -> Iterator[Server]:
    """Start a server in `folder`, wait until it listens, and end it at last."""
    port = free_port() if port is None else port
    process = subprocess.Popen(
        [*command, *options, "--port", str(port)],
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = Server(process, f"http://127.0.0.1:{port}/{page}")
    try:
        server.wait_until_it_listens()
        yield server
    finally:
        server.stop()


@contextmanager
def serving_network(network: Network, folder: Path) -> Iterator[Server]:
    """Serve a network of somebody's own, from a file; it must leave nothing to complain of."""
    file = folder / "other.npz"
    network.save(file)
    with serving("--network", str(file)) as server:
        yield server
        assert server.complaints() == []


@contextmanager
def serving_class(kind: str, *options: str) -> Iterator[Server]:
    """A class, served by the project's own command ("explorer") or by Panel's ("panel")."""
    if kind == "panel":
        with serving(*options, command=PANEL, NEURON_EXPLORER_CODE=CODE) as server:
            yield server
    else:
        with serving("--class", "--address", "127.0.0.1", "--code", CODE, *options) as server:
            yield server
