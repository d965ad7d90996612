"""The pages of one process that belong to a class, kept in step with the board."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any, Protocol
from weakref import WeakSet

from tornado.ioloop import PeriodicCallback

from explorer.classroom.board import AWAY_SECONDS, Board
from explorer.classroom.records import Lesson, Pupil
from explorer.classroom.teacher_code import TeacherCode

log = logging.getLogger(__name__)

#: A drawing is put up and looked at within two of these: less than a second.
_MILLISECONDS = 350


class PupilPage(Protocol):
    """The page of a pupil."""

    def news(self) -> Pupil | None:
        """What it shows that the board does not know yet; none if nothing."""

    def present(self) -> Pupil | None:
        """What it shows; none before the pupil has joined."""

    def follow(self, lesson: Lesson) -> None:
        """Do what the teacher does."""


class TeacherPage(Protocol):
    """The page of a teacher, to which the code has been given."""

    def look(self, pupils: list[Pupil], lesson: Lesson) -> None:
        """See who is here and what they show."""


class Classroom:
    """Carries what is new between the pages of this process and the board, some times a second.

    Pages only mark what is new, so a stroke never waits for the class.
    """

    def __init__(
        self, board: Board, code: TeacherCode, clock: Callable[[], float] = monotonic
    ) -> None:
        self.board = board
        self.code = code
        self.lesson = Lesson()
        self._pupils: WeakSet[Any] = WeakSet()
        self._teachers: WeakSet[Any] = WeakSet()
        self._clock = clock
        self._reported = clock()
        self._ticking: PeriodicCallback | None = None

    def open(self, page: PupilPage) -> None:
        """A pupil's page has opened."""
        self._pupils.add(page)
        self._start()

    def close(self, page: PupilPage) -> None:
        """A pupil's page has closed; what it showed goes when it does not come back."""
        self._pupils.discard(page)

    def admit(self, page: TeacherPage) -> None:
        """A teacher's page has been given the code."""
        self._teachers.add(page)
        self._start()

    def dismiss(self, page: TeacherPage) -> None:
        """A teacher's page has closed."""
        self._teachers.discard(page)

    def teach(self, lesson: Lesson) -> None:
        """Do something with the class."""
        self.board.teach(lesson)
        self.step()

    def step(self) -> None:
        """Carry everything that is new; a board that does not answer is asked again next time."""
        try:
            self._report()
            self.lesson = self.board.lesson()
            for page in list(self._pupils):
                page.follow(self.lesson)
            if self._teachers:
                pupils = self.board.pupils()
                for page in list(self._teachers):
                    page.look(pupils, self.lesson)
        except OSError as error:
            log.warning("The class cannot be reached: %s", error)

    def _report(self) -> None:
        pages = list(self._pupils)
        if self._clock() - self._reported > AWAY_SECONDS / 4:
            self._reported = self._clock()
            shown = [page.present() for page in pages]
        else:
            shown = [page.news() for page in pages]
        if pupils := [pupil for pupil in shown if pupil is not None]:
            self.board.show(pupils)

    def _start(self) -> None:
        if self._ticking is None:
            self._ticking = PeriodicCallback(self.step, _MILLISECONDS)
            self._ticking.start()
