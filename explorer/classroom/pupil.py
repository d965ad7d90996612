"""A pupil's part of the page: a nickname, what was meant, a vote; and what the teacher shows."""

from __future__ import annotations

import re
import secrets
from functools import partial
from pathlib import Path
from typing import Any

import param
from panel.io import state

from core.ink import Drawing
from explorer.changes import one_message
from explorer.classroom.classroom import Classroom
from explorer.classroom.pictures import packed
from explorer.classroom.records import DIGITS, Lesson, Pupil
from explorer.live import LiveComponent, Message
from explorer.session import Answer, Session

_LONGEST_NAME = 20
_KEY = re.compile(r"[0-9a-f]{32}")

#: Strokes beyond this are shown as a picture: every pupil's page would have to send them on.
_LONGEST_DRAWING = 30_000

_MOST_SAID = 200


class PupilBar(LiveComponent):
    """A bar over a pupil's page. What it shows goes to the class's board, some times a second."""

    _bundle = Path(__file__).with_name("pupil.js")

    key = param.String(doc="Names the pupil; the tab keeps it, so that a reload is no newcomer.")
    nickname = param.String(default="", doc="The chosen name; empty before the pupil has joined.")
    meant = param.Integer(default=None, allow_None=True, doc="The digit that was meant.")
    vote = param.Integer(default=None, allow_None=True, doc="The vote on the present question.")
    lesson = param.Dict(default={}, doc="What the teacher does, as far as pupils shall know.")

    def __init__(self, session: Session, classroom: Classroom) -> None:
        super().__init__(key=secrets.token_hex(16))
        self._session = session
        self._classroom = classroom
        self._document = state.curdoc
        self._lesson: Lesson | None = None
        self._answer = Answer(None, False)
        self._said: list[tuple[int, int]] = []
        self._voted = 0
        self._is_new = False
        session.param.watch(self._mark, ["drawing", "centred", "network"])
        session.param.watch(self._begin_anew, "revision")
        classroom.open(self)
        state.on_session_destroyed(lambda _: classroom.close(self))

    def receive(self, message: Message) -> None:
        """A pupil joins, says what was meant, or votes."""
        if message["type"] == "join":
            self._join(message["name"], message.get("key"))
        elif message["type"] == "meant":
            self.show(meant=_digit(message["digit"]))
        elif message["type"] == "vote" and self._lesson and self._lesson.phase == "vote":
            self._voted = self._lesson.asked
            self.show(vote=_digit(message["digit"]))
        self._mark()

    def news(self) -> Pupil | None:
        """What is new for the board, if anything."""
        return self.present() if self._is_new else None

    def present(self) -> Pupil | None:
        """What the pupil shows; none before joining."""
        self._is_new = False
        if not self.nickname:
            return None
        drawing = self._session.own_drawing
        self._answer = Answer(None, False) if drawing.is_blank else self._session.own_answer
        text = drawing.to_json()
        return Pupil(
            key=self.key,
            name=self.nickname,
            picture=packed(drawing),
            drawing=text if len(text) <= _LONGEST_DRAWING else "",
            digit=self._answer.digit,
            sure=self._answer.sure,
            meant=self.meant,
            said=tuple(self._said),
            vote=self.vote,
            voted=self._voted,
        )

    def follow(self, lesson: Lesson) -> None:
        """Do what the teacher does, as soon as the page is free for it."""
        if self._lesson is None or lesson.round != self._lesson.round:
            self._document.add_next_tick_callback(partial(self._follow, lesson))

    def _follow(self, lesson: Lesson) -> None:
        before, self._lesson = self._lesson or Lesson(cleared=lesson.cleared), lesson
        with one_message(self._document):
            self._put_on_stage(lesson)
            if lesson.cleared != before.cleared:
                self._session.clear()
            if lesson.asked != before.asked:
                self.show(vote=None)
            self.show(lesson=_for_pupils(lesson))

    def _put_on_stage(self, lesson: Lesson) -> None:
        """Show the teacher's choice on the stage, or the pupil's own drawing again."""
        if lesson.phase == "present":
            self._session.borrow(Drawing.from_json(lesson.drawing))
        else:
            self._session.give_back()

    def _join(self, name: str, key: str | None) -> None:
        nickname = " ".join("".join(filter(str.isprintable, name[:200])).split())[:_LONGEST_NAME]
        if key is not None and _KEY.fullmatch(key):
            self.show(key=key)
        self.show(nickname=nickname)

    def _mark(self, *_: Any) -> None:
        self._is_new = True

    def _begin_anew(self, *_: Any) -> None:
        """What was meant belongs to the drawing that is wiped out; the class's matrix keeps it."""
        if (
            not self._session.borrowing
            and self._session.drawing.is_blank
            and self.meant is not None
        ):
            if self._answer.digit is not None:
                self._said = [*self._said, (self.meant, self._answer.digit)][-_MOST_SAID:]
            self.show(meant=None)


def _digit(value: Any) -> int:
    if type(value) is not int or value not in range(DIGITS):
        raise ValueError("a digit is 0 to 9")
    return int(value)


def _for_pupils(lesson: Lesson) -> dict[str, Any]:
    """Without the strokes, which are on the stage or nobody's business yet."""
    return {
        "phase": lesson.phase,
        "picture": lesson.picture if lesson.phase == "vote" else "",
        "frozen": lesson.frozen,
        "votes": list(lesson.votes),
        "digit": lesson.digit,
    }
