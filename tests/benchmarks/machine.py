"""The machine under measurement: what it is, and which programs and packages it has."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any


class NotInstalledError(Exception):
    """Something that a chapter needs is not on this machine; the text names it."""


def installed(module: str) -> bool:
    """Whether an optional peer is there."""
    return importlib.util.find_spec(module) is not None


def program(name: str) -> str:
    """The path of a program: named by an environment variable (CHROMIUM), or found on the path.

    Raises:
        NotInstalledError: there is no such program.
    """
    found = os.environ.get(name.upper()) or shutil.which(name)
    if found is None:
        raise NotInstalledError(f"{name} is not installed")
    return found


def described() -> dict[str, Any]:
    """What the figures come from."""
    packages = (
        "panel",
        "bokeh",
        "tornado",
        "numpy",
        "onnxruntime",
        "torch",
        "scikit-learn",
        "gradio",
    )
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "chromium": _chromium(),
        "load before": round(os.getloadavg()[0], 2),
        **{name: _version(name) for name in packages},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _chromium() -> str:
    try:
        command = [program("chromium"), "--version"]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    except (NotInstalledError, OSError):
        return "not installed"
    return told.stdout.strip().removeprefix("Chromium ")


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
