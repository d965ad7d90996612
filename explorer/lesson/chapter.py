"""A chapter of the lesson: cards, each with one idea and one thing to do. A value, read from JSON.

A file holds one chapter:

    {"format": "neuron-explorer/chapter", "version": 1, "title": "…", "cards": [card, …]}

and a card has these entries, of which `text` alone must be there:

| entry | what it is |
|---|---|
| `text` | the idea, in at most 60 words |
| `task` | what to do, in a sentence |
| `hint` | what helps after a while |
| `done` | what is said when it was done; `{…}` stands for a value that the check has found |
| `check` | how the page knows that it was done: a name in `explorer.lesson.checks` and its values |
| `question` | instead of a check, a question from `explorer.lesson.questions` and its values |
| `show` | what the page is to show, as in `explorer.lesson.scene` |
| `highlight` | the part of the page that is spoken of, one of `PARTS` |
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from reprlib import repr as shortened
from typing import Any, Final

from core.errors import InputError
from explorer.lesson.checks import CHECKS
from explorer.lesson.questions import QUESTIONS
from explorer.lesson.scene import SETTINGS, unknown_names
from explorer.lesson.values import Kind
from explorer.texts import text

FORMAT: Final = "neuron-explorer/chapter"
VERSION: Final = 1

PARTS: Final = ("pad", "answer", "stage", "panel", "time", "places", "controls", "network")

MOST_WORDS: Final = 60
MOST_CARDS: Final = 40
MOST_FAULTS: Final = 100
"""The most faults that are looked for: a file that is all wrong would take long."""

LARGEST: Final = 200_000
"""The most bytes of a chapter."""

_LONGEST: Final = 400
_HALF: Final = re.compile("[\ud800-\udfff]")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_TEXTS: Final = ("text", "task", "hint", "done")
_ENTRIES: Final = (*_TEXTS, "check", "question", "show", "highlight")


class ChapterError(InputError):
    """A file is no chapter; `faults` are all that is wrong with it, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults[0])
        self.faults = faults


@dataclass(frozen=True)
class Step:
    """A check, a question, or nothing: its name, and the values it is asked with."""

    name: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Card:
    """One idea, and one thing to do."""

    text: str
    task: str = ""
    hint: str = ""
    done: str = ""
    check: Step = Step()
    question: Step = Step()
    show: Mapping[str, Any] = field(default_factory=dict)
    highlight: str = ""

    def told(self, found: Mapping[str, str]) -> str:
        """What is said when it was done, with what the check has found."""
        return _PLACEHOLDER.sub(lambda match: found[match[1]], self.done)


@dataclass(frozen=True)
class Chapter:
    """Cards under a title."""

    title: str
    cards: tuple[Card, ...]


def read_chapter(content: str) -> Chapter:
    """The chapter in the text of a file. Raises `ChapterError` with all that is wrong."""
    if len(content) > LARGEST:
        raise ChapterError([text("chapter.large", most=LARGEST, found=len(content))])
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ChapterError([text("chapter.no_json", error=error)]) from None
    faults = list(islice(faults_of(said), MOST_FAULTS))
    if faults:
        raise ChapterError(faults)
    return Chapter(said["title"], tuple(map(_card, said["cards"])))


def _card(said: dict[str, Any]) -> Card:
    steps = {name: _step(said.get(name)) for name in ("check", "question")}
    return Card(**{**said, **steps})


def _step(said: dict[str, Any] | None) -> Step:
    return Step(*next(iter(said.items()))) if said else Step()


def faults_of(said: object) -> Iterator[str]:
    """What is wrong with a chapter, a sentence each."""
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        yield text("chapter.no_chapter", format=FORMAT)
        return
    if said.get("version") != VERSION:
        yield text("chapter.version", version=VERSION, found=shortened(said.get("version")))
    yield from _unknown(said, ("format", "version", "title", "cards"))
    title, cards = said.get("title"), said.get("cards")
    if not title or not _is_text(title):
        yield text("chapter.no_title", most=_LONGEST)
    if not isinstance(cards, list) or not 0 < len(cards) <= MOST_CARDS:
        yield text("chapter.no_cards", most=MOST_CARDS)
        return
    for number, card in enumerate(cards, start=1):
        yield from (text("chapter.card", card=number, fault=each) for each in _faults_of_card(card))


def _faults_of_card(card: object) -> Iterator[str]:
    if not isinstance(card, dict):
        yield text("chapter.no_table", what="card", found=shortened(card))
        return
    yield from _unknown(card, _ENTRIES)
    yield from _faults_of_texts(card)
    if "check" in card and "question" in card:
        yield text("chapter.both")
    yield from _faults_of_step("check", card.get("check"), _kinds(CHECKS))
    yield from _faults_of_step("question", card.get("question"), _kinds(QUESTIONS))
    yield from _faults_of_values("show", card.get("show", {}), SETTINGS)
    yield from unknown_names(card.get("show"))
    if card.get("highlight", PARTS[0]) not in PARTS:
        yield _unknown_name(card["highlight"], PARTS)
    yield from _faults_of_placeholders(card)


def _faults_of_texts(card: dict[str, Any]) -> Iterator[str]:
    if not card.get("text"):
        yield text("chapter.no_text")
    for name in _TEXTS:
        if not _is_text(card.get(name, "")):
            yield text("chapter.text", entry=name, most=_LONGEST)
    idea = card.get("text", "")
    if isinstance(idea, str) and len(idea.split()) > MOST_WORDS:
        yield text("chapter.words", found=len(idea.split()), most=MOST_WORDS)


def _is_text(said: object) -> bool:
    """Whether it can be shown: half a character (a lone surrogate) cannot."""
    return isinstance(said, str) and len(said) <= _LONGEST and not _HALF.search(said)


def _kinds(steps: Mapping[str, Any]) -> dict[str, Mapping[str, Kind]]:
    return {name: step.takes for name, step in steps.items()}


def _faults_of_step(
    entry: str, said: object, known: Mapping[str, Mapping[str, Kind]]
) -> Iterator[str]:
    if said is None:
        return
    if not isinstance(said, dict) or len(said) != 1:
        yield text("chapter.no_step", entry=entry)
        return
    ((name, values),) = said.items()
    if name not in known:
        yield _unknown_name(name, known)
        return
    yield from _faults_of_values(name, values, known[name])


def _faults_of_values(where: str, said: object, known: Mapping[str, Kind]) -> Iterator[str]:
    if not isinstance(said, dict):
        yield text("chapter.no_table", what=where, found=shortened(said))
        return
    yield from _unknown(said, known)
    for name, value in said.items():
        if name in known and not known[name].holds(value):
            yield text(
                "chapter.value", entry=name, what=where, kind=known[name], found=shortened(value)
            )


def _faults_of_placeholders(card: dict[str, Any]) -> Iterator[str]:
    """Of what is said when it was done, whose values the check must find."""
    done, check = card.get("done", ""), card.get("check") or {}
    if not isinstance(done, str) or not isinstance(check, dict):
        return
    name = next(iter(check), "")
    tells = CHECKS[name].tells if name in CHECKS else ()
    if set("{}") & set(_PLACEHOLDER.sub("", done)):
        yield text("chapter.braces")
    wanted = {match[1] for match in _PLACEHOLDER.finditer(done)}
    for each in sorted(wanted - set(tells)):
        yield _unknown_name(each, tells)


def _unknown(said: Mapping[str, Any], known: Collection[str]) -> Iterator[str]:
    yield from (_unknown_name(name, known) for name in said if name not in known)


def _unknown_name(said: object, known: Collection[str]) -> str:
    """That there is no such name, and what could have been meant."""
    near = get_close_matches(str(said)[:_LONGEST], list(known), 1)
    if near:
        return text("chapter.meant", name=shortened(said), meant=near[0])
    return text("chapter.unknown", name=shortened(said), known=", ".join(known) or "–")
