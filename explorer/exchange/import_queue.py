"""The line in which pages wait until a file that they have sent is read: one after the other.

What takes too long is given up, so that a file of any kind keeps nobody waiting for good.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import cache
from typing import Final

from core.errors import InputError
from explorer.exchange import import_worker
from explorer.exchange.import_worker import Found, SentFile
from explorer.texts import text
from explorer.transport.worker_process import ProcessEndedError, WorkerProcess

_SECONDS: Final = 30.0


class UnreadableError(InputError):
    """A file cannot be read here."""


class ImportQueue:
    """A worker process that is started when it is first needed, and anew after it has ended.

    Args:
        seconds: how long a file may take.
    """

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._process: WorkerProcess | None = None

    async def found(self, file: SentFile, choices: Mapping[str, str]) -> Found:
        """What `import_worker.found` returns for these.

        Raises:
            InputError: one sentence that says why there is no network.
        """
        async with self._turn:
            process = self._running()
            future = asyncio.wrap_future(process.submit(import_worker.found, file, choices))
            try:
                return await asyncio.wait_for(future, self._seconds)
            except TimeoutError:
                process.end()
                raise UnreadableError(text("import.slow", file=file.name)) from None
            except (
                asyncio.CancelledError
            ):  # nobody waits for it any more, but others for their turn
                process.end()
                raise
            except (ProcessEndedError, MemoryError):
                process.end()
                raise UnreadableError(text("import.large", file=file.name)) from None

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.end()

    def _running(self) -> WorkerProcess:
        if self._process is None or self._process.has_ended:
            self._process = WorkerProcess(import_worker.start)
        return self._process


@cache
def shared_queue() -> ImportQueue:
    """The one of this process."""
    return ImportQueue()
