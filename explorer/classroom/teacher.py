"""The teacher's page: the wall of all drawings, what is asked, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import param
from panel.custom import Child
from panel.io import state
from panel.viewable import Viewable

from core.nn.pretrained import DEFAULT
from explorer.classroom.class_matrix import ClassMatrix
from explorer.classroom.class_results import ClassResults
from explorer.classroom.classroom import Classroom
from explorer.classroom.close_up import CloseUp, drawing_text
from explorer.classroom.lesson_control import LessonControl
from explorer.classroom.records import DIGITS, Lesson, Pupil, confusion_matrix, count_votes
from explorer.classroom.teacher_code import Attempts
from explorer.classroom.training_control import TrainingControl
from explorer.state.session import Session
from explorer.texts import text
from explorer.transport.component import LiveComponent
from explorer.transport.documents import is_connected, soon
from explorer.transport.messages import Message, NotUnderstoodError


class TeacherPage(LiveComponent):
    """Asks for the code first; before that, nothing of the class comes near this page."""

    script = Path(__file__).with_name("teacher.js")
    bundle = "teacher"

    stage = Child(doc="The network, with the drawing that the teacher looks at.")
    outputs = Child(doc="What it says to that drawing.")
    training = Child(doc="The control of trainings.")
    lessons = Child(doc="The control of the lesson.")
    results = Child(doc="The results of the class, to take away.")
    confusion = Child(doc="The matrix, drawn.")
    admitted = param.Boolean(default=False, doc="Whether the code was given.")
    refusal = param.String(default="", doc="Why a code was refused.")
    refusals = param.Integer(default=0, doc="Counts them: the same may be said again.")
    present = param.List(default=[], doc="Keys of the pupils who are here, in order.")
    changed = param.List(default=[], doc="What pupils show that is new, as the wall draws it.")
    chosen = param.String(default="", doc="The key of the pupil whose drawing is looked at.")
    matrix = param.List(default=[], doc="The class's confusion matrix, rows: true digits.")
    cell = param.List(default=[], doc="The cell to whose pupils the wall is narrowed; or none.")
    lesson = param.Dict(default={}, doc="What the class does now.")
    votes = param.List(default=[0] * 10, doc="Votes for each digit, once they are shown.")
    voted = param.Integer(default=0, doc="How many have voted.")
    age = param.Number(
        default=None, allow_None=True, doc="Seconds since the board answered; none while it does."
    )

    def __init__(self, classroom: Classroom, session: Session, **parts: Viewable) -> None:
        """Show the class, and bring its drawings into `session`, which `stage` and `outputs` show.

        Args:
            classroom: the class.
            session: a session of this page alone.
            parts: the stage and the outputs.
        """
        super().__init__(
            sizing_mode="stretch_both",
            min_height=600,
            training=TrainingControl(classroom),
            lessons=LessonControl(classroom),
            results=ClassResults(classroom),
            confusion=ClassMatrix(self._open_cell),
            **parts,
        )
        self._classroom = classroom
        self._close_up = CloseUp(classroom.board, session)
        self._document = state.curdoc
        self._attempts = Attempts(classroom.code)
        self._typed = ""
        self._checking: asyncio.Task[None] | None = None
        self._tiles: dict[str, dict[str, Any]] = {}
        state.on_session_destroyed(lambda _: self._close())

    def receive(self, message: Message) -> None:
        """Let the teacher in; then do what the teacher does."""
        match message:
            case {"code": str(code)} if not self.admitted:
                self._typed = code
                self._checking = self._checking or asyncio.ensure_future(self._check())
            case {"type": "all"} if self.admitted:
                self.show(cell=[])
            case {"type": "choose", "key": key} if self.admitted:
                self._close_up.choose(self._pupil(key).key)
                self._classroom.hurry()
            case {"type": str(kind)} if self.admitted and kind in self._actions:
                self._classroom.act(partial(self._actions[kind], message))
            case _:
                raise NotUnderstoodError(message)

    async def read(self, pupils: list[Pupil]) -> None:
        """Read the drawing that is looked at. Raises `OSError` while the board is silent."""
        await self._close_up.read(pupils)

    def look(self, pupils: list[Pupil], lesson: Lesson) -> None:
        """See who is here and what they show, as soon as the page is free for it."""
        if is_connected(self._document):
            soon(self._document, partial(self._look, pupils, lesson))
        else:
            self._dismiss()

    def look_back(self, seconds: float) -> None:
        """The board does not answer: say how old it is what is seen."""
        soon(self._document, partial(self.show, age=seconds))

    def _look(self, pupils: list[Pupil], lesson: Lesson) -> None:
        is_vote = lesson.phase == "vote"
        tiles = {pupil.key: _tile(pupil, is_vote) for pupil in pupils}
        news = {
            "present": list(tiles),
            "chosen": self._close_up.key,
            "lesson": _shown(lesson),
            "votes": list(lesson.votes),
            "voted": sum(count_votes(pupils, lesson.asked)),
            "age": None,
        }
        if changed := [tile for key, tile in tiles.items() if self._tiles.get(key) != tile]:
            news["changed"] = changed
        if changed or self._tiles.keys() != tiles.keys() or bool(self.matrix) == is_vote:
            news["matrix"] = [] if is_vote else confusion_matrix(pupils)
        self._tiles = tiles
        with self.one_frame():
            self._close_up.show(lesson)
            self.training.look(lesson)
            self.lessons.look(lesson, pupils)
            self.results.offer(self.admitted and not is_vote)
            self.show(**{name: value for name, value in news.items() if self._is_news(name, value)})
            self._show_matrix()

    def _show_matrix(self) -> None:
        """In a vote there is none, and all pupils are on the wall."""
        self.confusion.show_counts(np.array(self.matrix or _NO_COUNTS))
        if not self.matrix:
            self.show(cell=[])

    def _open_cell(self, true: int, predicted: int) -> None:
        """Narrow the wall to the pupils of a cell; to open it once more widens the wall again."""
        if self.admitted and self.matrix:
            cell = [true, predicted]
            self.show(cell=[] if self.cell == cell else cell)

    def _is_news(self, name: str, value: Any) -> bool:
        return bool(getattr(self, name) != value)

    async def _check(self) -> None:
        """Compare what is typed when it is its turn; meanwhile everybody else is heard."""
        try:
            admitted = await self._attempts.admits(lambda: self._typed)
        finally:
            self._checking = None
        if is_connected(self._document):
            soon(self._document, self._admit if admitted else self._refuse)

    def _admit(self) -> None:
        self.training.is_admitted = self.lessons.is_admitted = True
        self.show(admitted=True, refusal="")
        self._classroom.admit(self)

    def _refuse(self) -> None:
        self.show(refusal=text("teacher.refused"), refusals=self.refusals + 1)

    def _dismiss(self) -> None:
        """The connection on which the code was given is gone: whoever comes next gives it again."""
        self._classroom.dismiss(self)
        self._tiles = {}
        self.training.is_admitted = self.lessons.is_admitted = False
        with self.one_frame():
            self.training.look(Lesson())
            self.lessons.look(Lesson(), [])
            self.results.offer(False)
            self.show(admitted=False, **_NOTHING)
        soon(self._document, self._forget)

    def _forget(self) -> None:
        """Show nothing of anybody, once the document is free for it."""
        self._show_matrix()
        self._close_up.forget()

    def _close(self) -> None:
        self._classroom.dismiss(self)
        if self._checking is not None:
            self._checking.cancel()

    @property
    def _actions(self) -> dict[str, Callable[[Message, Lesson], Awaitable[dict[str, Any]]]]:
        return {
            "ask": self._ask,
            "show": self._show_to_all,
            "reveal": self._reveal,
            "free": _stop,
            "freeze": _freeze,
            "clear": _clear,
        }

    async def _ask(self, message: Message, lesson: Lesson) -> dict[str, Any]:
        """Let the class vote on what the network will say to a drawing."""
        return (
            _FREE
            | await self._drawn(message.get("key"))
            | {
                "phase": "vote",
                "asked": lesson.round + 1,
            }
        )

    async def _reveal(self, message: Message, lesson: Lesson) -> dict[str, Any]:
        """Bring the drawing in question onto every stage, and the votes to light."""
        if lesson.phase != "vote":
            raise NotUnderstoodError(message)
        votes = count_votes(self._classroom.pupils, lesson.asked)
        return {"phase": "present", "votes": votes}

    async def _show_to_all(self, message: Message, lesson: Lesson) -> dict[str, Any]:
        return _FREE | await self._drawn(message.get("key")) | {"phase": "present"}

    async def _drawn(self, key: Any) -> dict[str, Any]:
        """What a pupil shows now. Raises `NotUnderstoodError` if nobody has this key."""
        pupil = self._pupil(key)
        drawing = await drawing_text(self._classroom.board, pupil)
        names = ("picture", "network", "centred")
        return {
            "drawing": drawing,
            "digit": self._close_up.digit(pupil, drawing),
            **{name: getattr(pupil, name) for name in names},
        }

    def _pupil(self, key: Any) -> Pupil:
        """The pupil with this key. Raises `NotUnderstoodError` if nobody has it."""
        pupil = next((each for each in self._classroom.pupils if each.key == key), None)
        if pupil is None:
            raise NotUnderstoodError(key)
        return pupil


async def _stop(message: Message, lesson: Lesson) -> dict[str, Any]:
    return _FREE


async def _freeze(message: Message, lesson: Lesson) -> dict[str, Any]:
    return {"frozen": message.get("on") is True}


async def _clear(message: Message, lesson: Lesson) -> dict[str, Any]:
    return {"cleared": lesson.round + 1} | _FREE


#: What a page knows of the class before the code is given.
_NOTHING: dict[str, Any] = {
    "present": [],
    "changed": [],
    "chosen": "",
    "matrix": [],
    "lesson": {},
    "votes": [0] * DIGITS,
    "voted": 0,
    "age": None,
}

_NO_COUNTS = [[0] * DIGITS] * DIGITS

_FREE: dict[str, Any] = {
    "phase": "free",
    "asked": 0,
    "picture": "",
    "drawing": "",
    "digit": None,
    "network": DEFAULT,
    "centred": True,
    "votes": (),
}


def _tile(pupil: Pupil, is_vote: bool) -> dict[str, Any]:
    """What the wall shows of a pupil; during a vote not what the network says, to any drawing."""
    drawn = {"key": pupil.key, "name": pupil.name, "picture": pupil.picture}
    if is_vote:
        hidden = dict.fromkeys(("sure", "edited", "misread"), False)
        return drawn | {"digit": None, "meant": None} | hidden
    names = ("digit", "sure", "meant", "edited")
    return drawn | {name: getattr(pupil, name) for name in names} | {"misread": pupil.is_misread}


def _shown(lesson: Lesson) -> dict[str, Any]:
    shown = {name: getattr(lesson, name) for name in ("phase", "picture", "frozen")}
    return shown | {"digit": lesson.digit if lesson.phase == "present" else None}
