"""Every text of the page, one catalogue a language; the scripts read the same (`browser/texts.js`).

A text may have `{placeholders}`. Where it depends on a number it is written for each plural form
of the language, and the number is called `count`. `language` names the catalogue's language, and
the two entries that begin with `number.` say how it writes numbers. What a catalogue does not have
yet is said in English. `explorer.texts.languages` knows which language is spoken.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final, TypeAlias

from core.errors import InputError
from explorer.texts.languages import ENGLISH, catalogue_file, direction, spoken
from explorer.texts.plurals import OTHER, plural_form

#: Texts by their names; those that depend on a number by plural form.
Catalogue: TypeAlias = dict[str, str | dict[str, str]]

#: Languages that set thousands apart from five digits on, as browsers know.
_FOUR_TOGETHER: Final = frozenset({"es"})


def text(key: str, **values: Any) -> str:
    """The text of this name, with these values in its placeholders.

    Raises:
        KeyError: there is no such text, or a value is missing.
    """
    pattern = catalogue()[key]
    if not isinstance(pattern, str):
        pattern = pattern.get(plural_form(spoken(), values["count"]), pattern[OTHER])
    shown = {name: number(each) if name == "count" else each for name, each in values.items()}
    return pattern.format_map(shown)


def text_or(key: str, otherwise: str) -> str:
    """The text of this name, or what else to say where the catalogue has none."""
    return text(key) if key in catalogue() else otherwise


def sentence(error: InputError) -> str:
    """What an error says to a person, in the language of the page if the catalogue has it."""
    if error.code not in catalogue():
        return str(error)
    return text(error.code, **{name: _written(value) for name, value in error.values.items()})


def number(value: float, digits: int = 0) -> str:
    """A number for people: thousands are set apart, so many `digits` stand behind the point."""
    together = spoken() in _FOUR_TOGETHER and abs(round(value, digits)) < 10_000
    return _in_language(f"{value:.{digits}f}" if together else f"{value:,.{digits}f}")


def significant(value: float, digits: int) -> str:
    """A number with so many digits that count."""
    return _in_language(f"{value:#.{digits}g}")


def percent(share: float | None, digits: int = 1) -> str:
    """A share, 0-1, in per cent; a dash for None."""
    if share is None:
        return text("percentage.none")
    return text("percentage.value", value=number(100 * share, digits))


def _written(value: object) -> object:
    """A value of an error, whose numbers have at most one digit behind the point."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return number(value, 0 if value == int(value) else 1)


def minus() -> str:
    """The sign before a number: where words run from right to left, a mark keeps it there."""
    return "\N{LEFT-TO-RIGHT MARK}−" if direction(spoken()) == "rtl" else "−"


def on_plot(words: str) -> str:
    """Words as they stand on a plot, which runs to the right: in their own direction."""
    if direction(spoken()) == "ltr":
        return words
    return f"\N{RIGHT-TO-LEFT ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def _in_language(written: str) -> str:
    marks: dict[str, str | int | None] = {",": text("number.thousands"), ".": text("number.point")}
    in_words = written.translate(str.maketrans(marks))
    return in_words.replace("-", minus()) if direction(spoken()) == "rtl" else in_words


def html_attributes() -> dict[str, str]:
    """What an HTML document says of its language: `lang` and `dir`."""
    return {"lang": str(catalogue()["language"]), "dir": direction(spoken())}


def catalogue() -> Catalogue:
    """All texts of the language that is spoken."""
    return catalogue_of(spoken())


@cache
def catalogue_of(language: str) -> Catalogue:
    """All texts in one language, and in English what it has none for."""
    own: Catalogue = json.loads(catalogue_file(language).read_text(encoding="utf-8"))
    return own if language == ENGLISH else catalogue_of(ENGLISH) | own
