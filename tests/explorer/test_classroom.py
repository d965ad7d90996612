"""What a class shares, and who gets to see it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from bokeh.document import Document
from panel.io.state import set_curdoc
from server import free_port

from core.errors import InputError
from core.ink import Drawing
from explorer.addresses import class_address
from explorer.classroom.board import AWAY_SECONDS, Board, MemoryBoard
from explorer.classroom.classroom import Classroom
from explorer.classroom.desk import Desk
from explorer.classroom.pictures import packed, unpacked
from explorer.classroom.records import Lesson, Pupil, confusion_matrix, count_votes
from explorer.classroom.redis_board import RedisBoard
from explorer.classroom.seat import Seat
from explorer.classroom.teacher_code import TeacherCode, new_code
from explorer.invitation import invitation, invitation_page
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
    board.teach(Lesson(round=3, phase="guess", frozen=True))
    assert board.lesson() == Lesson(round=3, phase="guess", frozen=True)


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


# The code


def test_every_class_has_a_code_of_its_own() -> None:
    assert len({new_code() for _ in range(100)}) == 100


def test_the_code_opens_however_it_is_typed() -> None:
    code = TeacherCode("ABCD-EFGH")
    assert code.admits("abcd efgh", "laptop")
    assert not code.admits("", "laptop")
    assert not code.admits("ABCD-EFG", "laptop")
    assert not code.admits("ÄÖ\0" * 10**5, "laptop")


def test_guessing_the_code_ends_after_five_attempts_and_locks_nobody_else_out() -> None:
    clock = Clock()
    code = TeacherCode("ABCD-EFGH", clock)
    for _ in range(5):
        assert not code.admits("WRONG", "pupil")
    assert not code.admits("ABCD-EFGH", "pupil")
    assert code.admits("ABCD-EFGH", "teacher")
    clock.now = 61
    assert code.admits("ABCD-EFGH", "pupil")


# Pages of a class, without a browser


class Room:
    """A class in memory, with as many pages as a test opens."""

    def __init__(self) -> None:
        self.classroom = Classroom(MemoryBoard(), TeacherCode("ABCD-EFGH"))
        self.classroom._start = lambda: None  # type: ignore[method-assign] # tests step by hand
        self.documents: list[Document] = []

    def seat(self, name: str = "") -> tuple[Session, Seat]:
        session = Session()
        seat = self._open(lambda: Seat(session, self.classroom))
        if name:
            seat._receive_safely({"type": "join", "name": name})
        return session, seat

    def desk(self, code: str = "ABCD-EFGH") -> Desk:
        desk = self._open(lambda: Desk(self.classroom))
        desk._receive_safely({"code": code})
        return desk

    def step(self) -> None:
        """Carry news, and let every page do what it was told."""
        self.classroom.step()
        for document in self.documents:
            for callback in list(document.session_callbacks):
                document.remove_next_tick_callback(callback)
                callback.callback()

    def _open(self, make: Any) -> Any:
        self.documents.append(Document())
        with set_curdoc(self.documents[-1]):
            return make()


def test_what_pupils_draw_is_on_the_wall() -> None:
    room = Room()
    session, seat = room.seat("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    seat._receive_safely({"type": "meant", "digit": 1})
    desk = room.desk()
    room.step()
    (tile,) = desk.changed
    assert (tile["name"], tile["digit"], tile["meant"], tile["misread"]) == ("Ada", 7, 1, True)
    assert tile["picture"] == packed(session.drawing)


def test_without_the_code_nothing_of_the_class_comes_near_a_page() -> None:
    room = Room()
    session, _ = room.seat("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    stranger = room.desk("WRONG-CODE")
    for kind in ("show", "ask", "reveal", "free", "freeze", "clear"):
        stranger._receive_safely({"type": kind, "key": "x", "on": True, "code": 1})
    room.step()
    assert (stranger.admitted, stranger.present, stranger.changed) == (False, [], [])
    assert room.classroom.board.lesson() == Lesson()


def test_a_pupil_who_has_not_joined_is_not_shown() -> None:
    room = Room()
    session, seat = room.seat()
    session.begin_stroke(SEVEN, 2.4, False)
    room.step()
    assert room.classroom.board.pupils() == []
    seat._receive_safely({"type": "join", "name": "  \n\x00 "})
    assert seat.nickname == ""


def test_a_name_is_short_plain_text() -> None:
    _, seat = Room().seat("  Ada\n\x07 Lovelace  the first of them " + "x" * 10**6)
    assert seat.nickname == "Ada Lovelace the fir"


def test_a_drawing_is_brought_onto_every_stage_and_everyone_gets_their_own_back() -> None:
    room = Room()
    ada, ada_seat = room.seat("Ada")
    bob, _ = room.seat("Bob")
    ada.begin_stroke(SEVEN, 2.4, False)
    bob.begin_stroke([[14, 4], [14, 24]], 2.4, False)
    own = bob.drawing
    desk = room.desk()
    room.step()
    desk._receive_safely({"type": "show", "key": ada_seat.key})
    room.step()
    assert bob.drawing == ada.drawing
    assert room.classroom.board.pupils()[1].picture == packed(own)
    desk._receive_safely({"type": "free"})
    room.step()
    assert bob.drawing == own


def test_the_answer_stays_hidden_until_the_teacher_shows_it() -> None:
    room = Room()
    ada, ada_seat = room.seat("Ada")
    bob, bob_seat = room.seat("Bob")
    ada.begin_stroke(SEVEN, 2.4, False)
    desk = room.desk()
    room.step()
    desk._receive_safely({"type": "ask", "key": ada_seat.key})
    room.step()
    assert bob_seat.lesson["phase"] == "guess"
    assert bob_seat.lesson["picture"] == packed(ada.drawing)
    assert (bob_seat.lesson["digit"], bob_seat.lesson["votes"]) == (None, [])
    assert bob.drawing.is_blank
    bob_seat._receive_safely({"type": "vote", "digit": 1})
    room.step()
    assert (desk.voted, desk.votes) == (1, [])
    desk._receive_safely({"type": "reveal"})
    room.step()
    assert desk.votes == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert bob_seat.lesson["digit"] == 7
    assert bob.drawing == ada.drawing


def test_clearing_starts_everyone_anew_and_keeps_what_was_counted() -> None:
    room = Room()
    session, seat = room.seat("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    seat._receive_safely({"type": "meant", "digit": 7})
    desk = room.desk()
    room.step()
    desk._receive_safely({"type": "clear"})
    room.step()
    room.step()
    assert session.drawing.is_blank
    assert seat.meant is None
    assert np.array(desk.matrix)[7, 7] == 1


def test_a_pupil_who_reloads_is_no_newcomer() -> None:
    room = Room()
    _, before = room.seat("Ada")
    _, after = room.seat()
    after._receive_safely({"type": "join", "name": "Ada", "key": before.key})
    assert after.key == before.key
    after._receive_safely({"type": "join", "name": "Ada", "key": "neuron-explorer:lesson"})
    assert after.key == before.key


@pytest.mark.parametrize("value", [-1, 10, None, "7", 1e300, float("nan"), [], True])
def test_a_vote_for_no_digit_is_no_vote(value: object) -> None:
    room = Room()
    _, seat = room.seat("Ada")
    room.classroom.board.teach(Lesson(round=1, phase="guess", asked=1))
    room.step()
    seat._receive_safely({"type": "vote", "digit": value})
    assert seat.vote is None


# The way in


def test_the_class_needs_an_address_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def networks(*found: str) -> None:
        monkeypatch.setattr("explorer.addresses.local_addresses", lambda: list(found))

    networks("192.168.1.20")
    assert class_address(None) == "192.168.1.20"
    networks("192.168.1.20", "10.0.0.7")
    assert class_address("10.0.0.7") == "10.0.0.7"
    with pytest.raises(InputError, match=r"--address 192\.168\.1\.20 or --address 10\.0\.0\.7"):
        class_address(None)
    with pytest.raises(InputError, match=r"8\.8\.8\.8.*not an address of this machine"):
        class_address("8.8.8.8")
    networks()
    with pytest.raises(InputError, match="no network"):
        class_address(None)


def test_the_invitation_carries_the_address_as_text_and_as_a_picture() -> None:
    assert "http://192.168.1.20:5006/" in invitation("http://192.168.1.20:5006/")
    assert invitation("http://192.168.1.20:5006/").count("█") > 50
    page = invitation_page('http://"><script>', "once")
    assert "<script>" not in page
    assert "<svg" in page
