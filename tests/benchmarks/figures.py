"""A measured figure beside its floor or peer, and the table of a chapter's figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    ``beside`` are floors and peers by name, measured in the same run in the same ``unit``; None
    is one that is not installed here. ``target`` says in words what is to be reached, and ``met``
    whether it is; None for a figure without a target.
    """

    name: str
    value: float
    unit: str
    beside: dict[str, float | None] = field(default_factory=dict)
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Chapter:
    """The figures of one benchmark; ``failure`` says in one line why there are none."""

    title: str
    figures: tuple[Figure, ...] = ()
    failure: str = ""

    @property
    def met(self) -> bool:
        """Whether it was measured, and every figure meets its target."""
        return not self.failure and all(figure.met is not False for figure in self.figures)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0-1) of the values lie; not a number without values."""
    ordered = sorted(values) or [math.nan]
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def table(chapter: Chapter) -> str:
    """The figures of a chapter as text, in columns; or why there are none."""
    if chapter.failure:
        return f"{chapter.title}\n  not measured: {chapter.failure}"
    rows = [("", "measured", "beside it", "target", ""), *map(_row, chapter.figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join([chapter.title, *(line.rstrip() for line in lines)])


def _row(figure: Figure) -> tuple[str, str, str, str, str]:
    beside = " · ".join(f"{name} {_number(value)}" for name, value in figure.beside.items())
    met = {None: "", True: "yes", False: "NO"}[figure.met]
    return f"  {figure.name}", f"{_number(figure.value)} {figure.unit}", beside, figure.target, met


def _number(value: float | None) -> str:
    if value is None:
        return "not installed"
    value = float(value)
    return f"{value:,.0f}" if abs(value) >= 1000 or value.is_integer() else f"{value:.3g}"


def as_json(chapters: Iterable[Chapter], told: dict[str, Any]) -> dict[str, Any]:
    """The same for machines."""
    return {"machine": told, "chapters": [asdict(chapter) for chapter in chapters]}
