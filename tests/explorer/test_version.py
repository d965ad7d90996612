"""The version is written in one place, and everything that tells it tells the same."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

import core
from core.__main__ import main
from explorer.__main__ import main as serve

ROOT = Path(core.__file__).parents[1]


@pytest.mark.parametrize("command", [main, serve])
def test_both_commands_tell_the_version(command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"neuron-explorer {core.__version__}\n"


def test_the_installed_package_has_it_too() -> None:
    assert version("neuron-explorer") == core.__version__


def test_the_newest_entry_of_the_changes_is_of_this_version() -> None:
    changes = (ROOT / "assets" / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = re.findall(r"^## (.+)$", changes, re.MULTILINE)
    assert entries[0] == core.__version__
    numbers = [tuple(map(int, entry.split("."))) for entry in entries]
    assert numbers == sorted(numbers, reverse=True)
