"""The teacher's part of the lesson: how many pupils are at which card, and all to one card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import param

from explorer.classroom.classroom import Classroom
from explorer.classroom.records import Lesson, Pupil
from explorer.lesson.chapters import chapters
from explorer.lesson.course import card_name
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole


class LessonControl(LiveComponent):
    """A button that opens a sheet. Until the teacher is admitted, it knows and does nothing."""

    script = Path(__file__).with_name("lesson_control.js")
    bundle = "teacher"

    chapters = param.List(default=[], doc="Name, title and texts of each chapter's cards.")
    counts = param.Dict(default={}, doc="How many pupils are at each card, by its name.")
    called = param.String(default="", doc="The card to which all were called last.")

    def __init__(self, classroom: Classroom) -> None:
        super().__init__()
        self._classroom = classroom
        self.is_admitted = False

    def look(self, lesson: Lesson, pupils: Sequence[Pupil]) -> None:
        """See where everybody is."""
        counts = Counter(pupil.card for pupil in pupils if pupil.card)
        self.show(counts=dict(sorted(counts.items())), called=lesson.card)

    def receive(self, message: Message) -> None:
        """Show the chapters, or call everybody to a card."""
        match message:
            case {"type": "open"} if self.is_admitted:
                self.show(chapters=_contents())
            case {"type": "call", "chapter": str(chapter), "card": card} if (
                self.is_admitted and chapter in chapters()
            ):
                number = whole(card, len(chapters()[chapter].cards))
                self._classroom.act(partial(_call, card_name(chapter, number)))
            case _:
                raise NotUnderstoodError(message)


def _contents() -> list[list[Any]]:
    return [
        [name, chapter.title, [card.text for card in chapter.cards]]
        for name, chapter in chapters().items()
    ]


async def _call(card: str, lesson: Lesson) -> Mapping[str, Any]:
    return {"card": card, "called": lesson.round + 1}
