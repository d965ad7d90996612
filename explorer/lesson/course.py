"""Where a learner is: the chapters there are, the present card, and what was done so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from explorer.lesson.chapter import Card, Chapter


@dataclass(frozen=True)
class Place:
    """A card: the name of its chapter, and its number from 0."""

    chapter: str
    card: int


def card_name(chapter: str, card: int) -> str:
    """What a card is called in addresses, where people count cards from 1: `weights.3`."""
    return f"{chapter}.{card + 1}"


def card_named(name: str) -> Place | None:
    """The card of this name; None if it has not the form of one."""
    chapter, _, number = name.partition(".")
    if not (chapter and number.isdecimal() and len(number) <= 2 and int(number)):
        return None
    return Place(chapter, int(number) - 1)


@dataclass(frozen=True)
class Course:
    """The chapters by name, the present place if a card is open, and which cards were done.

    `answered` holds of each question that was answered whether the first answer was right.
    """

    chapters: Mapping[str, Chapter]
    place: Place | None = None
    done: frozenset[Place] = frozenset()
    answered: Mapping[Place, bool] = field(default_factory=dict)

    @property
    def card(self) -> Card | None:
        """The present card."""
        if self.place is None:
            return None
        return self.chapters[self.place.chapter].cards[self.place.card]

    def opened(self, chapter: str, card: int) -> Course:
        """Another card. Raises `KeyError` or `IndexError` if there is none."""
        if not 0 <= card < len(self.chapters[chapter].cards):
            raise IndexError(card)
        return replace(self, place=Place(chapter, card))

    def closed(self) -> Course:
        """No card, but the list of chapters."""
        return replace(self, place=None)

    def moved(self, way: int) -> Course:
        """The next card (1) or the one before (-1), across chapters; itself at either end."""
        every = self.every_place
        if self.place is None:
            return replace(self, place=every[0])
        at = every.index(self.place) + way
        return replace(self, place=every[at]) if 0 <= at < len(every) else self

    @property
    def every_place(self) -> list[Place]:
        """All cards in their order."""
        return [
            Place(name, card)
            for name, chapter in self.chapters.items()
            for card in range(len(chapter.cards))
        ]

    def with_done(self) -> Course:
        """What the present card asks for was done."""
        return self if self.place is None else replace(self, done=self.done | {self.place})

    def with_answer(self, right: bool) -> Course:
        """The present question was answered: the first answer counts."""
        if self.place is None or self.place in self.answered:
            return self
        return replace(self, answered={**self.answered, self.place: right})

    def with_chapter(self, name: str, chapter: Chapter) -> Course:
        """A chapter of a teacher's own, after all others or in the place of the one before it."""
        return replace(self, chapters={**self.chapters, name: chapter})

    def done_in(self, chapter: str) -> int:
        """How many cards of a chapter were done."""
        return sum(place.chapter == chapter for place in self.done)

    def to_plain(self) -> dict[str, Any]:
        """What a browser keeps of it."""
        return {
            "place": None if self.place is None else [self.place.chapter, self.place.card],
            "done": sorted([place.chapter, place.card] for place in self.done),
            "answered": [[p.chapter, p.card, right] for p, right in self.answered.items()],
        }

    def with_plain(self, kept: Mapping[str, Any]) -> Course:
        """The same with what a browser kept, at the card that is open, else where it was left.

        What fits no card is left out.
        """
        known = set(self.every_place)
        done = {Place(*each) for each in _rows(kept.get("done"), 2)} & known
        answered = {
            Place(*each[:2]): each[2] is True
            for each in _rows(kept.get("answered"), 3)
            if Place(*each[:2]) in known
        }
        places = [Place(*each) for each in _rows([kept.get("place")], 2)]
        left = places[0] if places and places[0] in known else None
        return replace(self, place=self.place or left, done=frozenset(done), answered=answered)


def _rows(kept: object, length: int) -> list[list[Any]]:
    """The rows that begin with the name of a chapter and the number of a card."""
    if not isinstance(kept, list):
        return []
    return [
        each
        for each in kept
        if isinstance(each, list)
        and len(each) == length
        and isinstance(each[0], str)
        and type(each[1]) is int
    ]
