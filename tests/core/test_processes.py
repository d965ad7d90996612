"""`python -m core` as a process: whoever ends it, nothing of it is left, on disk or running."""

import os
import select
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import core
from support.patience import PATIENCE

if sys.platform == "win32":
    pytest.skip("a terminal is needed to watch it", allow_module_level=True)

import pty

ROOT = Path(core.__file__).parents[1]
MANY_THREADS = {name: value for name, value in os.environ.items() if "_THREADS" not in name}


class Watched:
    """A process tree whose standard error is a terminal, which closes when the last one ends."""

    def __init__(self, arguments: list[str]) -> None:
        self._screen, terminal = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "core", *arguments],
            cwd=ROOT,
            env=MANY_THREADS,
            stdout=subprocess.DEVNULL,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)

    def wait_for(self, words: bytes) -> bytes:
        """What was shown up to these words; all, if it ends before."""
        shown = b""
        while words not in shown:
            assert select.select([self._screen], [], [], PATIENCE)[0], shown
            try:
                shown += os.read(self._screen, 1000)
            except OSError:  # nobody is left who could write
                return shown
        return shown

    def wait_for_the_last(self) -> bytes:
        """What is shown until no process of the tree is left."""
        return self.wait_for(b"never shown")

    def close(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._screen)


@contextmanager
def watched(*arguments: str) -> Iterator[Watched]:
    tree = Watched(list(arguments))
    try:
        yield tree
    finally:
        tree.close()


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)],
)
def test_a_training_that_is_ended_ends_whole(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    # Tests that run in the background are told to ignore it, and so would be what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    options = ["--images", "2000", "--epochs", "100000", "--output", str(tmp_path / "net.npz")]
    with watched("train", *options) as tree:
        tree.wait_for(b"epoch 1,")
        tree.process.send_signal(number)
        shown = tree.wait_for_the_last()
        assert tree.process.wait() == code
        assert b"Traceback" not in shown
    assert list(tmp_path.iterdir()) == []


STUDY = shlex.split(
    "study --images 300 --batch-size 50 --hidden 2 --layers 1 --seeds 900 --workers 2",
)


@pytest.mark.parametrize(
    ("epochs", "words"),
    [("1000000", b"Training 900 networks"), ("1", b"seed 0: ")],
    ids=["while workers start", "after a result"],
)
@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)],
)
def test_a_study_that_is_ended_keeps_its_results_and_leaves_no_process(
    tmp_path: Path, number: signal.Signals, code: int, epochs: str, words: bytes
) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with watched(*STUDY, "--epochs", epochs, "--output", str(tmp_path)) as tree:
        shown = tree.wait_for(words)
        wait_for_workers(tree.process.pid)
        if number == signal.SIGINT:  # as Ctrl-C does: every process of the terminal is sent it
            os.killpg(tree.process.pid, number)
        else:
            tree.process.send_signal(number)
        shown += tree.wait_for_the_last()
        assert tree.process.wait() == code
    kept = list(tmp_path.glob("*-seed-*.json"))
    assert all(each.with_suffix(".npz").exists() for each in kept)
    assert kept or words != b"seed 0: "
    # A worker that finds its parent killed while it still reads what to do is Python's own to tell.
    assert b"Traceback" not in shown or number == signal.SIGKILL
    if number == signal.SIGINT:
        assert f"Stopped; {len(kept)} of 900 results are kept in {tmp_path}".encode() in shown


def test_a_study_whose_worker_is_killed_says_so_and_keeps_its_results(tmp_path: Path) -> None:
    with watched(*STUDY, "--epochs", "1", "--output", str(tmp_path)) as tree:
        tree.wait_for(b"seed 0: ")
        os.kill(wait_for_workers(tree.process.pid)[0], signal.SIGKILL)
        shown = tree.wait_for_the_last()
        assert tree.process.wait() == 1
    kept = len(list(tmp_path.glob("*-seed-*.json")))
    assert kept > 0
    assert b"Traceback" not in shown
    assert b"error: A worker process was killed, perhaps for lack of memory; " in shown
    assert (
        f"{kept} of 900 results are kept in {tmp_path}, and the same command goes".encode() in shown
    )


def test_no_worker_of_a_study_hears_of_ctrl_c_not_even_while_it_starts(tmp_path: Path) -> None:
    with watched(*STUDY, "--epochs", "1", "--output", str(tmp_path)) as tree:
        for worker in wait_for_workers(tree.process.pid):
            os.kill(worker, signal.SIGINT)
        assert b"Traceback" not in tree.wait_for(b"seed 1: ")
        assert tree.process.poll() is None


def wait_for_workers(parent: int) -> list[int]:
    """The two worker processes that a command starts."""
    until = time.monotonic() + PATIENCE
    workers: list[int] = []
    while len(workers) < 2:
        assert time.monotonic() < until
        command = ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(parent)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        listed = [line for line in done.stdout.splitlines() if "spawn_main" in line]
        workers = [int(line.split()[0]) for line in listed]
    return workers


def test_output_that_nobody_reads_or_that_finds_no_room_is_no_traceback() -> None:
    command = [sys.executable, "-m", "core", "evaluate", "--only-mnist", "--lens", "off"]
    reader, writer = os.pipe()
    os.close(reader)
    unread = subprocess.run(
        command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (unread.returncode, unread.stderr) == (1, "")
    if Path("/dev/full").exists():
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert done.returncode == 1
        assert done.stderr == "error: The output cannot be written: No space left on device.\n"


def test_a_name_that_is_no_text_can_be_written_to_and_told(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path / "net") + b"\xff.npz"
    options = ["--recipe", "untrained", "--output", os.fsdecode(path)]
    done = subprocess.run(
        [sys.executable, "-m", "core", "train", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert os.path.exists(path)
    assert "net\\udcff.npz" in done.stdout
