"""Where a class keeps what it shares: in the memory of one process, or elsewhere for several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from time import monotonic
from typing import NamedTuple, Protocol

from explorer.classroom.records import Lesson, Pupil

#: Whose process says nothing for so many seconds has left. It speaks some times a second.
AWAY_SECONDS = 20

#: Who comes back within these is the same pupil, with the same vote and the same counts.
KEPT_SECONDS = 30 * 60

#: A record takes at most 40 kB, so that all together are bounded as well.
MOST_PUPILS = 500


class Place(NamedTuple):
    """Where a page is shown: under a pupil's public key, and which of the pupil's pages it is."""

    key: str
    page: str


class Shown(NamedTuple):
    """What a page shows; without a pupil, that it is still open and shows the same as before."""

    place: Place
    pupil: Pupil | None = None
    drawing: str = ""


class Standing(StrEnum):
    """How a page stands with the board."""

    SHOWN = "shown"
    #: A newer page of the same pupil is shown.
    ELSEWHERE = "elsewhere"
    #: The board does not know the page, or not what it shows: it claims its place again.
    UNKNOWN = "unknown"
    #: There are as many pupils as there may be.
    FULL = "full"


class Claim(NamedTuple):
    """The answer to a claim, and what the pupil's page before this one showed last."""

    standing: Standing
    before: Pupil | None = None


class Board(Protocol):
    """What the pupils show and what the teacher does, the same for every process of a class.

    Each pupil is shown by one page, the one that claimed the place last. Each method raises
    `OSError` while the board cannot be reached.
    """

    async def claim(self, places: Sequence[Place]) -> list[Claim]:
        """Let pages be those that show their pupils from now on."""

    async def show(self, shown: Sequence[Shown]) -> list[Standing]:
        """Put up what pages show now, in place of what they showed before."""

    async def leave(self, place: Place, *, for_good: bool) -> None:
        """A page is closed, and its pupil may come back; or never comes back under this key."""

    async def pupils(self) -> list[Pupil]:
        """Everyone who is here, in the order of their names."""

    async def drawing(self, key: str) -> str:
        """What a pupil shows, with its strokes; empty if they are too many, or nobody is there."""

    async def lesson(self) -> Lesson:
        """What the teacher does now."""

    async def teach(self, lesson: Lesson) -> None:
        """Let the class know what the teacher does."""


@dataclass
class _Entry:
    page: str | None
    seen: float
    pupil: Pupil | None = None
    drawing: str = ""


class MemoryBoard:
    """A board in the memory of this process; it ends with it."""

    def __init__(self, most: int = MOST_PUPILS, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._entries: dict[str, _Entry] = {}
        self._lesson = Lesson()

    async def claim(self, places: Sequence[Place]) -> list[Claim]:
        """See `Board`."""
        return [self._claim(place) for place in places]

    async def show(self, shown: Sequence[Shown]) -> list[Standing]:
        """See `Board`."""
        return [self._show(each) for each in shown]

    async def leave(self, place: Place, *, for_good: bool) -> None:
        """See `Board`."""
        entry = self._entries.get(place.key)
        if entry is None or entry.page != place.page:
            return
        entry.page = None
        if for_good:
            del self._entries[place.key]

    async def pupils(self) -> list[Pupil]:
        """See `Board`."""
        here = (entry.pupil for entry in self._entries.values() if self._is_here(entry))
        return in_order(pupil for pupil in here if pupil is not None)

    async def drawing(self, key: str) -> str:
        """See `Board`."""
        entry = self._entries.get(key)
        return entry.drawing if entry else ""

    async def lesson(self) -> Lesson:
        """See `Board`."""
        return self._lesson

    async def teach(self, lesson: Lesson) -> None:
        """See `Board`."""
        self._lesson = lesson

    def _claim(self, place: Place) -> Claim:
        self._forget_old()
        if place.key not in self._entries and not self._has_room():
            return Claim(Standing.FULL)
        entry = self._entries.setdefault(place.key, _Entry(None, 0))
        entry.page, entry.seen = place.page, self._clock()
        return Claim(Standing.SHOWN, entry.pupil)

    def _show(self, shown: Shown) -> Standing:
        entry = self._entries.get(shown.place.key)
        if entry is None or entry.page is None:
            return Standing.UNKNOWN
        if entry.page != shown.place.page:
            return Standing.ELSEWHERE
        entry.seen = self._clock()
        if shown.pupil is not None:
            entry.pupil, entry.drawing = shown.pupil, shown.drawing
        return Standing.UNKNOWN if entry.pupil is None else Standing.SHOWN

    def _is_here(self, entry: _Entry) -> bool:
        return entry.page is not None and entry.seen > self._clock() - AWAY_SECONDS

    def _forget_old(self) -> None:
        old = self._clock() - KEPT_SECONDS
        self._entries = {key: each for key, each in self._entries.items() if each.seen > old}

    def _has_room(self) -> bool:
        """Whether one more has room: who has been away for longest makes it."""
        if len(self._entries) < self._most:
            return True
        away = [key for key, each in self._entries.items() if not self._is_here(each)]
        if away:
            del self._entries[min(away, key=lambda key: self._entries[key].seen)]
        return bool(away)


def public_key(secret: str) -> str:
    """What everybody may know of a pupil's key: it tells pupils apart, and opens nothing."""
    return sha256(secret.encode()).hexdigest()[:32]


def in_order(pupils: Iterable[Pupil]) -> list[Pupil]:
    """Pupils by name, as everybody finds a name in a list."""
    return sorted(pupils, key=lambda pupil: (pupil.name.casefold(), pupil.key))
