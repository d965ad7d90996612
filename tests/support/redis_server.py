"""A real Redis for a test: it writes nothing to the disk, can hang, die and come back."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from support.patience import PATIENCE
from support.server import free_port


class RedisServer:
    """A Redis on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start, empty."""
        program = shutil.which("redis-server")
        assert program, "Install redis-server (`bash tests/run` does)."
        listens = ["--port", str(self._port), "--bind", "127.0.0.1"]
        command = [program, *listens, "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert any("Ready to accept connections" in line for line in self._process.stdout)

    def hang(self) -> None:
        """Stop answering, and keep all connections."""
        self._running.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._running.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End, and forget everything."""
        process, self._process = self._running, None
        process.kill()
        process.communicate(timeout=PATIENCE)
        assert list(self._folder.iterdir()) == [], "nothing of a class is written to the disk"

    @property
    def _running(self) -> subprocess.Popen[str]:
        assert self._process is not None
        return self._process


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    with TemporaryDirectory() as folder:
        server = RedisServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()
