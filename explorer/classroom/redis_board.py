"""A board in Redis: the processes of one machine or of several show one class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from core.errors import InputError
from explorer.classroom.board import AWAY_SECONDS, in_order
from explorer.classroom.records import Lesson, Pupil

_PUPIL, _LESSON = "neuron-explorer:pupil:", "neuron-explorer:lesson"
_HOURS_OF_A_LESSON = 12 * 3600

#: Pages wait for the answer; without one within this time they go on without the class.
_PATIENCE = 0.5


class RedisBoard:
    """A board in Redis, where everything is forgotten soon after the class has ended.

    Args:
        url: where Redis is, for example ``redis://localhost:6379/0``.

    Raises:
        InputError: there is no Redis at that address, or its client is not installed.
    """

    def __init__(self, url: str) -> None:
        try:
            import redis  # noqa: PLC0415 - a class of one process needs none
        except ImportError:
            raise InputError(
                "--redis needs the client of Redis: pip install 'neuron-explorer[redis]'."
            ) from None
        try:
            self._redis: Any = redis.Redis.from_url(
                url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE
            )
            self._redis.ping()
            self._errors = redis.RedisError
        except (redis.RedisError, ValueError) as error:
            raise InputError(
                f"There is no Redis at {url} ({error}): start `redis-server`, or leave --redis out "
                "to keep the class in one process."
            ) from None

    def show(self, pupils: Iterable[Pupil]) -> None:
        """See `Board`."""
        with self._reaching():
            pipeline = self._redis.pipeline(transaction=False)
            for pupil in pupils:
                pipeline.set(_PUPIL + pupil.key, pupil.to_json(), ex=AWAY_SECONDS)
            pipeline.execute()

    def pupils(self) -> list[Pupil]:
        """See `Board`."""
        with self._reaching():
            keys = list(self._redis.scan_iter(match=_PUPIL + "*", count=1000))
            found = self._redis.mget(keys) if keys else []
        return in_order(Pupil.from_json(text) for text in found if text is not None)

    def lesson(self) -> Lesson:
        """See `Board`."""
        with self._reaching():
            text = self._redis.get(_LESSON)
        return Lesson() if text is None else Lesson.from_json(text)

    def teach(self, lesson: Lesson) -> None:
        """See `Board`."""
        with self._reaching():
            self._redis.set(_LESSON, lesson.to_json(), ex=_HOURS_OF_A_LESSON)

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            raise OSError(str(error)) from error
