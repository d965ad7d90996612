"""The class of a server that `panel serve` runs: all pages of a process belong to the same one."""

from __future__ import annotations

import os
from functools import cache

from core.errors import InputError
from explorer.classroom.board import MemoryBoard
from explorer.classroom.classroom import Classroom
from explorer.classroom.redis_board import RedisBoard
from explorer.classroom.teacher_code import TeacherCode

#: The environment says what options say to the project's own command.
CODE, REDIS = "NEURON_EXPLORER_CODE", "NEURON_EXPLORER_REDIS"


def new_classroom(code: str, redis: str | None) -> Classroom:
    """A class in this process's memory, or in Redis for several processes.

    Raises:
        InputError: the code is too easily guessed, there is no Redis at that address, or its
            client is not installed.
    """
    teacher_code = TeacherCode(code)
    return Classroom(MemoryBoard() if redis is None else RedisBoard(redis), teacher_code)


@cache
def shared_classroom() -> Classroom | None:
    """The class, if the environment has a code for its teacher.

    Raises:
        InputError: as `new_classroom`, or there is a Redis without a code.
    """
    code, redis = os.environ.get(CODE), os.environ.get(REDIS)
    if redis and not code:
        raise InputError(f"{REDIS} is for a class: set {CODE}=ABCD-EFGH as well.")
    return new_classroom(code, redis or None) if code else None


def the_classroom() -> Classroom:
    """The class. Raises `InputError` if there is none."""
    if (classroom := shared_classroom()) is None:
        raise InputError(f"There is no class here: start the server with {CODE}=ABCD-EFGH.")
    return classroom
