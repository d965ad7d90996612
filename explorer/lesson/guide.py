"""The guide: the card that is open, what it asks for, and whether that was done."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import param

from core.nn.trace import Trace
from explorer.lesson.before import Before
from explorer.lesson.chapter import Card, ChapterError, read_chapter
from explorer.lesson.chapters import chapters
from explorer.lesson.checks import CHECKS
from explorer.lesson.course import Course, card_name, card_named
from explorer.lesson.questions import QUESTIONS, Question, QuestionError
from explorer.lesson.scene import Scene
from explorer.state.session import Session
from explorer.texts import text
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole

#: What a check may depend on.
_WATCHED: Final = [
    *("trace", "selected", "held", "networks", "edits", "network_name", "canvas", "centred"),
    *("signal", "least", "question", "place", "backpropagating", "comparing"),
]

#: The name of a chapter that somebody has opened from a file.
_OPENED: Final = "opened"


class Guide(LiveComponent):
    """A card of the lesson beside the page that it speaks of."""

    script = Path(__file__).with_name("guide.js")
    bundle = "lesson"

    contents = param.List(default=[], doc="Name, title, and number of cards, all and done.")
    chapter = param.String(default="", doc="The chapter of the card; empty for none.")
    title = param.String(default="", doc="What it is called.")
    card = param.Integer(default=0, doc="The number of the card, from 0.")
    cards = param.Integer(default=0, doc="How many there are.")
    said = param.Dict(default={}, doc="The card's text, task and hint, and the part it is about.")
    opened = param.Integer(default=0, doc="Counts how often the lesson was opened.")
    done = param.String(
        default=None, allow_None=True, doc="What is said of what was done; None before it is."
    )
    question = param.Dict(
        default={}, doc="Prompt, answers, the one that was chosen, if right, and why."
    )
    score = param.Dict(default={}, doc="Questions that were answered, and rightly.")
    kept = param.Dict(default={}, doc="What the browser keeps of it.")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._scene = Scene(session)
        self._course = Course(chapters())
        self._seed = 0
        self._is_setting = False
        self._is_open = True
        self._before = Before.of(session)
        self._asked_of: Trace | None = None
        self._question: Question | None = None
        super().__init__(sizing_mode="stretch_width")
        session.param.watch(self._look, _WATCHED)
        session.param.watch(self._come, "called")
        self._show()

    def receive(self, message: Message) -> None:
        """Go to a card, answer its question, or open a chapter from a file."""
        with self._session.saying_errors():
            match message:
                case {"type": "open", "chapter": str(name), "card": int(card)}:
                    self._open(name, card)
                case {"type": "move", "way": 1 | -1 as way}:
                    self._go(self._course.moved(way))
                case {"type": "contents"}:
                    self._go(self._course.closed())
                case {"type": "answer", "answer": answer}:
                    self._answer(answer)
                case {"type": "file", "content": str(content)}:
                    self._take_chapter(content)
                case {"type": "restore", "kept": dict(kept)}:
                    self._course = self._course.with_plain(kept)
                    self._enter()
                case _:
                    raise NotUnderstoodError(message)

    def attend(self, on: bool) -> None:
        """Show the card again when the lesson is opened; at its end, give back what there was."""
        self._is_open = on
        self.show(opened=self.opened + on)
        if not on:
            self._set(None)
            self._session.card = ""
        elif not self._session.called:
            self._enter()
        else:
            self._come()

    def _come(self, *_: Any) -> None:
        """Go to the card that a teacher calls to."""
        place = card_named(self._session.called)
        if place is not None and place in self._course.every_place:
            self._go(self._course.opened(place.chapter, place.card))

    def _open(self, name: str, card: int) -> None:
        try:
            self._go(self._course.opened(name, card))
        except LookupError:
            raise NotUnderstoodError(name) from None

    def _take_chapter(self, content: str) -> None:
        try:
            chapter = read_chapter(content)
        except ChapterError as error:
            first, *others = error.faults
            self._session.notice = text("lesson.faults", first=first, count=len(others) + 1)
            return
        self._course = self._course.with_chapter(_OPENED, chapter)
        self._go(self._course.opened(_OPENED, 0))

    def _go(self, course: Course) -> None:
        self._course = course
        self._enter()

    def _enter(self) -> None:
        """Let the page show what the card speaks of, and look from there on."""
        card = self._course.card
        with self.one_frame():
            self._is_setting = True  # nothing that the page does by itself was done by anybody
            try:
                self._set(card)
            finally:
                self._is_setting = False
            self._before = Before.of(self._session)
            self._seed += 1
            self._asked_of = None
            self._question = None
            self.show(done=None, question={})
            self._look()
            self._show()

    def _set(self, card: Card | None) -> None:
        place = self._course.place
        with self._session.saying_errors():
            if card is None or place is None:
                self._scene.leave()
            else:
                self._scene.show(card, place.chapter)

    def _ask(self, card: Card) -> None:
        """Ask of what is shown now; another drawing has other numbers, but the same is asked."""
        self._asked_of = self._session.trace
        try:
            ask, rng = QUESTIONS[card.question.name], np.random.default_rng(self._seed)
            self._question = ask(self._session, rng, card.question.values)
        except QuestionError as error:
            self._question = None
            self.show(question={"prompt": str(error), "answers": []})
            return
        self.show(question=_told(self._question))

    def _answer(self, answer: Any) -> None:
        """Say whether an answer is right, and why; further ones do not count."""
        question = self._question
        if question is None:
            raise NotUnderstoodError(answer)
        chosen = whole(answer, len(question.answers))
        is_right = chosen == question.right
        self._course = self._course.with_answer(is_right).with_done()
        self.show(question=_told(question, chosen))
        self._show()

    def _look(self, *_: Any) -> None:
        """Whether what the card asks for has been done."""
        card = self._course.card
        if card is None or self._is_setting or not self._is_open:
            return
        if card.question.name and "chosen" not in self.question:
            if self._asked_of is not self._session.trace:
                self._ask(card)
            return
        if not card.check.name:
            return
        found = CHECKS[card.check.name](self._session, self._before, card.check.values)
        if found is not None:
            self._say_done(card.told(found) or text("lesson.done"))

    def _say_done(self, words: str) -> None:
        """Say what was found, and what it is now if it goes on: a number follows the drawing."""
        is_first = self.done is None
        if words != self.done:
            self.show(done=words)
        if is_first:
            self._course = self._course.with_done()
            self._show()

    def _show(self) -> None:
        course = self._course
        place, card = course.place, course.card
        here = course.chapters[place.chapter] if place else None
        right = sum(course.answered.values())
        is_shared = place is not None and place.chapter in chapters()
        self._session.card = card_name(place.chapter, place.card) if place and is_shared else ""
        self.show(
            contents=[
                [name, each.title, len(each.cards), course.done_in(name)]
                for name, each in course.chapters.items()
            ],
            chapter=place.chapter if place else "",
            title=here.title if here else "",
            card=place.card if place else 0,
            cards=len(here.cards) if here else 0,
            said=_said(card),
            score={"right": right, "answered": len(course.answered)},
            kept=course.to_plain(),
        )


def _said(card: Card | None) -> dict[str, str]:
    if card is None:
        return {}
    return {"text": card.text, "task": card.task, "hint": card.hint, "highlight": card.highlight}


def _told(question: Question, chosen: int | None = None) -> Mapping[str, Any]:
    """What a page may know of a question: which answer is right, once one was given."""
    told: dict[str, Any] = {"prompt": question.prompt, "answers": list(question.answers)}
    if chosen is not None:
        told |= {"chosen": chosen, "right": question.right, "why": question.why}
    return told
