"""The pages of a class: who gets to see what, and how one comes in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from bokeh.document import Document
from panel.io.state import set_curdoc

from core.errors import InputError
from core.ink import Drawing, Stroke
from explorer.addresses import class_address
from explorer.classroom.board import MemoryBoard
from explorer.classroom.classroom import Classroom
from explorer.classroom.pictures import packed
from explorer.classroom.pupil import PupilBar
from explorer.classroom.records import Lesson
from explorer.classroom.teacher import TeacherPage
from explorer.classroom.teacher_code import TeacherCode, new_code
from explorer.invitation import invitation, invitation_page
from explorer.session import Session

SEVEN = [[7, 7], [21, 7], [16, 16], [13, 22]]

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
    now = [0.0]
    code = TeacherCode("ABCD-EFGH", lambda: now[0])
    for _ in range(5):
        assert not code.admits("WRONG", "pupil")
    assert not code.admits("ABCD-EFGH", "pupil")
    assert code.admits("ABCD-EFGH", "teacher")
    now[0] = 61
    assert code.admits("ABCD-EFGH", "pupil")


# Pages of a class, without a browser


class Room:
    """A class in memory, with as many pages as a test opens."""

    def __init__(self) -> None:
        self.classroom = Classroom(MemoryBoard(), TeacherCode("ABCD-EFGH"))
        self.classroom._start = lambda: None  # type: ignore[method-assign] # tests step by hand
        self.documents: list[Document] = []

    def bar(self, name: str = "") -> tuple[Session, PupilBar]:
        session = Session()
        bar = self._open(lambda: PupilBar(session, self.classroom))
        if name:
            bar._receive_safely({"type": "join", "name": name})
        return session, bar

    def teacher(self, code: str = "ABCD-EFGH") -> TeacherPage:
        teacher = self._open(lambda: TeacherPage(self.classroom))
        teacher._receive_safely({"code": code})
        return teacher

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
    session, bar = room.bar("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    bar._receive_safely({"type": "meant", "digit": 1})
    teacher = room.teacher()
    room.step()
    (tile,) = teacher.changed
    assert (tile["name"], tile["digit"], tile["meant"], tile["misread"]) == ("Ada", 7, 1, True)
    assert tile["picture"] == packed(session.drawing)


def test_without_the_code_nothing_of_the_class_comes_near_a_page() -> None:
    room = Room()
    session, _ = room.bar("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    stranger = room.teacher("WRONG-CODE")
    for kind in ("show", "ask", "reveal", "free", "freeze", "clear"):
        stranger._receive_safely({"type": kind, "key": "x", "on": True, "code": 1})
    room.step()
    assert (stranger.admitted, stranger.present, stranger.changed) == (False, [], [])
    assert room.classroom.board.lesson() == Lesson()


def test_a_pupil_who_has_not_joined_is_not_shown() -> None:
    room = Room()
    session, bar = room.bar()
    session.begin_stroke(SEVEN, 2.4, False)
    room.step()
    assert room.classroom.board.pupils() == []
    bar._receive_safely({"type": "join", "name": "  \n\x00 "})
    assert bar.nickname == ""


def test_a_name_is_short_plain_text() -> None:
    _, bar = Room().bar("  Ada\n\x07 Lovelace  the first of them " + "x" * 10**6)
    assert bar.nickname == "Ada Lovelace the fir"


def test_a_drawing_is_brought_onto_every_stage_and_everyone_gets_their_own_back() -> None:
    room = Room()
    ada, ada_bar = room.bar("Ada")
    bob, _ = room.bar("Bob")
    ada.begin_stroke(SEVEN, 2.4, False)
    bob.begin_stroke([[14, 4], [14, 24]], 2.4, False)
    own = bob.drawing
    teacher = room.teacher()
    room.step()
    teacher._receive_safely({"type": "show", "key": ada_bar.key})
    room.step()
    assert bob.drawing == ada.drawing
    assert room.classroom.board.pupils()[1].picture == packed(own)
    teacher._receive_safely({"type": "free"})
    room.step()
    assert bob.drawing == own


def test_a_pupil_who_reloads_while_another_drawing_is_shown_keeps_their_own() -> None:
    room = Room()
    ada, ada_bar = room.bar("Ada")
    ada.begin_stroke(SEVEN, 2.4, False)
    teacher = room.teacher()
    room.step()
    teacher._receive_safely({"type": "show", "key": ada_bar.key})
    room.step()
    bob, _ = room.bar("Bob")
    room.step()
    own = Drawing.blank.with_stroke(Stroke(np.array([[14, 4], [14, 24]])))
    bob.restore(own)
    room.step()
    assert bob.drawing == ada.drawing
    shown = room.classroom.board.pupils()[1]
    assert (shown.picture, shown.digit) == (packed(own), 1)
    teacher._receive_safely({"type": "free"})
    room.step()
    assert bob.drawing == own


def test_clearing_while_a_drawing_is_shown_clears_everyone_s_own() -> None:
    room = Room()
    ada, ada_bar = room.bar("Ada")
    ada.begin_stroke(SEVEN, 2.4, False)
    teacher = room.teacher()
    room.step()
    teacher._receive_safely({"type": "show", "key": ada_bar.key})
    room.step()
    teacher._receive_safely({"type": "clear"})
    room.step()
    assert ada.drawing.is_blank


def test_the_answer_stays_hidden_until_the_teacher_shows_it() -> None:
    room = Room()
    ada, ada_bar = room.bar("Ada")
    bob, bob_bar = room.bar("Bob")
    ada.begin_stroke(SEVEN, 2.4, False)
    teacher = room.teacher()
    room.step()
    teacher._receive_safely({"type": "ask", "key": ada_bar.key})
    room.step()
    assert bob_bar.lesson["phase"] == "vote"
    assert bob_bar.lesson["picture"] == packed(ada.drawing)
    assert (bob_bar.lesson["digit"], bob_bar.lesson["votes"]) == (None, [])
    assert bob.drawing.is_blank
    bob_bar._receive_safely({"type": "vote", "digit": 1})
    room.step()
    assert (teacher.voted, teacher.votes) == (1, [])
    teacher._receive_safely({"type": "reveal"})
    room.step()
    assert teacher.votes == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert bob_bar.lesson["digit"] == 7
    assert bob.drawing == ada.drawing


def test_clearing_starts_everyone_anew_and_keeps_what_was_counted() -> None:
    room = Room()
    session, bar = room.bar("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    bar._receive_safely({"type": "meant", "digit": 7})
    teacher = room.teacher()
    room.step()
    teacher._receive_safely({"type": "clear"})
    room.step()
    room.step()
    assert session.drawing.is_blank
    assert bar.meant is None
    assert np.array(teacher.matrix)[7, 7] == 1


def test_a_pupil_who_reloads_is_no_newcomer() -> None:
    room = Room()
    _, before = room.bar("Ada")
    _, after = room.bar()
    after._receive_safely({"type": "join", "name": "Ada", "key": before.key})
    assert after.key == before.key
    after._receive_safely({"type": "join", "name": "Ada", "key": "neuron-explorer:lesson"})
    assert after.key == before.key


@pytest.mark.parametrize("value", [-1, 10, None, "7", 1e300, float("nan"), [], True])
def test_a_vote_for_no_digit_is_no_vote(value: object) -> None:
    room = Room()
    _, bar = room.bar("Ada")
    room.classroom.board.teach(Lesson(round=1, phase="vote", asked=1))
    room.step()
    bar._receive_safely({"type": "vote", "digit": value})
    assert bar.vote is None


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
