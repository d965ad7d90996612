"""The chapters of the lesson, a file each; `explorer.lesson.chapter` says what is in them.

Another language has a folder of its own (`de/neuron.json`) with what people read, card by card in
the order of the English one:

    {"title": "…", "cards": [{"text": "…", "task": "…", "hint": "…", "done": "…"}, …]}

What a card shows and checks is the same in every language. A chapter that has no file there, or
not as many cards, is in English, and so is what a card does not say.

Who starts the server can add chapters of their own, for everybody who opens a page: `added` reads a
folder of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.errors import InputError
from explorer.lesson.chapter import LARGEST, Chapter, ChapterError, read_chapter
from explorer.texts.languages import ENGLISH, spoken

NAMES: Final = (
    *("neuron", "pixels", "layers", "weights", "sum", "sigmoid"),
    *("hope", "knobs", "learning", "backpropagation", "limits", "own"),
)
"""In their order."""


MOST_ADDED: Final = 40
"""The most chapters that can be added."""

_FOLDER: Final = Path(__file__).parent
_NAME: Final = re.compile("[a-z]{1,20}")
_added: dict[str, Chapter] = {}


def chapters() -> dict[str, Chapter]:
    """The chapters by their names, in the language that is spoken; then those that were added."""
    return {**_chapters_in(spoken()), **_added}


def add(those: Mapping[str, Chapter]) -> None:
    """Have these chapters on every page of this process, in the place of any that were added."""
    _added.clear()
    _added.update(those)


def read_folder(folder: Path) -> dict[str, Chapter]:
    """The chapters in the files of a folder by the names of these, in the order of the alphabet.

    One that is called as a chapter of the lesson (`neuron.json`) takes its place.

    Raises:
        InputError: there are none or too many, or one of them is wrong.
    """
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder} to read chapters from.")
    files = sorted(folder.glob("*.json"))
    if not 0 < len(files) <= MOST_ADDED:
        raise InputError(
            f"{folder} has {len(files):,} files whose names end in .json: it needs 1 to "
            f"{MOST_ADDED} chapters."
        )
    return {file.stem: _read_file(file) for file in files}


def _read_file(file: Path) -> Chapter:
    if not _NAME.fullmatch(file.stem):
        raise InputError(
            f"{file} cannot be in the address of its cards: name it with up to 20 small letters, "
            "such as ours.json."
        )
    try:
        with file.open(encoding="utf-8") as opened:
            return read_chapter(opened.read(LARGEST + 1))
    except ChapterError as error:
        raise InputError(
            f"{file} is no chapter: {error} (python -m explorer.lesson {file.name} says all that "
            "is wrong.)"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {error}.") from None


@cache
def _chapters_in(language: str) -> dict[str, Chapter]:
    if language == ENGLISH:
        return {name: read_chapter(_text(f"{name}.json")) for name in NAMES}
    return {
        name: _translated(chapter, translation(name, language))
        for name, chapter in _chapters_in(ENGLISH).items()
    }


def translation(chapter: str, language: str) -> dict[str, Any]:
    """What people read of a chapter in another language; nothing if there is no such file."""
    file = f"{language}/{chapter}.json"
    read: dict[str, Any] = json.loads(_text(file)) if (_FOLDER / file).exists() else {}
    return read


def _translated(chapter: Chapter, words: dict[str, Any]) -> Chapter:
    """A chapter in these words, if they are of as many cards."""
    if len(words.get("cards", ())) != len(chapter.cards):
        return chapter
    cards = zip(chapter.cards, words["cards"], strict=True)
    return replace(chapter, title=words["title"], cards=tuple(replace(c, **w) for c, w in cards))


def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
