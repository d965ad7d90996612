"""The drawing on the stage of the teacher's page: whose it is, and when it gives nothing away."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from core.ink import Drawing, Stroke
from core.nn.pretrained import DEFAULT
from explorer.classroom.board import MemoryBoard, public_key
from explorer.classroom.pupil import PupilBar
from explorer.classroom.records import Lesson
from explorer.classroom.redis_board import RedisBoard
from explorer.state.session import Session
from support.clock import Clock
from support.oracle import Oracle
from support.redis_server import RedisServer
from support.room import Room, show
from support.telling import tell

SEVEN = [[7, 7], [21, 7], [16, 16], [13, 22]]
ONE = [[14, 4], [14, 24]]


class Watched:
    """A teacher who watches Ada's seven and Bob's one."""

    def __init__(self, room: Room | None = None) -> None:
        self.room = room or Room()
        self.ada, self.ada_bar = self.room.page("Ada")
        self.bob, self.bob_bar = self.room.page("Bob")
        self.ada.begin_stroke(SEVEN, 2.4, False)
        self.bob.begin_stroke(ONE, 2.4, False)
        self.stage = Session()
        self.teacher = self.room.teacher(session=self.stage)
        self.room.step()

    def choose(self, bar: PupilBar) -> None:
        show(self.teacher, "choose", bar)
        self.room.step()

    def press(self, kind: str, bar: PupilBar | None = None) -> None:
        show(self.teacher, kind, bar)
        self.room.step()


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_the_stage_shows_what_the_network_computes_from_the_chosen_drawing(
    watched: Watched,
) -> None:
    assert watched.teacher.chosen == ""
    assert watched.stage.drawing.is_blank
    for bar, points in ((watched.ada_bar, SEVEN), (watched.bob_bar, ONE)):
        watched.choose(bar)
        assert watched.teacher.chosen == public_key(bar.key)
        expected = Oracle(watched.stage.network)
        expected.draw(points)
        for shown, computed in zip(watched.stage.trace.a, expected.trace.a, strict=True):
            np.testing.assert_allclose(shown, computed, atol=1e-5)


def test_a_drawing_is_seen_through_the_network_and_the_lens_of_its_pupil(watched: Watched) -> None:
    watched.ada.choose_network("wide")
    watched.ada.centre(False)
    watched.room.step()
    for kind in ("choose", "show"):
        watched.choose(watched.bob_bar)
        assert (watched.stage.network_name, watched.stage.centred) == (DEFAULT, True)
        watched.press(kind, watched.ada_bar)
        assert (watched.stage.network_name, watched.stage.centred) == ("wide", False)
        assert (watched.stage.trace.outputs == watched.ada.trace.outputs).all()
        watched.press("free")
    watched.ada.choose_network(DEFAULT)
    watched.room.step()
    watched.choose(watched.ada_bar)
    assert watched.stage.network_name == DEFAULT


def test_a_network_that_its_pupil_has_changed_says_elsewhere_what_it_said_at_first(
    watched: Watched,
) -> None:
    original = watched.ada.network
    watched.ada.edit(original.with_bias(3, 4, 90))
    watched.room.step()
    assert watched.ada.answer.digit == 4
    tiles = {tile["name"]: tile for tile in watched.teacher.changed}
    assert (tiles["Ada"]["digit"], tiles["Ada"]["edited"]) == (4, True)
    watched.choose(watched.ada_bar)
    watched.press("show", watched.ada_bar)
    assert watched.teacher.lesson["digit"] == watched.stage.answer.digit == 7
    assert watched.bob.answer.digit == 7
    watched.ada.undo_edit()
    watched.room.step()
    tiles = {tile["name"]: tile for tile in watched.teacher.changed}
    assert (tiles["Ada"]["digit"], tiles["Ada"]["edited"]) == (7, False)


def test_a_network_that_this_server_has_not_is_not_shown(watched: Watched) -> None:
    lesson = Lesson(round=5, phase="present", drawing=watched.ada.drawing.to_json(), network="x")
    watched.room.teach(lesson)
    watched.room.step()
    assert watched.stage.network_name == DEFAULT
    assert watched.stage.answer.digit == 7


def test_the_stage_follows_the_pupil_and_nobody_else(watched: Watched) -> None:
    watched.choose(watched.ada_bar)
    watched.bob.begin_stroke([[3, 3], [25, 3]], 2.4, False)
    before = watched.stage.trace
    watched.room.step()
    assert watched.stage.trace is before
    watched.ada.begin_stroke([[3, 3], [25, 3]], 2.4, False)
    watched.room.step()
    assert watched.stage.drawing == watched.ada.canvas.own


class Counting(MemoryBoard):
    """Counts how often a drawing is read."""

    read = 0

    async def drawing(self, key: str) -> str:
        self.read += 1
        return await super().drawing(key)


def test_a_drawing_is_read_once_for_each_look_at_something_new() -> None:
    board = Counting()
    watched = Watched(Room(board))
    for _ in range(3):
        watched.room.step()
    assert board.read == 0, "nobody is chosen"
    watched.choose(watched.ada_bar)
    for _ in range(3):
        watched.room.step()
    assert board.read == 1
    for _ in range(5):
        watched.ada.begin_stroke([[3, 3], [25, 3]], 2.4, False)
    watched.room.step()
    assert board.read == 2


def test_during_a_vote_nothing_of_the_answer_is_on_the_page(watched: Watched) -> None:
    watched.choose(watched.ada_bar)
    watched.press("ask", watched.ada_bar)
    watched.choose(watched.bob_bar)
    assert watched.stage.drawing.is_blank
    assert watched.stage.answer.digit is None
    watched.press("reveal")
    assert watched.stage.drawing == watched.ada.canvas.own
    assert watched.stage.answer.digit == 7
    watched.press("free")
    assert watched.stage.answer.digit == 1, "of the drawing that was chosen meanwhile"


def test_what_is_presented_is_on_the_stage_of_every_teacher(watched: Watched) -> None:
    other_stage = Session()
    other = watched.room.teacher(session=other_stage)
    watched.choose(watched.ada_bar)
    show(other, "choose", watched.bob_bar)
    watched.room.step()
    assert (watched.stage.answer.digit, other_stage.answer.digit) == (7, 1)
    watched.press("show", watched.ada_bar)
    assert (watched.stage.answer.digit, other_stage.answer.digit) == (7, 7)
    watched.press("free")
    assert (watched.stage.answer.digit, other_stage.answer.digit) == (7, 1)


def test_a_pupil_who_leaves_takes_the_drawing_along_and_may_come_back(watched: Watched) -> None:
    watched.choose(watched.ada_bar)
    watched.ada_bar.show(standing="elsewhere")
    watched.room.step()
    watched.room.step()
    assert watched.teacher.chosen == ""
    assert watched.stage.drawing.is_blank
    watched.ada_bar.show(standing="")
    watched.ada_bar.claims = True
    watched.room.step()
    watched.room.step()
    watched.room.step()
    assert watched.stage.answer.digit == 7


@pytest.mark.parametrize("key", ["x", "0" * 32, None, 7, ["a"], {}])
def test_a_key_that_nobody_has_chooses_nobody(watched: Watched, key: object) -> None:
    watched.choose(watched.ada_bar)
    tell(watched.teacher, {"type": "choose", "key": key})
    watched.room.step()
    assert watched.teacher.chosen == public_key(watched.ada_bar.key)


def test_without_the_code_nothing_comes_onto_the_stage(watched: Watched) -> None:
    stage = Session()
    stranger = watched.room.teacher("WRONG-CODE", stage)
    show(stranger, "choose", watched.ada_bar)
    watched.press("show", watched.bob_bar)
    assert stage.drawing.is_blank
    assert stranger.chosen == ""
    stranger._admit()
    watched.room.step()
    assert stranger.chosen == "", "what was chosen before the code is not chosen after it"


def test_a_drawing_of_too_many_strokes_is_on_the_stage_as_a_picture(watched: Watched) -> None:
    scribble = Drawing(None, tuple(Stroke(np.array(SEVEN), 2.4) for _ in range(900)))
    watched.ada.replace_drawing(scribble)
    watched.room.step()
    watched.choose(watched.ada_bar)
    assert watched.stage.drawing.base is not None
    np.testing.assert_allclose(watched.stage.drawing.image, scribble.image, atol=0.5 / 255)


class Spoiled(MemoryBoard):
    """Has lost what it was given, and found something else in its place."""

    async def drawing(self, key: str) -> str:
        return "no drawing" + await super().drawing(key)


def test_a_drawing_that_cannot_be_read_costs_the_class_nothing() -> None:
    watched = Watched(Room(Spoiled()))
    watched.choose(watched.ada_bar)
    assert watched.stage.drawing.is_blank
    assert len(watched.teacher.present) == 2


class Silent(MemoryBoard):
    """Does not answer while it is silent, when it is asked for a drawing."""

    silent = False

    async def drawing(self, key: str) -> str:
        if self.silent:
            raise OSError("nobody answers")
        return await super().drawing(key)


def test_what_is_chosen_while_the_board_is_silent_comes_when_it_is_back() -> None:
    board = Silent()
    watched = Watched(Room(board, Clock()))
    watched.choose(watched.ada_bar)
    board.silent = True
    watched.choose(watched.bob_bar)
    assert watched.teacher.chosen == public_key(watched.ada_bar.key)
    assert watched.stage.answer.digit == 7
    assert watched.teacher.age is not None
    board.silent = False
    watched.room.step()
    assert watched.teacher.chosen == public_key(watched.bob_bar.key)
    assert watched.stage.answer.digit == 1


def test_a_teacher_s_page_that_loses_its_connection_forgets_the_drawing(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.choose(watched.ada_bar)
    monkeypatch.setattr("explorer.classroom.teacher.is_connected", lambda document: False)
    watched.room.step()
    assert watched.stage.drawing.is_blank
    assert (watched.teacher.admitted, watched.teacher.chosen) == (False, "")


def test_the_chosen_drawing_comes_from_the_process_that_the_pupil_is_in(
    redis: RedisServer,
) -> None:
    boards = [RedisBoard(redis.url) for _ in range(2)]
    here, there = (Room(board) for board in boards)
    stage = Session()
    teacher = here.teacher(session=stage)

    async def story() -> None:
        ada, bar = there.page("Ada")
        ada.begin_stroke(SEVEN, 2.4, False)
        for _ in range(2):
            await there.advance()
            await here.advance()
        show(teacher, "choose", bar)
        await here.advance()
        assert stage.drawing == ada.canvas.own
        for board in boards:
            await board._redis.aclose()

    asyncio.run(story())
