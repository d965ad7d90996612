"""`neuron-explorer` at the command line: what a mistake costs, and what it says."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import explorer
from core import Network
from explorer.__main__ import main
from support.patience import PATIENCE

ROOT = Path(explorer.__file__).parents[1]


def run(*options: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The command as a program of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "explorer", *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def sentence(code: int, out: str, err: str) -> str:
    """The one sentence that a mistake costs."""
    assert code == 1
    assert out == ""
    lines = err.splitlines()
    assert len(lines) == 1, err
    return lines[0]


#: Calls the command, which must refuse its options; returns the sentence.
Refused = Callable[..., str]


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refused:
    """The command in this process, which is told if it begins to serve after all."""

    def serve(*_: object, **__: object) -> None:
        raise AssertionError("it serves")

    monkeypatch.setattr("explorer.server.serving.get_server", serve)
    return lambda *options: sentence(main(options), *capsys.readouterr())


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    for option in ("--port", "--address", "--network", "--show"):
        assert option in told


def test_a_port_that_is_in_use_is_named(taken_port: int) -> None:
    done = run("--port", str(taken_port))
    said = sentence(done.returncode, done.stdout, done.stderr)
    assert str(taken_port) in said
    assert "--port" in said


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be_is_named(refused: Refused, port: str) -> None:
    assert port in refused(f"--port={port}")


def test_an_address_of_another_machine_is_named(refused: Refused) -> None:
    assert "192.0.2.1" in refused("--address", "192.0.2.1")


def test_a_missing_network_is_named(refused: Refused, tmp_path: Path) -> None:
    said = refused("--network", str(tmp_path / "absent.npz"))
    assert "absent.npz" in said
    assert re.search("No such file", said)


def test_a_file_that_is_no_network_is_named(refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "letter.npz"
    path.write_text("Dear network,")
    assert "letter.npz" in refused("--network", str(path))


def test_a_network_of_other_sizes_is_refused(refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "small.npz"
    Network.random((4, 3, 2), seed=0).save(path)
    assert "The network has 4 inputs" in refused("--network", str(path))


@pytest.mark.parametrize("code", ["", "----", "1", "AAAA-AAAA"])
def test_a_teacher_s_code_that_is_easily_guessed_is_refused(refused: Refused, code: str) -> None:
    said = refused("--class", "--address", "127.0.0.1", f"--code={code}")
    assert "6 to 40 letters or digits, at least 4 of them different" in said


@pytest.mark.parametrize("option", ["--code=ABCD-EFGH", "--redis=redis://localhost"])
def test_an_option_of_a_class_without_a_class_is_refused(refused: Refused, option: str) -> None:
    said = refused("--port", "0", option)
    assert option.partition("=")[0] in said
    assert "--class" in said


@pytest.mark.parametrize(
    ("set_to", "wanted"),
    [
        ({"NEURON_EXPLORER_CODE": "----"}, "6 to 40 letters or digits"),
        ({"NEURON_EXPLORER_REDIS": "redis://localhost"}, "NEURON_EXPLORER_CODE=ABCD-EFGH"),
        (
            {"NEURON_EXPLORER_TRAINING_WORKERS": "two"},
            "NEURON_EXPLORER_TRAINING_WORKERS must be a whole number from 0 to 1,000, not 'two'.",
        ),
    ],
)
def test_panel_serve_refuses_the_same(set_to: dict[str, str], wanted: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "panel", "serve", "explorer/app.py", "--plugins", "explorer.plugin"],
        cwd=ROOT,
        env=os.environ | set_to,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert [wanted in line for line in done.stderr.splitlines()][-1:] == [True]
    assert "Traceback" not in done.stderr


def test_a_core_of_somebody_else_is_not_taken_for_ours(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "core", tmp_path / "core", ignore=shutil.ignore_patterns("__pycache__"))
    done = run("--port", "0", folder=tmp_path)
    said = sentence(done.returncode, done.stdout, done.stderr)
    assert str(tmp_path) in said
    assert "neuron-explorer" in said
