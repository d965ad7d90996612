"""A class in memory, without a server and without a browser, and a loop in which nobody waits."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from time import monotonic
from typing import Any

from bokeh.document import Document
from panel.io.state import set_curdoc

from explorer import create_app
from explorer.classroom.board import Board, MemoryBoard, public_key
from explorer.classroom.classroom import Classroom
from explorer.classroom.pupil import PupilBar
from explorer.classroom.records import Lesson, Pupil
from explorer.classroom.teacher import TeacherPage
from explorer.classroom.teacher_code import TeacherCode
from explorer.page.page import Page
from explorer.state.session import Session
from support.clock import Clock
from support.telling import tell


class Selector(selectors.DefaultSelector):
    """Waits in no time: whoever waits for nothing but the clock is there already."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self.now += timeout or 0
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    """An event loop in which a second of waiting is over at once, and counts as one."""

    def __init__(self) -> None:
        self._clock = Selector()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now


def in_no_time(story: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=Loop) as runner:
        return runner.run(story)


class Room:
    """A class in memory, with as many pages as a test opens, of one process or several."""

    def __init__(self, board: Board | None = None, clock: Clock | None = None) -> None:
        self.board = board or MemoryBoard()
        self.classroom = Classroom(self.board, TeacherCode("ABCD-EFGH"), clock or monotonic)
        self.classroom._start = lambda: None  # type: ignore[method-assign] # tests step by hand
        self.documents: list[Document] = []

    def page(self, name: str = "", key: str | None = None) -> tuple[Session, PupilBar]:
        session = Session()
        bar = self._open(lambda: PupilBar(session, self.classroom))
        if name:
            join(bar, name, key)
        return session, bar

    def whole_page(self, name: str = "") -> tuple[Page, PupilBar]:
        page = create_app()
        bar = self._open(lambda: PupilBar(page.session, self.classroom))
        if name:
            join(bar, name)
        return page, bar

    def teacher(self, code: str = "ABCD-EFGH", session: Session | None = None) -> TeacherPage:
        """A teacher's page that has sent this code; its stage would show `session`."""
        teacher = self._open(lambda: TeacherPage(self.classroom, session or Session()))

        async def enter() -> None:
            tell(teacher, {"code": code})
            await asyncio.wait([teacher._checking])
            self._run_callbacks()

        in_no_time(enter())
        return teacher

    def step(self) -> None:
        """Carry news, and let every page do what it was told."""
        asyncio.run(self.advance())

    async def advance(self) -> None:
        """The same, in a loop that runs."""
        await self.classroom.step()
        self._run_callbacks()

    def _run_callbacks(self) -> None:
        for document in self.documents:
            for callback in list(document.session_callbacks):
                document.remove_next_tick_callback(callback)
                callback.callback()

    def pupils(self) -> list[Pupil]:
        return asyncio.run(self.board.pupils())

    def teach(self, lesson: Lesson) -> None:
        asyncio.run(self.board.teach(lesson))

    def _open(self, make: Any) -> Any:
        self.documents.append(Document())
        with set_curdoc(self.documents[-1]):
            return make()


def join(bar: PupilBar, name: str, key: str | None = None) -> None:
    tell(bar, {"type": "join", "name": name, "key": key})


def show(teacher: TeacherPage, kind: str, bar: PupilBar | None = None, **more: Any) -> None:
    """Let the teacher do something, perhaps with the drawing of a pupil."""
    key = public_key(bar.key) if bar else None
    tell(teacher, {"type": kind, "key": key, **more})
