"""A worker process: it does what it is given, and is gone when its owner is, whatever ends that."""

from __future__ import annotations

import operator
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from core.worker_processes import begin_worker
from explorer.transport.worker_process import ProcessEndedError, RemoteTraceback, WorkerProcess
from support.patience import PATIENCE
from support.server import ROOT, STRICTLY

#: Starts a worker that is busy for ever, as does an idle one, and tells that they are there.
OWNER = """
import os, time
from core.worker_processes import begin_worker
from explorer.transport.worker_process import WorkerProcess
workers = [WorkerProcess(begin_worker) for _ in range(2)]
found = [worker.submit(os.getpid).result() for worker in workers]
workers[0].submit(time.sleep, 1000)
print(*found, flush=True)
"""


@pytest.fixture
def process() -> Iterator[WorkerProcess]:
    started = WorkerProcess(begin_worker)
    yield started
    started.end()


def test_it_calls_functions_elsewhere_one_after_the_other(process: WorkerProcess) -> None:
    found = [process.submit(operator.add, number, 1) for number in range(3)]
    assert [each.result(PATIENCE) for each in found] == [1, 2, 3]
    first, second = process.submit(os.getpid), process.submit(os.getpid)
    assert first.result(PATIENCE) == second.result(PATIENCE) != os.getpid()


def test_what_a_function_raises_is_raised_and_says_where(process: WorkerProcess) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        process.submit(operator.truediv, 1, 0).result(PATIENCE)
    assert isinstance(raised.value.__cause__, RemoteTraceback)
    assert "ZeroDivisionError" in str(raised.value.__cause__)
    assert process.submit(operator.add, 1, 1).result(PATIENCE) == 2


def test_what_cannot_be_sent_is_refused_and_the_next_call_is_made(process: WorkerProcess) -> None:
    with pytest.raises(Exception, match="pickle"):
        process.submit(operator.add, threading.Lock(), 1).result(PATIENCE)
    assert process.submit(operator.add, 1, 1).result(PATIENCE) == 2


def test_a_call_that_nobody_wants_any_more_is_not_made(process: WorkerProcess) -> None:
    under_way = process.submit(time.sleep, 0.2)
    waiting = process.submit(os.abort)
    assert waiting.cancel()
    under_way.result(PATIENCE)
    assert process.submit(operator.add, 1, 1).result(PATIENCE) == 2


def test_whatever_was_submitted_to_one_that_is_ended_is_refused(process: WorkerProcess) -> None:
    process.submit(os.getpid).result(PATIENCE)
    calls = [process.submit(time.sleep, 1000) for _ in range(2)]
    process.end()
    calls.append(process.submit(os.getpid))
    for each in calls:
        with pytest.raises(ProcessEndedError):
            each.result(PATIENCE)
    assert process.has_ended


def test_one_that_is_ended_before_it_has_started_does_nothing() -> None:
    process = WorkerProcess(begin_worker)
    call = process.submit(time.sleep, 1000)
    process.end()
    with pytest.raises(ProcessEndedError):
        call.result(PATIENCE)


def test_whoever_hears_that_it_has_ended_finds_it_ended(process: WorkerProcess) -> None:
    under_way = process.submit(os.kill, process.submit(os.getpid).result(PATIENCE), signal.SIGKILL)
    found: list[bool] = []
    under_way.add_done_callback(lambda _: found.append(process.has_ended))
    with pytest.raises(ProcessEndedError):
        under_way.result(PATIENCE)
    process.end()
    assert found == [True]


def test_one_that_was_killed_is_known_to_have_ended(process: WorkerProcess) -> None:
    os.kill(process.submit(os.getpid).result(PATIENCE), signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while not process.has_ended:
        assert time.monotonic() < end


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("number", [None, signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_none_is_left_when_its_owner_ends(number: signal.Signals | None) -> None:
    waits = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    waits += OWNER if number is None else f"{OWNER}time.sleep(1000)"
    owner = subprocess.Popen(
        [*STRICTLY, "-c", waits],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert owner.stdout is not None
    workers = owner.stdout.readline().split()
    assert len(workers) == 2
    if number == signal.SIGINT:  # as Ctrl-C does: every process of the terminal is sent it
        os.killpg(owner.pid, number)
    elif number is not None:
        owner.send_signal(number)
    _, said = owner.communicate(timeout=PATIENCE)  # until no process is left that could write
    assert said.splitlines()[-1:] == (["KeyboardInterrupt"] if number == signal.SIGINT else [])
    assert said.count("Traceback") == (number == signal.SIGINT)
    assert "leaked" not in said
