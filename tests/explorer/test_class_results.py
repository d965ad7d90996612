"""The results of a class: names only if the teacher says so, and nothing during a vote."""

from __future__ import annotations

import csv
from base64 import b64decode
from io import StringIO

import pytest

from explorer.classroom.class_results import ClassResults
from explorer.classroom.records import Pupil
from explorer.classroom.results import drawings_csv, matrix_csv
from explorer.classroom.results_page import results_page
from support.room import Room, show
from support.telling import tell

PICTURE = "data:image/png;base64,AAAA"
ADA = Pupil("b" * 32, "Ada", PICTURE, 7, True, 7, said=((1, 1), (4, 9)))
BOB = Pupil("a" * 32, "Bob", PICTURE, 3, False, 8)
CYD = Pupil("c" * 32, "=1+1", "", None, False, None)
DAN = Pupil("d" * 32, "Dan", PICTURE, 5, True, None)
CLASS = [ADA, BOB, CYD, DAN]


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


def test_every_drawing_is_a_row_and_what_nobody_knows_is_empty() -> None:
    assert rows(drawings_csv(CLASS, with_names=True)) == [
        ["pupil", "drawing", "meant", "predicted", "correct", "sure"],
        ["Ada", "1", "1", "1", "1", ""],
        ["Ada", "2", "4", "9", "0", ""],
        ["Ada", "3", "7", "7", "1", "1"],
        ["Bob", "1", "8", "3", "0", "0"],
        ["Dan", "1", "", "5", "", "1"],
    ]


def test_without_names_pupils_are_numbered_in_an_order_that_is_not_that_of_names() -> None:
    table = rows(drawings_csv(CLASS, with_names=False))
    assert [row[0] for row in table[1:]] == ["1", "2", "2", "2", "4"], "Bob's key is the first"
    assert not any(name in drawings_csv(CLASS, False) for name in ("Ada", "Bob", "Dan"))


def test_a_name_never_runs_as_a_formula() -> None:
    odd = Pupil("e" * 32, "=1+1", PICTURE, 2, True, 2)
    assert rows(drawings_csv([odd], True))[1][0] == "'=1+1"


def test_the_matrix_counts_all_drawings_with_a_known_digit() -> None:
    table = rows(matrix_csv(CLASS))
    assert table[0] == ["true", *map(str, range(10))]
    counts = {(i, j): int(table[i + 1][j + 1]) for i in range(10) for j in range(10)}
    assert {at: count for at, count in counts.items() if count} == {
        (1, 1): 1,
        (4, 9): 1,
        (7, 7): 1,
        (8, 3): 1,
    }


def test_the_page_tells_counts_and_mistakes_and_shows_the_drawings() -> None:
    page = results_page(CLASS, False, "2026-01-31")
    for words in ("4 pupils", "5 drawings", "2 of 4", "(50 %)", "1 below the threshold"):
        assert words in page
    assert "1 × a 4 read as 9" in page
    assert page.count("<img") == 3
    assert "read as 3?" in page
    assert "2026-01-31" in page
    assert not any(name in page for name in ("Ada", "Bob", "Dan"))
    assert "<script" not in page


def test_names_are_on_the_page_if_the_teacher_says_so_and_are_no_markup() -> None:
    odd = Pupil("e" * 32, "<i>Eve", PICTURE, 2, True, 2)
    page = results_page([ADA, odd], True, "")
    assert "Ada" in page
    assert "&lt;i&gt;Eve" in page
    assert "<i>" not in page


def test_a_class_that_has_drawn_nothing_has_a_page() -> None:
    page = results_page([], False, "")
    assert "0 pupils" in page
    assert "<img" not in page


@pytest.fixture
def room() -> Room:
    room = Room()
    session, bar = room.page("Ada")
    session.begin_stroke([(14, 4), (14, 24)], 2.4, False)
    tell(bar, {"type": "meant", "digit": 1})
    return room


def ask(results: ClassResults, kind: str, names: bool = False) -> str:
    tell(results, {"type": kind, "names": names})
    return b64decode(results.content).decode()


def test_the_teacher_gets_them_and_nobody_else(room: Room) -> None:
    stranger = room.teacher("WXYZ-2345")
    teacher = room.teacher()
    room.step()
    assert not stranger.results.offered
    assert ask(stranger.results, "drawings", True) == ""
    tell(stranger.results, {"type": "print", "names": True})
    assert stranger.results.html == ""
    assert teacher.results.offered
    assert "Ada" not in ask(teacher.results, "drawings")
    assert ask(teacher.results, "drawings", True).splitlines()[1].startswith("Ada,1,")
    assert teacher.results.file == "drawings.csv"
    tell(teacher.results, {"type": "saved"})
    assert teacher.results.content == ""


def test_during_a_vote_there_are_none(room: Room) -> None:
    teacher = room.teacher()
    room.step()
    _, bar = room.page("Bob")
    room.step()
    tell(teacher.results, {"type": "print", "names": False})
    assert teacher.results.html
    show(teacher, "ask", bar)
    room.step()
    assert not teacher.results.offered
    assert teacher.results.html == "", "what was made before is forgotten"
    assert ask(teacher.results, "matrix") == ""
