"""A process that can be ended at any time, and that ends with whoever started it.

A `ProcessPoolExecutor` waits for its processes when the interpreter ends, however long they work,
and its queues are named semaphores, which stay behind when a signal ends it. Here a pipe joins the
two processes, which the system closes whatever happens, and nobody is waited for.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Lock, Thread
from traceback import format_exception
from typing import Any, Final, NamedTuple, TypeVar

from core.worker_processes import interrupts_deferred

Result = TypeVar("Result")

_SPAWN: Final = get_context("spawn")


class ProcessEndedError(BrokenExecutor):
    """The process has ended, or was ended, before it had done what it was given."""


class RemoteTraceback(Exception):  # noqa: N818 - it is the cause of an error, and none itself
    """Where in the other process an exception was raised, for the log."""


class WorkerProcess:
    """A process that calls one function after the other, as it is given them.

    Functions, arguments and results are pickled. It starts at once, and nobody waits for that.

    Args:
        initializer: what the process calls first, with the ``args``.
    """

    def __init__(self, initializer: Callable[..., None], *args: object) -> None:
        self._connection, theirs = _SPAWN.Pipe()
        given = (theirs, initializer, args)
        self._process = _SPAWN.Process(target=_work, args=given, daemon=True)
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._lock = Lock()
        self._is_over = False
        # A daemon, as is the process: the interpreter waits for neither of them.
        Thread(target=self._serve, args=(theirs,), daemon=True).start()

    @property
    def has_ended(self) -> bool:
        """Whether it does nothing any more."""
        return self._is_over or self._process.exitcode is not None

    def submit(self, function: Callable[..., Result], *args: object) -> Future[Result]:
        """Have a function called after all that were submitted before.

        The future raises what the function does, and `ProcessEndedError` if it is not called to the
        end.
        """
        future: Future[Result] = Future()
        with self._lock:
            if self._is_over:
                future.set_exception(ProcessEndedError())
            else:
                self._calls.put(_Call(future, function, args))
        return future

    def end(self) -> None:
        """End the process, whatever it does; what is submitted is not done."""
        with self._lock:
            self._is_over = True
            if self._process.pid is not None:
                self._process.terminate()
        self._calls.put(None)

    def _serve(self, theirs: Connection) -> None:
        """Start the process, and hand one call after the other over to it."""
        with self._lock, interrupts_deferred():
            if not self._is_over:
                self._process.start()
        theirs.close()  # of this process, so that the pipe ends when the other one does
        while (call := self._calls.get()) is not None and self._does(call):
            pass
        self.end()
        self._refuse_what_is_left()
        if self._process.pid is not None:
            self._process.join()
        self._connection.close()

    def _does(self, call: _Call) -> bool:
        """Whether the process was there to do it."""
        if not call.future.set_running_or_notify_cancel():
            return True
        try:
            outcome = self._outcome(call)
        except (EOFError, OSError):
            self.end()  # first, so that whoever hears of it can start another process at once
            call.future.set_exception(ProcessEndedError())
            return False
        except Exception as error:  # something cannot be pickled
            outcome = _Outcome(error=error)
        if outcome.error is None:
            call.future.set_result(outcome.result)
        else:
            call.future.set_exception(outcome.error)
        return True

    def _outcome(self, call: _Call) -> _Outcome:
        self._connection.send((call.function, call.args))
        outcome: _Outcome = self._connection.recv()
        if outcome.error is not None:
            outcome.error.__cause__ = RemoteTraceback(outcome.trace)
        return outcome

    def _refuse_what_is_left(self) -> None:
        while not self._calls.empty():
            call = self._calls.get()
            if call is not None and call.future.set_running_or_notify_cancel():
                call.future.set_exception(ProcessEndedError())


class _Call(NamedTuple):
    future: Future[Any]
    function: Callable[..., Any]
    args: tuple[object, ...]


class _Outcome(NamedTuple):
    result: Any = None
    error: Exception | None = None
    trace: str = ""


def _work(connection: Connection, initializer: Callable[..., None], args: tuple[Any, ...]) -> None:
    """What the process does, until the pipe is closed."""
    initializer(*args)
    with suppress(EOFError, OSError):
        while True:
            function, given = connection.recv()
            connection.send(_outcome_of(function, given))


def _outcome_of(function: Callable[..., Any], args: tuple[Any, ...]) -> _Outcome:
    try:
        return _Outcome(function(*args))
    except Exception as error:  # it is raised where the call came from
        return _Outcome(error=error, trace="".join(format_exception(error)))
