"""Values that a chapter gives, and which there can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from explorer.texts import text


@dataclass(frozen=True)
class Kind:
    """Which values there can be, as a test and, by the name of a text, in words."""

    name: str
    holds: Callable[[Any], bool]
    limits: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return text(f"chapter_value.{self.name}", **self.limits)


def one_of(*choices: str) -> Kind:
    """One of some texts."""
    limits = {"choices": ", ".join(choices)}
    return Kind("one_of", lambda value: value in choices, limits)


def whole(least: int, most: int) -> Kind:
    """A whole number in a range, both ends included."""
    limits = {"least": least, "most": most}
    return Kind("whole", lambda each: type(each) is int and least <= each <= most, limits)


def number(least: float, most: float) -> Kind:
    """A number in a range, both ends included."""
    limits = {"least": f"{least:g}", "most": f"{most:g}"}
    return Kind(
        "number",
        lambda value: type(value) in (int, float) and least <= value <= most,
        limits,
    )


def _is_neuron(value: Any) -> bool:
    layer, colon, index = value.partition(":") if isinstance(value, str) else ("", "", "")
    return bool(colon) and layer.isdecimal() and index.isdecimal() and len(value) < 12


YES_OR_NO: Final = Kind("yes_or_no", lambda value: isinstance(value, bool))
NAME: Final = Kind("name", lambda value: isinstance(value, str) and 0 < len(value) <= 200)
NEURON: Final = Kind("neuron", _is_neuron)
LAYER: Final = whole(0, 16)
SHARE: Final = number(0, 1)
DIGIT: Final = whole(0, 9)
