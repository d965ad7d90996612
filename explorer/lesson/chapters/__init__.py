"""The chapters of the lesson, a file each; `explorer.lesson.chapter` says what is in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from explorer.lesson.chapter import Chapter, read_chapter

NAMES: Final = (
    *("neuron", "pixels", "layers", "weights", "sum", "sigmoid"),
    *("hope", "knobs", "learning", "backpropagation", "limits", "own"),
)
"""In their order."""


@cache
def chapters() -> dict[str, Chapter]:
    """The chapters by their names."""
    folder = Path(__file__).parent
    return {
        name: read_chapter((folder / f"{name}.json").read_text(encoding="utf-8")) for name in NAMES
    }
