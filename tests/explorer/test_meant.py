"""The drawings of a class as data to learn from: those with a meant digit, and no names."""

from __future__ import annotations

import asyncio
from functools import partial

import numpy as np

from core.ink import Drawing
from explorer.classroom.board import Board, MemoryBoard, Place, Shown, public_key
from explorer.classroom.meant import meant_drawings
from explorer.classroom.records import Pupil
from explorer.drawing.collection import Collection
from explorer.state.answer import received
from explorer.state.own_drawings import MOST_DRAWINGS, ClassDrawings
from explorer.state.session import Session
from explorer.transport.pictures import packed
from support.room import Room
from support.telling import tell

SEVEN = [[7, 7], [21, 7], [16, 16], [13, 22]]
ONE = [[14, 4], [14, 24]]


def collecting(of_class: ClassDrawings | None) -> Collection:
    """The part of a pupil's page in which drawings are collected."""
    return Collection(Session(), "train", of_class)


def add_class(panel: Collection) -> str:
    """Add the drawings of the class; returns what is said then."""
    tell(panel, {"type": "add_class"})
    return panel.said


def test_those_who_said_what_they_meant_are_in_it_once_and_nobody_by_name() -> None:
    room = Room()
    ada, ada_bar = room.page("Ada")
    bob, _ = room.page("Bob")
    ada.begin_stroke(SEVEN, 2.4, False)
    bob.begin_stroke(ONE, 2.4, False)
    panel = collecting(partial(meant_drawings, room.board))
    room.step()
    nobody = "Nobody in the class has said of another drawing which digit was meant."
    assert add_class(panel) == nobody
    tell(ada_bar, {"type": "meant", "digit": 7})
    room.step()
    assert add_class(panel) == "Added 1 drawing of the class."
    ((number, digit, picture, _),) = panel.gallery
    assert (number, digit, panel.counts[7]) == (0, 7, 1)
    whole = Drawing(np.round(255 * ada.drawing.image).astype(np.float32) / np.float32(255))
    assert picture == packed(Drawing(received(whole, centred=True)))
    assert add_class(panel) == nobody
    assert len(panel.gallery) == 1


async def hung_up(board: Board, pupils: list[Pupil]) -> None:
    """Put up what pupils show."""
    for pupil in pupils:
        place = Place(pupil.key, "page")
        await board.claim([place])
        await board.show([Shown(place, pupil)])


def test_a_blank_pad_and_a_damaged_picture_lose_nothing_of_the_others() -> None:
    board = MemoryBoard()
    pictures = ["", "data:image/png;base64,AAAA", packed(Drawing.blank), packed(seven())]
    keys = [public_key(str(number)) for number in range(4)]
    pupils = [
        Pupil(key, "Ada", picture, meant=7) for key, picture in zip(keys, pictures, strict=True)
    ]
    asyncio.run(hung_up(board, pupils))
    panel = collecting(partial(meant_drawings, board))
    assert add_class(panel) == "Added 1 drawing of the class."


def seven() -> Drawing:
    session = Session()
    session.begin_stroke(SEVEN, 2.4, False)
    return session.drawing


class Unreachable(MemoryBoard):
    async def pupils(self) -> list[Pupil]:
        raise OSError("gone")


def test_a_class_that_cannot_be_reached_or_does_not_fit_is_said() -> None:
    panel = collecting(partial(meant_drawings, Unreachable()))
    assert add_class(panel) == "The class cannot be reached: try again in a moment."
    noise = np.random.default_rng(0)

    async def too_many() -> list[tuple[Drawing, int]]:
        images = noise.random((MOST_DRAWINGS + 1, 28, 28), np.float32)
        return [(Drawing(each), 3) for each in images]

    panel = collecting(too_many)
    assert add_class(panel) == "There is room for 500 drawings: remove some first."
    assert panel.gallery == []


def test_where_there_is_no_class_none_is_offered() -> None:
    panel = collecting(None)
    assert not panel.has_class
    assert collecting(partial(meant_drawings, MemoryBoard())).has_class
