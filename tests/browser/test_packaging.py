"""Installed from a wheel into an empty environment, and started from another folder."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from support.explorer_page import SEVEN, Visit
from support.server import ROOT, serving

PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([*PIP, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs are of an environment in which the wheel is installed, and no more."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=False)
    # What is never imported need not be compiled.
    install = ("--python", folder / "bin" / "python", "install", "--no-compile", wheel)
    subprocess.run([*PIP, *install], check=True)
    return folder / "bin"


def test_the_wheel_carries_everything_that_the_page_needs(wheel: Path) -> None:
    carried = set(ZipFile(wheel).namelist())
    scripts = {
        str(file.relative_to(ROOT))
        for kind in ("*.py", "*.js", "*.css", "*.html")
        for room in ("core", "explorer")
        for file in (ROOT / room).rglob(kind)
    }
    assert scripts <= carried
    assert "core/_assets/networks/default.npz" in carried
    assert any(name.endswith("licenses/LICENSE") for name in carried)
    assert not any(name.startswith("tests") for name in carried)


def test_the_installed_command_serves_the_page_from_any_folder(
    programs: Path, tmp_path: Path, visit: Visit
) -> None:
    command = (str(programs / "neuron-explorer"),)
    with serving(command=command, folder=tmp_path) as server:
        explorer = visit(address=server.address)
        explorer.draw(SEVEN)
        np.testing.assert_allclose(
            explorer.column("neurons", "activation"),
            np.concatenate(explorer.expected.trace.a),
            atol=1e-5,
        )
        explorer.page.close()
        assert server.complaints() == []


def test_an_installed_study_has_a_page_and_says_how_to_get_dask(
    programs: Path, tmp_path: Path
) -> None:
    command = [programs / "python", "-m", "core", "study", "--images", "300", "--epochs", "1"]
    few = ["--hidden", "2", "--layers", "1", "--seeds", "1"]
    done = subprocess.run(
        [*command, *few, "--dask", "tcp://127.0.0.1:9"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "install it with pip install 'neuron-explorer[dask]'" in done.stderr
    subprocess.run([*command, *few], cwd=tmp_path, check=True)
    assert "1 of 1 trained" in (tmp_path / "study" / "study.html").read_text("utf-8")
