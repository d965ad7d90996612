"""Every text of the page, one catalogue a language; the scripts read the same (`browser/texts.js`).

A text may have `{placeholders}`. Where it depends on a number it is written for each plural form
of the language, and the number is called `count`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_CATALOGUE = Path(__file__).with_name("en.json")


def text(key: str, **values: Any) -> str:
    """The text of this name, with these values in its placeholders.

    Raises:
        KeyError: there is no such text, or a value is missing.
    """
    pattern = catalogue()[key]
    if not isinstance(pattern, str):
        pattern = pattern["one" if values["count"] == 1 else "other"]
    shown = {name: number(each) if name == "count" else each for name, each in values.items()}
    return pattern.format_map(shown)


def number(value: float, digits: int = 0) -> str:
    """A number for people: thousands are set apart, so many `digits` stand behind the point."""
    return f"{value:,.{digits}f}"


@cache
def catalogue() -> dict[str, str | dict[str, str]]:
    """All texts by their names; those that depend on a number by plural form ("one", "other")."""
    found: dict[str, str | dict[str, str]] = json.loads(_CATALOGUE.read_text(encoding="utf-8"))
    return found
