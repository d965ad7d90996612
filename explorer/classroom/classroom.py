"""The pages of one process that belong to a class, kept in step with the board."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from time import monotonic
from typing import Any, Protocol
from weakref import WeakKeyDictionary, WeakSet

from tornado.ioloop import IOLoop

from explorer.classroom.board import Board, Claim, Place, Shown, Standing
from explorer.classroom.records import Lesson, Pupil
from explorer.classroom.teacher_code import TeacherCode
from explorer.transport.ignored import ignored

log = logging.getLogger(__name__)

#: A drawing is put up and looked at within two of these: less than a second.
_SECONDS = 0.35

#: A board that does not answer is asked less and less often, at last in these intervals.
_MOST_SECONDS = 3.0

#: What a teacher does changes some fields of the lesson.
Action = Callable[[Lesson], Awaitable[Mapping[str, Any]]]


class PupilPage(Protocol):
    """The page of a pupil."""

    @property
    def place(self) -> Place | None:
        """Where it is shown; none if it is not: before joining, or after its connection."""

    @property
    def claims(self) -> bool:
        """Whether it has to claim its place."""

    def claimed(self, place: Place, claim: Claim) -> None:
        """Hear the answer to a claim."""

    def showing(self) -> Shown | None:
        """What it shows, if it is shown."""

    def stand(self, place: Place, standing: Standing) -> None:
        """Hear how it stands with the board."""

    def show_again(self) -> None:
        """The board may not have heard what was shown last."""

    def follow(self, lesson: Lesson) -> None:
        """Do what the teacher does."""


class TeacherPage(Protocol):
    """The page of a teacher, to which the code has been given."""

    async def read(self, pupils: list[Pupil]) -> None:
        """Read from the board what the teacher wants to see beside these pupils."""

    def look(self, pupils: list[Pupil], lesson: Lesson) -> None:
        """See who is here and what they show."""

    def look_back(self, seconds: float) -> None:
        """The board does not answer: what is seen is so many seconds old."""


class Classroom:
    """Carries what is new between the pages of this process and the board, some times a second.

    Pages only mark what is new, and nobody waits for the board: neither a stroke nor the loop.
    """

    def __init__(
        self, board: Board, code: TeacherCode, clock: Callable[[], float] = monotonic
    ) -> None:
        self.board = board
        self.code = code
        self.lesson = Lesson()
        self.pupils: list[Pupil] = []
        #: In the order in which they were opened: of two that join at once, the newer is shown.
        self._pages: WeakKeyDictionary[Any, None] = WeakKeyDictionary()
        self._teachers: WeakSet[Any] = WeakSet()
        self._shown: dict[Any, Place] = {}
        self._actions: deque[Action] = deque(maxlen=20)
        self._clock = clock
        self._heard = clock()
        self._misses = 0
        self._loop: IOLoop | None = None
        self._timer: object | None = None

    def open(self, page: PupilPage) -> None:
        """A pupil's page has opened."""
        self._pages[page] = None
        self._start()

    def close(self, page: PupilPage) -> None:
        """A pupil's page has closed; its pupil may come back."""
        self._pages.pop(page, None)

    def admit(self, page: TeacherPage) -> None:
        """A teacher's page has been given the code."""
        self._teachers.add(page)
        self.hurry()

    def dismiss(self, page: TeacherPage) -> None:
        """A teacher's page has closed."""
        self._teachers.discard(page)

    def act(self, action: Action) -> None:
        """Do something with the class, as soon as the board has been heard."""
        self._actions.append(action)
        self.hurry()

    def hurry(self) -> None:
        """Step now; or after the step that is being made."""
        self._start()
        if self._loop is not None and self._timer is not None and not self._misses:
            self._loop.remove_timeout(self._timer)
            self._timer = self._loop.call_later(0, self._run)

    async def step(self) -> None:
        """Carry everything that is new. What is done while the board is silent is not done."""
        actions = list(self._actions)
        self._actions.clear()
        try:
            await self._report()
            await self._read()
            await self._act(actions)
        except OSError as error:
            self._miss(error)
        else:
            self._hear()
        for page in list(self._pages):
            page.follow(self.lesson)

    async def _report(self) -> None:
        """Tell the board what pages show, and pages how they stand with it."""
        places = {page: place for page in list(self._pages) if (place := page.place)}
        for page, place in self._shown.items():
            if places.get(page) != place:
                await self.board.leave(place, for_good=page in places)
        self._shown = places
        claiming = [page for page in places if page.claims]
        claims = await self.board.claim([places[page] for page in claiming])
        for page, claim in zip(claiming, claims, strict=True):
            page.claimed(places[page], claim)
        await self._show([page for page in places if not page.claims])

    async def _show(self, pages: list[PupilPage]) -> None:
        shown: list[tuple[PupilPage, Shown]] = []
        for page in pages:
            if showing := self._showing(page):
                shown.append((page, showing))
            await asyncio.sleep(0)  # whoever draws comes before the next picture is made
        standings = await self.board.show([each for _, each in shown])
        for (page, each), standing in zip(shown, standings, strict=True):
            page.stand(each.place, standing)

    def _showing(self, page: PupilPage) -> Shown | None:
        try:
            return page.showing()
        except Exception:  # a page that cannot be shown costs the class that page alone
            log.exception("A pupil's page cannot be shown")
            self.close(page)
            return None

    async def _read(self) -> None:
        """Hear what the teacher does; a board that has forgotten it is told again."""
        lesson = await self.board.lesson()
        if lesson.round < self.lesson.round:
            await self.board.teach(self.lesson)
        else:
            self.lesson = lesson
        if self._teachers:
            self.pupils = await self.board.pupils()
        for page in list(self._teachers):
            await page.read(self.pupils)

    async def _act(self, actions: list[Action]) -> None:
        for action in actions:
            try:
                changes = await action(self.lesson)
                self.lesson = replace(self.lesson, round=self.lesson.round + 1, **changes)
            except (LookupError, ValueError) as error:  # about somebody who has just left
                ignored.tell("The teacher's page", error)
        if actions:
            await self.board.teach(self.lesson)

    def _hear(self) -> None:
        if self._misses:
            log.warning("The class is reached again.")
        self._misses, self._heard = 0, self._clock()
        for page in list(self._teachers):
            page.look(self.pupils, self.lesson)

    def _miss(self, error: OSError) -> None:
        if not self._misses:
            log.warning("The class cannot be reached, and is asked again and again: %s", error)
        self._misses += 1
        for pupil in list(self._pages):
            pupil.show_again()
        for teacher in list(self._teachers):
            teacher.look_back(self._clock() - self._heard)

    def _start(self) -> None:
        """Step again and again, from the first page on, in the loop of this process."""
        if self._loop is None:
            self._loop = IOLoop.current()
            self._timer = self._loop.call_later(_SECONDS, self._run)

    async def _run(self) -> None:
        self._timer = None
        try:
            await self.step()
        finally:
            pause = min(_MOST_SECONDS, _SECONDS * 2**self._misses)
            wait = 0 if self._actions and not self._misses else pause
            if self._loop is not None:
                self._timer = self._loop.call_later(wait, self._run)
