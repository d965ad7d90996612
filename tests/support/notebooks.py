"""Real notebooks, each with a server of its own: JupyterLab below a path, and marimo."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import FrameLocator, Page

from support.eventually import eventually
from support.explorer_page import Points
from support.patience import PATIENCE
from support.server import ROOT, free_port

#: Where a hub has the notebook of each user.
BASE = "/user/ada/"


@contextmanager
def jupyter(folder: Path, cells: Sequence[str]) -> Iterator[str]:
    """JupyterLab with a notebook of these cells; its address, the path of `BASE` included."""
    _write_notebook(folder / "lesson.ipynb", cells)
    port = free_port()
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.base_url": BASE,
        "ServerApp.root_dir": folder,
        "IdentityProvider.token": "",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    command = ["jupyterlab", "--no-browser", "--allow-root"]
    named = [f"--{name}={value}" for name, value in options.items()]
    address = f"http://127.0.0.1:{port}{BASE}"
    with _running([*command, *named], folder, f"{address}api"):
        yield address


@contextmanager
def marimo(folder: Path, cells: Sequence[str]) -> Iterator[str]:
    """Marimo with a notebook of these cells, each with the names that it takes; its address."""
    written = "\n".join(f"@app.cell\n{cell}\n" for cell in cells)
    (folder / "lesson.py").write_text(f"import marimo\napp = marimo.App()\n{written}")
    port = free_port()
    where = ["--host", "127.0.0.1", "--port", str(port), str(folder / "lesson.py")]
    quiet = ["--headless", "--no-token", "--skip-update-check"]
    with _running(["marimo", "edit", *quiet, *where], folder, f"http://127.0.0.1:{port}/health"):
        yield f"http://127.0.0.1:{port}/"


def draw(page: Page, frame: FrameLocator, points: Points) -> None:
    """Draw a stroke on the pad of the page in a frame, however small that is shown."""
    box = frame.get_by_test_id("pad").bounding_box()
    assert box is not None
    places = [
        (box["x"] + x / 28 * box["width"], box["y"] + y / 28 * box["height"]) for x, y in points
    ]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=3)
    page.mouse.up()


def _write_notebook(file: Path, cells: Sequence[str]) -> None:
    kind = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {
        "cells": [{**kind, "id": f"cell-{i}", "source": cell} for i, cell in enumerate(cells)],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    file.write_text(json.dumps(content))


@contextmanager
def _running(command: Sequence[str], home: Path, probe: str) -> Iterator[None]:
    """A program of Python's that knows no settings of whoever tests, until it answers and on."""
    own = {"HOME": str(home), "IPYTHONDIR": str(home), "PYTHONPATH": str(ROOT)}
    for kind in ("CONFIG", "DATA", "RUNTIME"):
        own[f"JUPYTER_{kind}_DIR"] = str(home / kind.lower())
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=os.environ | own,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        eventually(lambda: _answers(probe))
        yield
    except AssertionError as error:
        error.add_note((home / "log").read_text()[-3000:])
        raise
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _answers(address: str) -> None:
    is_there = False
    with suppress(URLError, ConnectionError), urlopen(address, timeout=PATIENCE) as answer:
        is_there = answer.status == 200
    assert is_there, address
