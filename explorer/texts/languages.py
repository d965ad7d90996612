"""The languages of the page: which there are, which one a visitor gets, and which is spoken now.

A page has one language as long as it lives. Whatever is done for it is done while that language is
spoken: a task speaks what it was told to (`speak`), and those that it starts speak the same. What
is done for nobody in particular, as in a notebook or in the log, is in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

ENGLISH: Final = "en"

NAMES: Final = {
    ENGLISH: "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "zh": "简体中文",
    "he": "עברית",
}
"""What each language calls itself, by its name in addresses, in the order of the menu."""

RIGHT_TO_LEFT: Final = frozenset({"he"})

#: Names that browsers have used for a language before its present one.
_FORMER: Final = {"iw": "he"}

#: Nobody reads more languages; a longer list is no list of languages.
_LONGEST_HEADER, _MOST_RANGES = 1000, 30

_RANGE: Final = re.compile(
    r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9]{1,8})*\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?"
)

_FOLDER: Final = Path(__file__).parent

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def spoken() -> str:
    """The language that is spoken now."""
    return _spoken.get()


def speak(language: str) -> None:
    """Speak this language until the present task ends, and in all that it starts."""
    _spoken.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language meanwhile."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def catalogue_file(language: str) -> Path:
    """The file with the texts of a language."""
    return _FOLDER / f"{language}.json"


@cache
def offered_languages() -> tuple[str, ...]:
    """The languages that have a catalogue, in the order of the menu."""
    return tuple(language for language in NAMES if catalogue_file(language).exists())


def direction(language: str) -> str:
    """How a language is written: `ltr` or `rtl`, as HTML says it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def language_for(chosen: str, house: str | None, header: str) -> str:
    """The language of a visitor's page; English if there is none that the visitor reads.

    Args:
        chosen: the language in the address; what is none that there is counts as nothing.
        house: the language that the server is in, if it is in any.
        header: what the browser says in `Accept-Language`, from nothing to nonsense.
    """
    if chosen in offered_languages():
        return chosen
    if house is not None:
        return house
    return next((each for each in _accepted(header) if each in offered_languages()), ENGLISH)


def _accepted(header: str) -> list[str]:
    """The languages in the header, those that are liked best first; regions count for nothing."""
    ranges = header[:_LONGEST_HEADER].split(",")[:_MOST_RANGES]
    found = [match.groups() for each in ranges if (match := _RANGE.fullmatch(each))]
    liked = [(float(quality or 1), name.lower()) for name, quality in found]
    ordered = sorted(liked, key=lambda each: -each[0])
    return [_FORMER.get(name, name) for quality, name in ordered if quality > 0]
