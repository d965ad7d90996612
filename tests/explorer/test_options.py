"""What the person who starts the server may choose: it works, or is refused in one sentence."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from core.errors import InputError
from explorer.server.options import Options
from support.patience import PATIENCE
from support.plain_http import ask
from support.server import PANEL_SERVE, ROOT, STRICTLY, Server, free_port, serving


@contextmanager
def started(*command: str, **environment: str) -> Iterator[Server]:
    """A server whose address is the one that it announces itself."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = Server(process, "")
    try:
        server.wait_until_it_listens()
        server.address = re.findall(r"http://\S+", "".join(server.lines()))[0]
        yield server
    finally:
        server.stop()


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"port": 99_999}, "99999"),
        ({"port": -1}, "-1"),
        ({"sessions": 0}, "--sessions 0"),
        ({"sessions": -1}, "--sessions -1"),
        ({"processes": 0}, "--processes 0"),
        ({"processes": -1}, "--processes -1"),
        ({"training_workers": -1}, "--training-workers -1"),
        ({"training_workers": 1_001}, "--training-workers 1001"),
        ({"origins": ("http://class.example.org/",)}, "--origin http://class.example.org/"),
        ({"origins": ("a b",)}, "--origin a b"),
        ({"proxies": ("nginx",)}, "--proxy nginx"),
        ({"frame_ancestors": ("'none'; script-src *",)}, "script-src"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_a_sentence(options: dict[str, object], named: str) -> None:
    with pytest.raises(InputError, match=re.escape(named)) as refused:
        Options(**options).rules(None)  # type: ignore[arg-type]
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    "options",
    [
        *("--port=99999", "--sessions=0", "--sessions=-1", "--processes=0", "--processes=-1"),
        "--training-workers=-1",
    ],
)
def test_the_command_refuses_it_before_it_starts(options: str) -> None:
    done = subprocess.run(
        [*STRICTLY, "-m", "explorer", options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert options.partition("=")[2] in done.stderr


def test_any_free_port_can_be_asked_for_and_is_told() -> None:
    with started(*STRICTLY, "-m", "explorer", "--port", "0") as server:
        assert not server.address.endswith(":0/")
        assert ask(server.address).status == 200


def test_any_free_port_is_the_same_for_several_processes() -> None:
    with started(*STRICTLY, "-m", "explorer", "--port", "0", "--processes", "2") as server:
        assert all(ask(server.address).status == 200 for _ in range(8))


@pytest.mark.parametrize("options", [(), ("--class",)], ids=str)
def test_an_address_of_the_sixth_version_works(options: tuple[str, ...]) -> None:
    port = str(free_port())
    command = (*STRICTLY, "-m", "explorer", *options, "--address", "::1", "--port", port)
    with started(*command) as server:
        assert server.address == f"http://[::1]:{port}/"
        answer = ask(server.address)
        assert answer.status == 200
        assert f"ws://[::1]:{port}" in answer.headers["Content-Security-Policy"]
        if options:
            with urlopen(server.address + "invitation") as page:
                assert f">[::1]:{port}<" in page.read().decode()
        assert server.complaints() == []


def test_the_names_of_a_served_address_are_answered() -> None:
    assert "192.0.2.7" in Options().rules("192.0.2.7").names
    assert "[2001:db8::7]" in Options().rules("2001:db8:0::7").names
    assert "class.example.org" in Options(origins=("class.example.org:8080",)).rules(None).names


def test_places_are_divided_among_processes() -> None:
    assert Options(sessions=5, processes=2).rules(None).pages == 3


@pytest.mark.parametrize(
    ("chosen", "processes", "each"), [(None, 2, None), (0, 2, 0), (1, 2, 1), (5, 2, 3), (5, 1, 5)]
)
def test_training_workers_are_divided_among_processes(
    chosen: int | None, processes: int, each: int | None
) -> None:
    assert Options(training_workers=chosen, processes=processes).workers_each == each


def children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if folder.name.isdigit() and int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=lambda how: how.name)
@pytest.mark.parametrize(
    ("command", "options"),
    [
        ((*STRICTLY, "-m", "explorer"), ("--processes", "2")),
        (
            (*PANEL_SERVE, "explorer/app.py", "--plugins", "explorer.plugin"),
            ("--num-procs", "2"),
        ),
    ],
    ids=["explorer", "panel"],
)
def test_several_processes_end_with_their_parent(
    command: tuple[str, ...], options: tuple[str, ...], how: signal.Signals
) -> None:
    with serving(*options, command=command) as server:
        until(lambda: len(children(server.process.pid)) == 2)
        workers = children(server.process.pid)
        assert ask(server.address).status in (200, 302)
        server.process.send_signal(how)
        until(lambda: not any(lives(worker) for worker in workers))
