"""The teacher's control of trainings, and what pupils' pages hear of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from core.training.recipes import RECIPES
from explorer.classroom.records import Lesson
from explorer.classroom.redis_board import RedisBoard
from explorer.classroom.teacher import TeacherPage
from explorer.state.class_training import ClassTraining
from explorer.texts import text
from explorer.training.recipe_text import recipe_text
from explorer.training.starting_points import STARTING_POINTS
from explorer.training.workers import TRAINING_WORKERS
from support.redis_server import RedisServer
from support.room import Room
from support.telling import tell


def control(teacher: TeacherPage, kind: str, **more: Any) -> None:
    tell(teacher.training, {"type": kind, **more})


def test_what_the_teacher_allows_or_forbids_reaches_every_page() -> None:
    room = Room()
    session, _ = room.page("Ada")
    teacher = room.teacher()
    for on in (False, True):
        control(teacher, "allow", on=on)
        room.step()
        assert (session.class_training.is_allowed, teacher.training.trains) == (on, on)


def test_the_run_for_all_is_that_of_the_teacher_s_form() -> None:
    room = Room()
    session, bar = room.page("Ada")
    teacher = room.teacher()
    control(teacher, "open")
    (form,) = teacher.training.form.objects
    tell(form, {"type": "start", "name": "good"})
    tell(form, {"type": "set", "name": "seed", "value": "7"})
    control(teacher, "allow", on=False)
    control(teacher, "start")
    room.step()
    told = session.class_training
    assert told.is_allowed
    assert told.recipe is not None
    assert (told.recipe.seed, told.recipe.optimizer) == (7, "adam")
    assert teacher.training.run == "784-16-16-10 · learning rate 0.01 · 20 epochs · seed 7"
    assert bar.invites
    control(teacher, "end")
    room.step()
    assert (session.class_training, teacher.training.run) == (ClassTraining(), "")
    assert not bar.invites


def test_while_the_form_shows_what_cannot_be_nothing_else_is_started() -> None:
    room = Room()
    teacher = room.teacher()
    control(teacher, "open")
    (form,) = teacher.training.form.objects
    tell(form, {"type": "set", "name": "hidden", "value": "500"})
    control(teacher, "start")
    room.step()
    assert teacher.training.said == text("class_training.mend")
    assert room.classroom.lesson == Lesson()
    tell(form, {"type": "set", "name": "hidden", "value": "50"})
    control(teacher, "start")
    room.step()
    recipe = room.classroom.lesson.training.recipe
    assert recipe is not None
    assert (recipe.hidden, teacher.training.said) == ((50,), "")


def test_where_no_server_trains_the_teacher_is_told_and_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(TRAINING_WORKERS, "0")
    room = Room()
    teacher = room.teacher()
    control(teacher, "start")
    room.step()
    assert teacher.training.said == text("training.forbidden")
    assert room.classroom.lesson == Lesson()


def test_the_same_run_started_again_is_another_one() -> None:
    room = Room()
    session, _ = room.page("Ada")
    teacher = room.teacher()
    numbers = []
    for _ in range(2):
        control(teacher, "start")
        room.step()
        numbers.append(session.class_training.number)
    assert 0 < numbers[0] < numbers[1]


def test_who_is_elsewhere_is_shown_the_way_and_who_has_come_no_more() -> None:
    room = Room()
    session, bar = room.page("Ada")
    there, other = room.page("Bob")
    there.place = "train"
    teacher = room.teacher()
    control(teacher, "start")
    room.step()
    assert (bar.invites, other.invites, session.place) == (True, False, "explore")
    tell(bar, {"type": "train"})
    assert (bar.invites, session.place) == (False, "train")
    session.place = "edit"
    room.step()
    assert not bar.invites
    for answer in ({"type": "dismiss"}, {"type": "train"}):
        control(teacher, "start")
        room.step()
        assert bar.invites
        tell(bar, answer)
        assert not bar.invites
        session.place = "edit"


def test_without_the_code_no_training_is_started_or_forbidden() -> None:
    room = Room()
    stranger = room.teacher("WRONG-CODE")
    control(stranger, "open")
    for kind in ("start", "end"):
        control(stranger, kind)
    control(stranger, "allow", on=False)
    room.step()
    assert (room.classroom.lesson, stranger.training.form.objects) == (Lesson(), [])


def test_who_opens_a_page_later_finds_the_run() -> None:
    room = Room()
    control(room.teacher(), "start")
    room.step()
    session, bar = room.page("Ada")
    assert session.class_training.recipe == RECIPES["lesson"]
    assert bar.invites


def test_in_several_processes_it_is_the_same_run(redis: RedisServer) -> None:
    async def story() -> None:
        boards = [RedisBoard(redis.url) for _ in range(2)]
        lesson = Lesson(round=4, run=4, recipe=recipe_text(STARTING_POINTS["good"]))
        await boards[0].teach(lesson)
        assert (await boards[1].lesson()).training == ClassTraining(
            True, 4, STARTING_POINTS["good"]
        )
        for board in boards:
            await board._redis.aclose()

    asyncio.run(story())


@pytest.mark.parametrize("lesson", [Lesson(run=3), Lesson(recipe=recipe_text(RECIPES["lesson"]))])
def test_half_a_run_is_none(lesson: Lesson) -> None:
    assert lesson.training.recipe is None
