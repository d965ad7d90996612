"""A measured figure beside its floor or peer, and the table of them all."""

from __future__ import annotations

import math
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    ``beside`` are floors and peers by name, measured in the same run in the same ``unit``; None
    is one that is not installed here. ``wanted`` says in words what is wanted, and ``met`` whether
    it is; None for a figure that is only told.
    """

    name: str
    value: float
    unit: str
    beside: dict[str, float | None] = field(default_factory=dict)
    wanted: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Chapter:
    """The figures of one benchmark."""

    title: str
    figures: tuple[Figure, ...]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0-1) of the values lie; not a number without values."""
    ordered = sorted(values) or [math.nan]
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def machine(browser: str) -> dict[str, Any]:
    """What the figures come from."""
    packages = ("panel", "bokeh", "tornado", "numpy", "onnxruntime", "torch", "gradio")
    return {
        "processor": _processor(),
        "cores": psutil.cpu_count(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "chromium": browser,
        "load before": round(psutil.getloadavg()[0], 2),
        **{name: _version(name) for name in packages},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def table(chapters: Iterable[Chapter]) -> str:
    """All figures as text, in columns."""
    rows = [("", "measured", "beside it", "wanted", "")]
    for chapter in chapters:
        rows += [("", "", "", "", ""), (chapter.title, "", "", "", "")]
        rows += [_row(figure) for figure in chapter.figures]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _row(figure: Figure) -> tuple[str, str, str, str, str]:
    beside = " · ".join(f"{name} {_number(value)}" for name, value in figure.beside.items())
    met = {None: "", True: "yes", False: "NO"}[figure.met]
    return f"  {figure.name}", f"{_number(figure.value)} {figure.unit}", beside, figure.wanted, met


def _number(value: float | None) -> str:
    if value is None:
        return "not installed"
    value = float(value)
    return f"{value:,.0f}" if abs(value) >= 1000 or value.is_integer() else f"{value:.3g}"


def as_json(chapters: Iterable[Chapter], told: dict[str, Any]) -> dict[str, Any]:
    """The same for machines."""
    return {"machine": told, "chapters": [asdict(chapter) for chapter in chapters]}
