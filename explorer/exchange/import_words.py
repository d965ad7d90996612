"""What a file leaves open, in the words of the page: aspects, their values, how they were found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from core.formats.probe import ORDERS
from explorer.texts import percent, text, text_or


def value_words(aspect: str, value: str) -> str:
    """A value of an aspect; as it stands if it is not known."""
    return _NAMED[aspect](value) if aspect in _NAMED else value


def imported_words(imported: Mapping[str, Any]) -> str:
    """What a card says of a file that a network came from, a line for each aspect."""
    return "\n".join(
        f"{text_or(f'import_aspect.{name}', str(name))}: {_said(str(name), value)}"
        for name, value in imported.items()
    )


def _said(name: str, value: object) -> str:
    match value:
        case dict():
            return ", ".join(f"{percent(share)} ({source})" for source, share in value.items())
        case list() | tuple():
            return " ".join(map(str, value))
        case _:
            return value_words(name, str(value))


def _functions(names: str) -> str:
    return ", ".join(text_or(f"function.{name}", name) for name in names.split(", "))


def _order(value: str) -> str:
    if value in ORDERS:
        return text(f"import_order.{value}")
    return ", ".join(value)


_NAMED: Final[Mapping[str, Callable[[str], str]]] = {
    "weights": lambda value: text_or(f"import_weights.{value}", value),
    "biases": lambda value: text_or(f"import_biases.{value}", value),
    "range": lambda value: text_or(f"import_range.{value}", value),
    "ink": lambda value: text_or(f"import_ink.{value}", value),
    "pixels": lambda value: text_or(f"import_pixels.{value}", value),
    "hidden": _functions,
    "output": _functions,
    "order": _order,
}
