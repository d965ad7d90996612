"""The teacher's page: the wall of all drawings, what is asked, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import param
from panel.io import state

from explorer.changes import one_message
from explorer.classroom.classroom import Classroom
from explorer.classroom.pictures import unpacked
from explorer.classroom.records import Lesson, Pupil, confusion_matrix, count_votes
from explorer.live import LiveComponent, Message

_NO = "That is not the code. It was printed where the class was started."
_TOO_OFTEN = "Too many wrong codes. Wait a minute, then try again."


class TeacherPage(LiveComponent):
    """Asks for the code first; before that, nothing of the class comes near this page."""

    _bundle = Path(__file__).with_name("teacher.js")

    admitted = param.Boolean(default=False, doc="Whether the code was given.")
    refusal = param.String(default="", doc="Why a code was refused.")
    refusals = param.Integer(default=0, doc="Counts them: the same may be said again.")
    present = param.List(default=[], doc="Keys of the pupils who are here, in order.")
    changed = param.List(default=[], doc="What pupils show that is new, as the wall draws it.")
    matrix = param.List(default=[], doc="The class's confusion matrix, rows: meant.")
    lesson = param.Dict(default={}, doc="What the class does now.")
    votes = param.List(default=[0] * 10, doc="Votes for each digit, once they are shown.")
    voted = param.Integer(default=0, doc="How many have voted.")

    def __init__(self, classroom: Classroom) -> None:
        super().__init__(sizing_mode="stretch_both", min_height=600)
        self._classroom = classroom
        self._document = state.curdoc
        self._visitor = _address(self._document)
        self._seen: dict[str, Pupil] = {}
        self._question: Pupil | None = None
        state.on_session_destroyed(lambda _: classroom.dismiss(self))

    def receive(self, message: Message) -> None:
        """Let the teacher in; then do what the teacher does."""
        if not self.admitted:
            self._check(str(message["code"]))
            return
        action = self._actions[message["type"]]
        lesson = self._classroom.board.lesson()
        changes = action(lesson, message)
        self._classroom.teach(replace(lesson, round=lesson.round + 1, **changes))

    def look(self, pupils: list[Pupil], lesson: Lesson) -> None:
        """See who is here and what they show, as soon as the page is free for it."""
        self._document.add_next_tick_callback(partial(self._look, pupils, lesson))

    def _look(self, pupils: list[Pupil], lesson: Lesson) -> None:
        changed = [pupil for pupil in pupils if self._seen.get(pupil.key) != pupil]
        present = [pupil.key for pupil in pupils]
        self._seen = {pupil.key: pupil for pupil in pupils}
        voted = sum(count_votes(pupils, lesson.asked))
        news = {"present": present, "lesson": _shown(lesson), "voted": voted}
        if changed:
            news |= {"changed": [_tile(each) for each in changed]}
            news |= {"matrix": confusion_matrix(pupils)}
        news |= {"votes": list(lesson.votes)}
        with one_message(self._document):
            self.show(**{name: value for name, value in news.items() if self._is_news(name, value)})

    def _is_news(self, name: str, value: Any) -> bool:
        return bool(getattr(self, name) != value)

    def _check(self, code: str) -> None:
        guard = self._classroom.code
        if guard.admits(code, self._visitor):
            self.show(admitted=True, refusal="")
            self._classroom.admit(self)
        else:
            why = _NO if guard.may_try(self._visitor) else _TOO_OFTEN
            self.show(refusal=why, refusals=self.refusals + 1)

    @property
    def _actions(self) -> dict[str, Any]:
        return {
            "ask": self._ask,
            "show": self._show_to_all,
            "reveal": self._reveal,
            "free": lambda lesson, message: _FREE,
            "freeze": lambda lesson, message: {"frozen": bool(message["on"])},
            "clear": lambda lesson, message: {"cleared": lesson.round + 1} | _FREE,
        }

    def _ask(self, lesson: Lesson, message: Message) -> dict[str, Any]:
        """Let the class vote on what the network will say to a drawing."""
        self._question = self._seen[message["key"]]
        return _FREE | {
            "phase": "vote",
            "asked": lesson.round + 1,
            "picture": self._question.picture,
        }

    def _reveal(self, lesson: Lesson, message: Message) -> dict[str, Any]:
        """Bring the drawing in question onto every stage, and the votes to light."""
        if lesson.phase != "vote":
            raise ValueError("nothing was asked")
        votes = count_votes(self._classroom.board.pupils(), lesson.asked)
        known = self._question is not None and self._question.picture == lesson.picture
        asked = self._question if known and self._question else Pupil("", "", lesson.picture)
        return _on_stage(asked) | {"votes": votes}

    def _show_to_all(self, lesson: Lesson, message: Message) -> dict[str, Any]:
        return _FREE | _on_stage(self._seen[message["key"]])


_FREE: dict[str, Any] = {
    "phase": "free",
    "asked": 0,
    "picture": "",
    "drawing": "",
    "digit": None,
    "votes": (),
}


def _on_stage(pupil: Pupil) -> dict[str, Any]:
    drawing = pupil.drawing or unpacked(pupil.picture).to_json()
    return {"phase": "present", "drawing": drawing, "picture": pupil.picture, "digit": pupil.digit}


def _tile(pupil: Pupil) -> dict[str, Any]:
    names = ("key", "name", "picture", "digit", "sure", "meant")
    return {name: getattr(pupil, name) for name in names} | {"misread": pupil.is_misread}


def _shown(lesson: Lesson) -> dict[str, Any]:
    names = ("phase", "picture", "digit", "frozen")
    return {name: getattr(lesson, name) for name in names}


def _address(document: Any) -> str:
    """Where a page was asked from; pages that nobody asked for count as one visitor."""
    request = document.session_context.request if document and document.session_context else None
    return str(getattr(request, "remote_ip", "") or "")
