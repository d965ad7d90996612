"""A teacher sees at which card of the lesson how many pupils are, and calls all to one."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.classroom.records import Lesson, Pupil
from explorer.classroom.teacher import TeacherPage
from explorer.lesson.guide import Guide
from explorer.transport.messages import NotUnderstoodError
from support.room import Room
from support.telling import tell


def control(teacher: TeacherPage, kind: str, **more: Any) -> None:
    tell(teacher.lessons, {"type": kind, **more})


def guide(page: Any) -> Guide:
    (found,) = page.guide.objects
    return found


def test_the_teacher_sees_numbers_and_no_names() -> None:
    room = Room()
    pages = [room.whole_page(name)[0] for name in ("Ada", "Bob", "Eve")]
    teacher = room.teacher()
    for page, chapter in zip(pages, ("sum", "sum", "hope"), strict=True):
        tell(page, {"type": "guide", "on": True})
        tell(guide(page), {"type": "open", "chapter": chapter, "card": 2})
    room.step()
    assert teacher.lessons.counts == {"hope.3": 1, "sum.3": 2}
    tell(pages[0], {"type": "guide", "on": False})
    tell(guide(pages[1]), {"type": "move", "way": 1})
    room.step()
    room.step()
    assert teacher.lessons.counts == {"hope.3": 1, "sum.4": 1}


def test_all_are_called_to_one_card_wherever_they_are() -> None:
    room = Room()
    ada, _ = room.whole_page("Ada")
    bob, _ = room.whole_page("Bob")
    teacher = room.teacher()
    tell(bob, {"type": "guide", "on": True})
    tell(guide(bob), {"type": "open", "chapter": "hope", "card": 0})
    control(teacher, "call", chapter="weights", card=2)
    room.step()
    for page in (ada, bob):
        assert page.guided
        assert (guide(page).chapter, guide(page).card) == ("weights", 2)
    room.step()
    assert (teacher.lessons.counts, teacher.lessons.called) == ({"weights.3": 2}, "weights.3")
    tell(guide(ada), {"type": "move", "way": 1})
    room.step()
    assert guide(ada).card == 3
    control(teacher, "call", chapter="weights", card=2)
    room.step()
    assert guide(ada).card == 2


def test_who_comes_later_begins_where_they_like() -> None:
    room = Room()
    teacher = room.teacher()
    control(teacher, "call", chapter="weights", card=2)
    room.step()
    late, _ = room.whole_page("Late")
    room.step()
    assert not late.guided


def test_nobody_without_the_code_calls_anybody() -> None:
    room = Room()
    stranger = room.teacher(code="WRONG-CODE")
    for kind in ("open", "call"):
        with pytest.raises(NotUnderstoodError):
            stranger.lessons.receive({"type": kind, "chapter": "sum", "card": 0})


def test_only_cards_that_there_are_can_be_called_to() -> None:
    teacher = Room().teacher()
    for chapter, card in (("sum", 99), ("sums", 0), ("sum", "0")):
        with pytest.raises(NotUnderstoodError):
            teacher.lessons.receive({"type": "call", "chapter": chapter, "card": card})


@pytest.mark.parametrize("card", ["sum", "sum.0", "sum.100", "Sum.1", "<b>.1", 7])
def test_a_record_holds_no_other_card(card: Any) -> None:
    for record in (lambda: Lesson(card=card), lambda: Pupil("0" * 32, "Ada", card=card)):
        with pytest.raises(ValueError, match="card"):
            record()
