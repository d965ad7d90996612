"""Processes that work for a command, and end with it, whatever ends it."""

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from threading import Thread
from typing import Final

MOST_WORKERS: Final = 61 if sys.platform == "win32" else 1_000
"""Windows can wait for no more at a time."""


def usual_workers() -> int:
    """One fewer than there are cores, so that the machine stays of use; at least one."""
    return max((os.cpu_count() or 1) - 1, 1)


@contextmanager
def worker_processes(count: int) -> Iterator[Executor]:
    """An executor of up to ``count`` processes.

    When the block ends well they finish what they were given. When it raises, be it because of
    Ctrl-C, they are ended at once.
    """
    others = set(active_children())
    pool = ProcessPoolExecutor(count, get_context("spawn"), begin_worker)
    try:
        yield pool
    except BaseException:
        for worker in set(active_children()) - others:
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def interrupts_deferred() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM wait until the block ends, also for processes that start in it.

    The keys interrupt every process of a terminal, also one that is only about to start and would
    complain of it, or of a parent that ends before it has said what to do. What they mean for the
    workers is for the command to say.
    """
    if sys.platform == "win32":  # where a signal cannot wait
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin_worker() -> None:
    """What a worker does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":  # it waits since the start, see `interrupts_deferred`
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that was killed can end nobody, and its workers would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
