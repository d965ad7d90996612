"""Where a class keeps what it shares: in the memory of one process, or elsewhere for several."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Protocol

from explorer.classroom.records import Lesson, Pupil

#: Who shows nothing for so many seconds has left. Pages that are open say more often that they are.
AWAY_SECONDS = 20


class Board(Protocol):
    """What the pupils show and what the teacher does, the same for every process of a class.

    Each method raises `OSError` while the board cannot be reached.
    """

    def show(self, pupils: Iterable[Pupil]) -> None:
        """Put up what these pupils show now, in place of what they showed before."""

    def pupils(self) -> list[Pupil]:
        """Everyone who is here, in the order of their names."""

    def lesson(self) -> Lesson:
        """What the teacher does now."""

    def teach(self, lesson: Lesson) -> None:
        """Let the class know what the teacher does."""


class MemoryBoard:
    """A board in the memory of this process; it ends with it."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._shown: dict[str, tuple[Pupil, float]] = {}
        self._lesson = Lesson()

    def show(self, pupils: Iterable[Pupil]) -> None:
        """See `Board`."""
        until = self._clock() + AWAY_SECONDS
        self._shown |= {pupil.key: (pupil, until) for pupil in pupils}

    def pupils(self) -> list[Pupil]:
        """See `Board`."""
        now = self._clock()
        self._shown = {
            key: (pupil, until) for key, (pupil, until) in self._shown.items() if until > now
        }
        return in_order(pupil for pupil, _ in self._shown.values())

    def lesson(self) -> Lesson:
        """See `Board`."""
        return self._lesson

    def teach(self, lesson: Lesson) -> None:
        """See `Board`."""
        self._lesson = lesson


def in_order(pupils: Iterable[Pupil]) -> list[Pupil]:
    """Pupils by name, as everybody finds a name in a list."""
    return sorted(pupils, key=lambda pupil: (pupil.name.casefold(), pupil.key))
