"""The worker processes of a server, and the line of those who wait for one.

Whoever trains holds a worker for a turn, which is over after a while if somebody else waits.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from functools import cache
from reprlib import repr as shortened
from time import monotonic
from typing import Final, TypeVar

from core.errors import InputError
from core.training.settings import Whole
from core.worker_processes import MOST_WORKERS, usual_workers
from explorer.texts import text
from explorer.training import worker
from explorer.training.call_progress import CallProgress
from explorer.transport.worker_process import ProcessEndedError, WorkerProcess

Result = TypeVar("Result")

#: The environment says what the option `--training-workers` says to the project's own command.
TRAINING_WORKERS: Final = "NEURON_EXPLORER_TRAINING_WORKERS"

_COUNTS: Final = Whole(MOST_WORKERS, least=0)
_TURN_SECONDS: Final = 20.0


class WorkerKilledError(InputError):
    """A worker process has ended in the middle of its work."""


class Worker:
    """A process that is started when it is first needed, and anew after it was killed.

    It does one thing at a time, for whoever holds its turn.
    """

    def __init__(self) -> None:
        self._progress = CallProgress()
        self._calls = 0
        self._process: WorkerProcess | None = None

    @property
    def progress(self) -> float:
        """The share of the present call that is done, 0-1."""
        return self._progress.share

    async def call(self, function: Callable[..., Result], *args: object) -> Result:
        """What a function of `worker` returns there; it goes on in vain if this is cancelled.

        Raises:
            WorkerKilledError: the process has ended before.
            Exception: what the function raises.
        """
        self._calls += 1
        number = self._calls
        try:
            return await asyncio.wrap_future(self._submit(number, function, *args))
        except asyncio.CancelledError:
            self._progress.cancel(number)
            raise
        except ProcessEndedError:
            raise WorkerKilledError(text("training.killed")) from None

    def stop(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def _submit(
        self, number: int, function: Callable[..., Result], *args: object
    ) -> Future[Result]:
        if self._process is None or self._process.has_ended:
            self.stop()
            self._process = WorkerProcess(worker.start, self._progress)
        return self._process.submit(worker.numbered, number, function, *args)


class Turn:
    """The time during which somebody holds a worker."""

    def __init__(self, worker: Worker, is_over: Callable[[], bool]) -> None:
        self.worker = worker
        self._is_over = is_over

    @property
    def is_over(self) -> bool:
        """Whether the worker is to be given to the next in line."""
        return self._is_over()


class Workers:
    """So many worker processes, for one event loop.

    Args:
        count: how many; with 0 there is no training.
        turn_seconds: how long somebody keeps a worker while others wait.
    """

    def __init__(self, count: int, turn_seconds: float = _TURN_SECONDS) -> None:
        self.count = count
        self._turn_seconds = turn_seconds
        self._all = [Worker() for _ in range(count)]
        self._free = list(self._all)
        self._line: deque[_Waiting] = deque()

    @asynccontextmanager
    async def turn(self, told: Callable[[int], None] | None = None) -> AsyncIterator[Turn]:
        """Hold a worker; ``told`` hears one's place in line, 1 is the next, as long as one waits.

        Raises:
            InputError: there is no training here.
        """
        if not self.count:
            raise InputError(text("training.forbidden"))
        held = await self._worker(told)
        end = monotonic() + self._turn_seconds
        try:
            yield Turn(held, lambda: bool(self._line) and monotonic() >= end)
        finally:
            self._give_back(held)

    def stop(self) -> None:
        """End all processes."""
        for each in self._all:
            each.stop()

    async def _worker(self, told: Callable[[int], None] | None) -> Worker:
        if self._free:
            return self._free.pop()
        waiting = _Waiting(told or (lambda place: None))
        self._line.append(waiting)
        self._announce()
        try:
            return await waiting.worker
        except asyncio.CancelledError:
            self._leave(waiting)
            raise

    def _leave(self, waiting: _Waiting) -> None:
        if waiting in self._line:
            self._line.remove(waiting)
            self._announce()
        elif waiting.worker.done() and not waiting.worker.cancelled():
            self._give_back(waiting.worker.result())

    def _give_back(self, free: Worker) -> None:
        while self._line:
            waiting = self._line.popleft()
            if not waiting.worker.done():
                waiting.worker.set_result(free)
                self._announce()
                return
        self._free.append(free)

    def _announce(self) -> None:
        for place, waiting in enumerate(self._line, start=1):
            waiting.told(place)


class _Waiting:
    """Somebody in line."""

    def __init__(self, told: Callable[[int], None]) -> None:
        self.told = told
        self.worker: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()


@cache
def shared_workers() -> Workers:
    """Those of this process, as many as `number_of_workers` says."""
    return Workers(number_of_workers())


def check_workers() -> None:
    """Raise `InputError`, with one sentence, where nothing is trained."""
    if not number_of_workers():
        raise InputError(text("training.forbidden"))


def number_of_workers() -> int:
    """How many a process has: what the environment says, else one fewer than there are cores.

    Raises:
        InputError: the environment says no such number.
    """
    chosen = os.environ.get(TRAINING_WORKERS)
    if chosen is None:
        return usual_workers()
    with suppress(ValueError):
        if _COUNTS.holds(count := _COUNTS.read(chosen)):
            return count
    raise InputError(f"{TRAINING_WORKERS} must be {_COUNTS}, not {shortened(chosen)}.")
