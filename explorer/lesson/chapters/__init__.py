"""The chapters of the lesson, a file each; `explorer.lesson.chapter` says what is in them.

Another language has a folder of its own (`de/neuron.json`) with what people read, card by card in
the order of the English one:

    {"title": "…", "cards": [{"text": "…", "task": "…", "hint": "…", "done": "…"}, …]}

What a card shows and checks is the same in every language. A chapter that has no file there, or
not as many cards, is in English, and so is what a card does not say.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from explorer.lesson.chapter import Chapter, read_chapter
from explorer.texts.languages import ENGLISH, spoken

NAMES: Final = (
    *("neuron", "pixels", "layers", "weights", "sum", "sigmoid"),
    *("hope", "knobs", "learning", "backpropagation", "limits", "own"),
)
"""In their order."""


_FOLDER: Final = Path(__file__).parent


def chapters() -> dict[str, Chapter]:
    """The chapters by their names, in the language that is spoken."""
    return _chapters_in(spoken())


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
