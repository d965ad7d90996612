"""Built, installed into an empty environment, and started from another folder, as people do it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from core import __version__
from support.explorer_page import SEVEN, Visit
from support.server import ROOT, serving

PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")

CONTAINER = ROOT / "assets" / "Containerfile"

#: What belongs to a release: its sources, and what a person reads.
SOURCES = ("core", "explorer", "assets", "README.md", "LICENSE", "pyproject.toml", ".gitignore")


def build(source: Path, folder: Path) -> tuple[Path, Path]:
    """The wheel and the source archive of a checkout, the wheel made from the archive."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,), (archive,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, archive


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(ROOT, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def wheel(built: tuple[Path, Path]) -> Path:
    return built[0]


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs are of an environment in which the wheel is installed, and no more."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=False)
    # What is never imported need not be compiled.
    install = ("--python", folder / "bin" / "python", "install", "--no-compile", wheel)
    subprocess.run([*PIP, *install], check=True)
    return folder / "bin"


def copy_of_sources(folder: Path) -> Path:
    """What a release is made of, in another place, with another date and other rights."""
    for name in SOURCES:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    for path in folder.rglob("*"):
        os.utime(path, (1e9, 1e9))
        path.chmod(0o700 if path.is_dir() else 0o600)
    return folder


def test_the_same_sources_give_the_same_bytes_anywhere(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "sources").mkdir()
    again = build(copy_of_sources(tmp_path / "sources"), tmp_path / "built")
    for first, second in zip(built, again, strict=True):
        assert first.name == second.name
        assert first.read_bytes() == second.read_bytes(), first.name


def test_the_wheel_carries_everything_that_the_page_needs(wheel: Path) -> None:
    carried = set(ZipFile(wheel).namelist())
    scripts = {
        str(file.relative_to(ROOT))
        for kind in ("*.py", "*.js", "*.css", "*.html", "*.lua", "*.json", "*.md", "py.typed")
        for room in ("core", "explorer")
        for file in (ROOT / room).rglob(kind)
    }
    assert {"core/py.typed", "explorer/py.typed", "core/GUIDE.md"} <= scripts
    assets = {
        f"core/_assets/{file.relative_to(ROOT / 'assets')}"
        for kind in ("networks/*.npz", "drawings/*.json")
        for file in (ROOT / "assets").glob(kind)
    }
    assert len(assets) > 30
    own = {name for name in carried if ".dist-info/" not in name}
    assert own == scripts | assets
    assert any(name.endswith("licenses/LICENSE") for name in carried)


def test_the_source_archive_holds_what_a_release_is_made_of_and_no_more(
    built: tuple[Path, Path],
) -> None:
    with tarfile.open(built[1]) as archive:
        names = [member.name.split("/", 1)[1] for member in archive.getmembers()]
    first = {name.split("/")[0] for name in names}
    assert first == {*SOURCES, "PKG-INFO"}
    assert not any("__pycache__" in name or name.endswith((".pyc", ".gz")) for name in names)


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


@pytest.mark.parametrize("command", ["uvx --from", "pipx run --spec"])
def test_the_wheel_runs_without_being_installed(command: str, wheel: Path, tmp_path: Path) -> None:
    said = subprocess.run(
        [*shlex.split(command), wheel, "neuron-explorer", "--version"],
        cwd=tmp_path,
        env=os.environ | {"PIPX_HOME": str(tmp_path), "UV_TOOL_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines()[-1] == f"neuron-explorer {__version__}"


TYPED = """\
from core import Network, pretrained

network: Network = pretrained()["default"]
reveal_type(network.trace([0.0] * 784).outputs)
network.trace(image=3)
"""


def test_programs_that_use_it_are_checked_by_its_types(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(TYPED, encoding="utf-8")
    options = ("--python-executable", programs / "python", "--cache-dir", tmp_path / "cache")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "mine.py"],
        cwd=tmp_path,
        env={name: each for name, each in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'mine.py:4: note: Revealed type is "numpy.ndarray[' in done.stdout
    assert 'mine.py:5: error: Unexpected keyword argument "image"' in done.stdout
    assert "Found 1 error" in done.stdout


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


def test_the_container_is_given_what_the_wheel_is_built_from_and_starts_a_class(
    programs: Path,
) -> None:
    """That it can be built at all is not tested here, for want of what builds it."""
    lines = [line.split() for line in CONTAINER.read_text("utf-8").splitlines()]
    copies = [line[1:-1] for line in lines if line[:1] == ["COPY"] and "--from=build" not in line]
    given = {name for names in copies for name in names}
    assert given == {*SOURCES} - {".gitignore"}
    let_through = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {line[1:] for line in let_through if line.startswith("!")} == given
    (entry,) = (json.loads(" ".join(line[1:])) for line in lines if line[:1] == ["ENTRYPOINT"])
    wrong = ("--origin", "192.0.2.7:5006", "--training-workers", "-1")
    command = [programs / entry[0], *entry[1:], *wrong]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "--training-workers -1 is no number" in said.stderr, "all else is understood"
