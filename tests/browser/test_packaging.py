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
    wheel: Path, tmp_path: Path, visit: Visit
) -> None:
    venv.create(tmp_path / "empty", with_pip=False)
    programs = tmp_path / "empty" / "bin"
    subprocess.run([*PIP, "--python", programs / "python", "install", wheel], check=True)
    (tmp_path / "elsewhere").mkdir()
    command = (str(programs / "neuron-explorer"),)
    with serving(command=command, folder=tmp_path / "elsewhere") as server:
        explorer = visit(address=server.address)
        explorer.draw(SEVEN)
        np.testing.assert_allclose(
            explorer.column("neurons", "activation"),
            np.concatenate(explorer.expected.trace.a),
            atol=1e-5,
        )
        explorer.page.close()
        assert server.complaints() == []
