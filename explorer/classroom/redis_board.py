"""A board in Redis: the processes of one machine or of several show one class."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from time import monotonic
from typing import Any

from core.errors import InputError
from explorer.classroom.board import (
    AWAY_SECONDS,
    KEPT_SECONDS,
    MOST_PUPILS,
    Claim,
    Place,
    Shown,
    Standing,
    in_order,
)
from explorer.classroom.records import Lesson, Pupil

log = logging.getLogger(__name__)

_KEYS = [f"neuron-explorer:{name}" for name in ("pages", "seen", "pupils", "drawings")]
_RECORDS, _DRAWINGS = _KEYS[2:]
_LESSON = "neuron-explorer:lesson"
_HOURS_OF_A_LESSON = 12 * 3600
_SCRIPT = Path(__file__).with_suffix(".lua").read_text(encoding="utf-8")

#: Nobody waits for this board but itself; without an answer in this time it tries again.
_PATIENCE = 1.0

#: No record is longer; what is, nobody of this project wrote.
_LONGEST_RECORD = 50_000

_SECONDS_BETWEEN_COMPLAINTS = 60.0


class RedisBoard:
    """A board in Redis, where everything is forgotten soon after the class has ended.

    Args:
        url: where Redis is, for example ``redis://localhost:6379/0``.
        most: pupils that may be there at a time.

    Raises:
        InputError: there is no Redis at that address, or its client is not installed.
    """

    def __init__(self, url: str, most: int = MOST_PUPILS) -> None:
        _check(url)
        from redis import RedisError  # noqa: PLC0415 - a class of one process needs none
        from redis.asyncio import Redis  # noqa: PLC0415
        from redis.asyncio.retry import Retry  # noqa: PLC0415
        from redis.backoff import NoBackoff  # noqa: PLC0415

        self._errors = (RedisError, OSError)
        self._redis: Any = Redis.from_url(
            url,
            socket_timeout=_PATIENCE,
            socket_connect_timeout=_PATIENCE,
            retry=Retry(NoBackoff(), 0),  # the class asks again by itself
        )
        self._script = self._redis.register_script(_SCRIPT)
        self._numbers = [AWAY_SECONDS, KEPT_SECONDS, most, _HOURS_OF_A_LESSON]
        self._read: dict[bytes, tuple[bytes, Pupil | None]] = {}
        self._lesson: tuple[bytes, Lesson] = (b"", Lesson())
        self._complained = -_SECONDS_BETWEEN_COMPLAINTS

    async def claim(self, places: Sequence[Place]) -> list[Claim]:
        """See `Board`."""
        answers = await self._do("claim", *chain.from_iterable(places)) if places else []
        return [
            Claim(Standing(standing.decode()), self._pupil(place.key.encode(), before))
            for place, (standing, before) in zip(places, answers, strict=True)
        ]

    async def show(self, shown: Sequence[Shown]) -> list[Standing]:
        """See `Board`."""
        told = [
            (*each.place, each.pupil.to_json() if each.pupil else "", each.drawing)
            for each in shown
        ]
        answers = await self._do("show", *chain.from_iterable(told)) if told else []
        return [Standing(answer.decode()) for answer in answers]

    async def leave(self, place: Place, *, for_good: bool) -> None:
        """See `Board`."""
        await self._do("leave", *place, int(for_good))

    async def pupils(self) -> list[Pupil]:
        """See `Board`."""
        found = await self._do("pupils")
        here = dict(zip(islice(found, 0, None, 2), islice(found, 1, None, 2), strict=True))
        pupils = {key: self._pupil(key, record) for key, record in here.items()}
        self._read = {key: each for key, each in self._read.items() if key in here}
        if bad := [key for key, pupil in pupils.items() if pupil is None]:
            await self._ask(self._redis.hdel(_RECORDS, *bad))  # whose they are says them again
        return in_order(pupil for pupil in pupils.values() if pupil is not None)

    async def drawing(self, key: str) -> str:
        """See `Board`."""
        text = await self._ask(self._redis.hget(_DRAWINGS, key))
        return (text or b"").decode(errors="replace")

    async def lesson(self) -> Lesson:
        """See `Board`."""
        text = await self._ask(self._redis.getrange(_LESSON, 0, _LONGEST_RECORD)) or b""
        if text != self._lesson[0]:
            self._lesson = (text, self._lesson_of(text) if text else Lesson())
        return self._lesson[1]

    async def teach(self, lesson: Lesson) -> None:
        """See `Board`."""
        await self._ask(self._redis.set(_LESSON, lesson.to_json(), ex=_HOURS_OF_A_LESSON))

    async def _do(self, action: str, *arguments: Any) -> Any:
        arguments = (action, *self._numbers, *arguments)
        return await self._ask(self._script(keys=_KEYS, args=arguments))

    async def _ask(self, answer: Awaitable[Any]) -> Any:
        try:
            return await answer
        except self._errors as error:
            if "WRONGTYPE" in str(error):
                await self._start_anew()
            raise OSError(str(error) or type(error).__name__) from error

    async def _start_anew(self) -> None:
        """Under a name of ours is something else: the class says again what belongs there."""
        self._complain("what Redis holds for the class is not of this version")
        with suppress(*self._errors):
            await self._redis.delete(*_KEYS, _LESSON)

    def _pupil(self, key: bytes, record: bytes) -> Pupil | None:
        """What a record says, read only when it is new; none if it is no record."""
        if key not in self._read or self._read[key][0] != record:
            self._read[key] = (record, self._pupil_of(key, record) if record else None)
        return self._read[key][1]

    def _pupil_of(self, key: bytes, record: bytes) -> Pupil | None:
        try:
            if len(record) > _LONGEST_RECORD:
                raise ValueError("it is too long")
            pupil = Pupil.from_json(record)
            if pupil.key.encode() != key:
                raise ValueError("it is another pupil's")
        except ValueError as error:
            self._complain(f"a pupil's record in Redis cannot be read: {error}")
            return None
        return pupil

    def _lesson_of(self, text: bytes) -> Lesson:
        try:
            return Lesson.from_json(text)
        except ValueError as error:
            self._complain(f"the lesson in Redis cannot be read: {error}")
            return Lesson()

    def _complain(self, why: str) -> None:
        """One line in a while: there may be hundreds of such records."""
        if monotonic() - self._complained > _SECONDS_BETWEEN_COMPLAINTS:
            self._complained = monotonic()
            log.warning("The class goes on without it: %s", ascii(why)[1:-1][:200])


def _check(url: str) -> None:
    """Find out before the server starts, and before there is an event loop, that Redis is there."""
    try:
        import redis  # noqa: PLC0415 - a class of one process needs none
    except ImportError:
        raise InputError(
            "--redis needs the client of Redis: pip install 'neuron-explorer[redis]'."
        ) from None
    try:
        with redis.Redis.from_url(
            url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE
        ) as there:
            there.ping()
    except (redis.RedisError, ValueError) as error:
        raise InputError(
            f"There is no Redis at {url} ({error}): start `redis-server`, or leave --redis out "
            "to keep the class in one process."
        ) from None
