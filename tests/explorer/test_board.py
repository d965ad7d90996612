"""What a class shares: who is there, what the teacher does, and what is counted of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import numpy as np
import pytest
from server import free_port

from core.errors import InputError
from core.ink import Drawing
from explorer.classroom.board import AWAY_SECONDS, Board, MemoryBoard
from explorer.classroom.classroom import Classroom
from explorer.classroom.pictures import packed, unpacked
from explorer.classroom.records import Lesson, Pupil, confusion_matrix, count_votes
from explorer.classroom.redis_board import RedisBoard
from explorer.classroom.teacher_code import TeacherCode
from explorer.serving import Options, open_classroom
from explorer.session import Session

SEVEN = [[7, 7], [21, 7], [16, 16], [13, 22]]
ADA = Pupil("a", "Ada", "picture", "drawing", 7, True, 7, ((1, 7), (2, 2)), 3, 5)
BOB = Pupil("b", "bob", digit=7, meant=1, vote=7, voted=5)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis, which writes nothing to the disk."""
    program = shutil.which("redis-server")
    assert program, "Install redis-server (`bash tests/run` does)."
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert any("Ready to accept connections" in line for line in process.stdout)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(timeout=20)
    process.stdout.close()
    assert list(folder.iterdir()) == [], "nothing of a class is written to the disk"


@pytest.fixture(params=["memory", "redis"])
def board(request: pytest.FixtureRequest) -> Iterator[Board]:
    if request.param == "memory":
        yield MemoryBoard()
        return
    redis = RedisBoard(request.getfixturevalue("redis_url"))
    redis._redis.flushall()
    yield redis
    redis._redis.close()


def test_everyone_is_on_the_wall_in_the_order_of_names(board: Board) -> None:
    board.show([BOB])
    board.show([ADA])
    assert [pupil.name for pupil in board.pupils()] == ["Ada", "bob"]
    assert board.pupils()[1] == BOB
    board.show([Pupil("b", "bob", digit=4)])
    assert [pupil.digit for pupil in board.pupils()] == [7, 4]


def test_what_the_teacher_does_reaches_everyone(board: Board) -> None:
    assert board.lesson() == Lesson()
    board.teach(Lesson(round=3, phase="vote", frozen=True))
    assert board.lesson() == Lesson(round=3, phase="vote", frozen=True)


def test_who_has_gone_leaves_the_wall() -> None:
    clock = Clock()
    board = MemoryBoard(clock)
    board.show([ADA])
    clock.now = AWAY_SECONDS - 1
    board.show([BOB])
    clock.now = AWAY_SECONDS + 1
    assert board.pupils() == [BOB]


def test_a_class_in_redis_is_forgotten_by_itself(redis_url: str) -> None:
    board = RedisBoard(redis_url)
    board.show([ADA])
    board.teach(Lesson(round=1))
    lives = [board._redis.ttl(key) for key in board._redis.keys("*")]
    assert len(lives) == 2
    assert all(0 < life <= 12 * 3600 for life in lives)
    board._redis.close()


def test_a_redis_that_is_not_there_is_one_clear_sentence() -> None:
    with pytest.raises(InputError, match=r"There is no Redis at .*start `redis-server`"):
        RedisBoard(f"redis://127.0.0.1:{free_port()}/0")


def test_several_processes_without_redis_are_refused() -> None:
    with pytest.raises(InputError, match="--redis"):
        open_classroom(Options(is_class=True, processes=2))


def test_a_class_goes_on_while_its_board_cannot_be_reached() -> None:
    class Broken(MemoryBoard):
        def lesson(self) -> Lesson:
            raise OSError("gone")

    Classroom(Broken(), TeacherCode("CODE")).step()


def test_votes_count_for_the_present_question_only() -> None:
    assert count_votes([ADA, BOB], 5) == (0, 0, 0, 1, 0, 0, 0, 1, 0, 0)
    assert sum(count_votes([ADA, BOB], 6)) == 0
    assert sum(count_votes([Pupil("c", "Cy")], 0)) == 0


def test_the_matrix_counts_what_was_meant_and_what_was_read() -> None:
    matrix = np.array(confusion_matrix([ADA, BOB]))
    assert matrix.sum() == 4
    assert (matrix[1, 7], matrix[2, 2], matrix[7, 7]) == (2, 1, 1)
    assert [pupil.is_misread for pupil in (ADA, BOB)] == [False, True]


def test_a_picture_on_the_wall_is_the_drawing_to_one_grey() -> None:
    session = Session()
    session.begin_stroke(SEVEN, 2.4, False)
    picture = packed(session.drawing)
    assert picture.startswith("data:image/png;base64,")
    assert len(picture) < 1500
    np.testing.assert_allclose(unpacked(picture).image, session.drawing.image, atol=0.5 / 255)
    assert unpacked(packed(Drawing.blank)).is_blank
