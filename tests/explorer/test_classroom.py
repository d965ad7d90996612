"""The pages of a class: who gets to see what, and how one comes in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from core.errors import InputError
from core.ink import Drawing, Stroke
from explorer.classroom.board import MemoryBoard, Place, Shown, Standing, public_key
from explorer.classroom.classroom import Classroom
from explorer.classroom.pupil import PupilBar
from explorer.classroom.records import Lesson, count_votes
from explorer.classroom.redis_board import RedisBoard
from explorer.classroom.teacher import TeacherPage
from explorer.classroom.teacher_code import Attempts, TeacherCode, new_code
from explorer.page.controls import Controls
from explorer.page.page import Page
from explorer.server.addresses import class_address
from explorer.server.invitation import invitation, invitation_page
from explorer.state.session import Neuron, PausedError, Session
from explorer.transport.component import LiveComponent
from explorer.transport.pictures import packed
from support.clock import Clock
from support.redis_server import RedisServer
from support.room import Room, in_no_time, join, show
from support.telling import tell

SEVEN = [[7, 7], [21, 7], [16, 16], [13, 22]]

# The code


def test_every_class_has_a_code_of_its_own() -> None:
    codes = {new_code() for _ in range(100)}
    assert len(codes) == 100
    for code in codes:
        TeacherCode(code)


@pytest.mark.parametrize(
    "code", ["", "----", "1", "ABCD-E", "AAAA-AAAA", "1212 1212", "ÄÖÜ", "X" * 41]
)
def test_a_code_that_is_easily_guessed_is_refused(code: str) -> None:
    with pytest.raises(InputError, match=r"6 to 40 letters or digits, at least 4 .* different"):
        TeacherCode(code)


def now() -> float:
    return asyncio.get_running_loop().time()


def test_the_code_opens_however_it_is_typed() -> None:
    async def story() -> None:
        code = TeacherCode("ABCD-ÄFGH")
        for typed in ("ABCD-ÄFGH", "abcd äfgh", " abcdA\u0308fgh\n"):
            assert await Attempts(code).admits(lambda typed=typed: typed)
        for typed in ("", "ABCD-ÄFG", "ABCD-ÄFGHI", "ÄÖ\0\ud800" * 10**5):
            assert not await Attempts(code).admits(lambda typed=typed: typed)

    in_no_time(story())


def test_wrong_codes_slow_their_page_down_and_the_right_one_always_enters() -> None:
    async def story() -> None:
        code = TeacherCode("ABCD-EFGH")
        guesser, waits = Attempts(code), []
        for _ in range(7):
            before = now()
            assert not await guesser.admits(lambda: "WRONG-CODE")
            waits.append(round(now() - before))
        assert waits == [0, 1, 2, 4, 8, 16, 16]
        before = now()
        assert await Attempts(code).admits(lambda: "ABCD-EFGH")
        assert now() - before < 1
        assert await guesser.admits(lambda: "ABCD-EFGH")

    in_no_time(story())


def test_under_a_flood_of_guesses_the_right_code_enters_within_seconds_and_few_are_compared() -> (
    None
):
    async def guess(code: TeacherCode, compared: list[float]) -> None:
        attempts = Attempts(code)
        while True:
            await attempts.admits(lambda: "WRONG-CODE")
            compared.append(now())

    async def story() -> None:
        code, compared = TeacherCode("ABCD-EFGH"), []
        flood = [asyncio.create_task(guess(code, compared)) for _ in range(1000)]
        await asyncio.sleep(60)
        before = now()
        assert await Attempts(code).admits(lambda: "ABCD-EFGH")
        assert now() - before < 1
        for _ in range(250):  # pages that have just been opened
            flood.append(asyncio.create_task(guess(code, compared)))
        before = now()
        assert await Attempts(code).admits(lambda: "ABCD-EFGH")
        assert now() - before < 15
        assert len(compared) <= 20 * now() + 1
        for task in flood:
            task.cancel()
        await asyncio.wait(flood)
        assert await Attempts(code).admits(lambda: "ABCD-EFGH")

    in_no_time(story())


# Pages of a class, without a browser


def test_what_pupils_draw_is_on_the_wall() -> None:
    room = Room()
    session, bar = room.page("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    tell(bar, {"type": "meant", "digit": 1})
    teacher = room.teacher()
    room.step()
    (tile,) = teacher.changed
    assert (tile["name"], tile["digit"], tile["meant"], tile["misread"]) == ("Ada", 7, 1, True)
    assert tile["picture"] == packed(session.drawing)


def test_without_the_code_nothing_of_the_class_comes_near_a_page() -> None:
    room = Room()
    session, _ = room.page("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    stranger = room.teacher("WRONG-CODE")
    for kind in ("show", "ask", "reveal", "free", "freeze", "clear"):
        tell(stranger, {"type": kind, "key": "x", "on": True})
    room.step()
    assert (stranger.admitted, stranger.present, stranger.changed) == (False, [], [])
    assert room.classroom.lesson == Lesson()


def test_a_pupil_who_has_not_joined_is_not_shown() -> None:
    room = Room()
    session, bar = room.page()
    session.begin_stroke(SEVEN, 2.4, False)
    room.step()
    assert room.pupils() == []
    join(bar, "  \n\u202e ")
    assert (bar.nickname, bar.refusals) == ("", 1)


def test_a_drawing_is_brought_onto_every_stage_and_everyone_gets_their_own_back() -> None:
    room = Room()
    ada, ada_bar = room.page("Ada")
    bob, _ = room.page("Bob")
    ada.begin_stroke(SEVEN, 2.4, False)
    bob.begin_stroke([[14, 4], [14, 24]], 2.4, False)
    own = bob.drawing
    teacher = room.teacher()
    room.step()
    show(teacher, "show", ada_bar)
    room.step()
    assert bob.drawing == ada.drawing
    assert room.pupils()[1].picture == packed(own)
    show(teacher, "free")
    room.step()
    assert bob.drawing == own


def test_a_pupil_who_reloads_while_another_drawing_is_shown_keeps_their_own() -> None:
    room = Room()
    ada, ada_bar = room.page("Ada")
    ada.begin_stroke(SEVEN, 2.4, False)
    teacher = room.teacher()
    room.step()
    show(teacher, "show", ada_bar)
    room.step()
    bob, _ = room.page("Bob")
    room.step()
    own = Drawing.blank.with_stroke(Stroke(np.array([[14, 4], [14, 24]])))
    bob.restore(own)
    room.step()
    assert bob.drawing == ada.drawing
    shown = room.pupils()[1]
    assert (shown.picture, shown.digit) == (packed(own), 1)
    show(teacher, "free")
    room.step()
    assert bob.drawing == own


def test_clearing_while_a_drawing_is_shown_clears_everyone_s_own() -> None:
    room = Room()
    ada, ada_bar = room.page("Ada")
    ada.begin_stroke(SEVEN, 2.4, False)
    teacher = room.teacher()
    room.step()
    show(teacher, "show", ada_bar)
    room.step()
    show(teacher, "clear")
    room.step()
    assert ada.drawing.is_blank


def test_the_answer_stays_hidden_until_the_teacher_shows_it() -> None:
    room = Room()
    ada, ada_bar = room.page("Ada")
    bob, bob_bar = room.page("Bob")
    ada.begin_stroke(SEVEN, 2.4, False)
    teacher = room.teacher()
    room.step()
    show(teacher, "ask", ada_bar)
    room.step()
    assert bob_bar.lesson["phase"] == "vote"
    assert bob_bar.lesson["picture"] == packed(ada.canvas.drawing)
    assert (bob_bar.lesson["digit"], bob_bar.lesson["votes"]) == (None, [])
    assert bob.drawing.is_blank
    tell(bob_bar, {"type": "vote", "digit": 1})
    room.step()
    assert (teacher.voted, teacher.votes) == (1, [])
    show(teacher, "reveal")
    room.step()
    assert teacher.votes == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert bob_bar.lesson["digit"] == 7
    assert bob.drawing == ada.drawing


def test_during_a_vote_the_teacher_s_page_is_not_told_what_the_network_says() -> None:
    room = Room()
    ada, ada_bar = room.page("Ada")
    room.page("Bob")
    for _ in range(2):
        ada.begin_stroke(SEVEN, 2.4, False)
        tell(ada_bar, {"type": "meant", "digit": 1})
        room.step()
        ada.clear()
    ada.begin_stroke(SEVEN, 2.4, False)
    teacher = room.teacher()
    room.step()
    assert np.array(teacher.matrix)[1, 7] == 2
    assert teacher.changed[0]["digit"] == 7
    show(teacher, "ask", ada_bar)
    room.step()
    assert (teacher.matrix, teacher.lesson["digit"], teacher.votes) == ([], None, [])
    assert teacher.changed == [
        {**teacher.changed[0], "digit": None, "sure": False, "meant": None, "misread": False}
    ]
    another = room.teacher()
    room.step()
    assert "7" not in repr([{**each, "picture": "", "key": ""} for each in another.changed])
    assert (another.matrix, another.lesson["digit"]) == ([], None)
    show(teacher, "reveal")
    room.step()
    assert np.array(teacher.matrix)[1, 7] == 2
    assert (teacher.changed[0]["digit"], teacher.lesson["digit"]) == (7, 7)


def test_a_vote_hides_the_matrix_of_drawings_that_are_gone_as_well() -> None:
    room = Room()
    ada, ada_bar = room.page("Ada")
    ada.begin_stroke(SEVEN, 2.4, False)
    tell(ada_bar, {"type": "meant", "digit": 1})
    room.step()
    ada.clear()
    teacher = room.teacher()
    room.step()
    assert np.array(teacher.matrix)[1, 7] == 1
    show(teacher, "ask", ada_bar)
    room.step()
    assert teacher.matrix == []


def test_a_cell_of_the_matrix_narrows_the_wall_until_a_vote() -> None:
    room = Room()
    ada, ada_bar = room.page("Ada")
    ada.begin_stroke(SEVEN, 2.4, False)
    tell(ada_bar, {"type": "meant", "digit": 1})
    teacher = room.teacher()
    room.step()
    assert teacher.confusion.counts == teacher.matrix
    tell(teacher.confusion, {"type": "open", "cell": [1, 7]})
    assert teacher.cell == [1, 7]
    tell(teacher, {"type": "all"})
    assert teacher.cell == []
    tell(teacher.confusion, {"type": "open", "cell": [1, 7]})
    show(teacher, "ask", ada_bar)
    room.step()
    assert teacher.cell == []
    assert not np.any(teacher.confusion.counts)
    tell(teacher.confusion, {"type": "open", "cell": [1, 7]})
    assert teacher.cell == []


def test_clearing_starts_everyone_anew_and_keeps_what_was_counted() -> None:
    room = Room()
    session, bar = room.page("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    tell(bar, {"type": "meant", "digit": 7})
    teacher = room.teacher()
    room.step()
    show(teacher, "clear")
    room.step()
    room.step()
    assert session.drawing.is_blank
    assert bar.meant is None
    assert np.array(teacher.matrix)[7, 7] == 1


# What a teacher forbids, the server refuses

STROKE = {"begins": True, "points": SEVEN, "width": 2.4, "erases": False}
FORBIDDEN: dict[str, tuple[str, dict[str, Any]]] = {
    "ink": ("Pad", {"type": "ink", "parts": [STROKE]}),
    "more ink": ("Pad", {"type": "ink", "parts": [{"begins": False, "points": [[1, 1]]}]}),
    "another drawing": ("Pad", {"type": "hello", "drawing": Drawing.blank.to_json()}),
    "undo": ("Drawing", {"name": "undo"}),
    "redo": ("Drawing", {"name": "redo"}),
    "clear": ("Drawing", {"name": "clear"}),
    "lens": ("Drawing", {"name": "centred", "value": False}),
    "network": ("Networks", {"type": "choose", "name": "wide"}),
    "example": ("Examples", {"type": "choose", "name": "7-plain"}),
    "file": (
        "Examples",
        {
            "type": "open",
            "file": "x",
            "size": 30,
            "head": "",
            "text": Drawing.blank.to_json(),
            "scaled": False,
        },
    ),
}


def parts_of(page: Page) -> dict[str, LiveComponent]:
    """The components of a page; controls by their label."""
    parts = [each for each in page.param.values().values() if isinstance(each, LiveComponent)]
    return {
        each.label if isinstance(each, Controls) else type(each).__name__: each for each in parts
    }


@pytest.fixture
def drawn() -> tuple[Room, TeacherPage, PupilBar, Page]:
    """A pupil's whole page with a stroke to undo and one to redo, and one that goes on."""
    room = Room()
    page, bar = room.whole_page("Ada")
    pad = parts_of(page)["Pad"]
    tell(pad, {"type": "hello", "drawing": None})
    for _ in range(3):
        tell(pad, {"type": "ink", "parts": [STROKE]})
    page.session.undo()
    tell(pad, {"type": "ink", "parts": [STROKE]})
    page.session.undo()
    teacher = room.teacher()
    room.step()
    return room, teacher, bar, page


def state_of(session: Session) -> tuple[Any, ...]:
    canvas = session.canvas
    return canvas.drawing, canvas.history, session.centred, session.network_name


#: While a drawing is presented, all may look at it in their own way.
ALLOWED = [("show", "lens"), ("show", "network")]


@pytest.mark.parametrize("what", FORBIDDEN)
@pytest.mark.parametrize("kind", ["freeze", "ask", "show"])
def test_what_a_pupil_s_page_sends_all_the_same_changes_nothing(
    drawn: tuple[Room, TeacherPage, PupilBar, Page], kind: str, what: str
) -> None:
    room, teacher, bar, page = drawn
    assert (page.session.can_undo, page.session.can_redo) == (True, True)
    show(teacher, kind, bar, on=True)
    room.step()
    before, seen = state_of(page.session), page.session.drawing
    component, message = FORBIDDEN[what]
    tell(parts_of(page)[component], message)
    assert (state_of(page.session) == before) == ((kind, what) not in ALLOWED)
    assert page.session.drawing == seen
    show(teacher, "freeze", bar, on=False)
    show(teacher, "free", bar)
    room.step()
    if what != "another drawing" and (kind, what) not in ALLOWED:
        tell(parts_of(page)[component], message)
        assert (state_of(page.session) == before) == (what == "more ink")


def test_a_page_that_shows_refused_ink_is_put_right_and_may_still_look() -> None:
    room = Room()
    page, bar = room.whole_page("Ada")
    pad = parts_of(page)["Pad"]
    teacher = room.teacher()
    room.step()
    show(teacher, "freeze", on=True)
    room.step()
    assert (pad.locked, page.locked) == (True, True)
    revision = pad.revision
    tell(pad, {"type": "ink", "parts": [STROKE]})
    assert pad.revision == revision + 1
    tell(parts_of(page)["Stage"], {"type": "select", "neuron": [1, 5]})
    assert page.session.selected == Neuron(1, 5)
    tell(bar, {"type": "meant", "digit": 3})
    assert bar.meant == 3


def test_a_stroke_that_is_refused_under_the_pen_is_over() -> None:
    room = Room()
    page, _ = room.whole_page("Ada")
    pad = parts_of(page)["Pad"]
    teacher = room.teacher()
    more = {"type": "ink", "parts": [{"begins": False, "points": [[1, 27]]}]}
    tell(pad, {"type": "ink", "parts": [STROKE]})
    show(teacher, "freeze", on=True)
    room.step()
    tell(pad, more)
    show(teacher, "freeze", on=False)
    room.step()
    before = page.session.drawing
    tell(pad, more)
    assert page.session.drawing == before


def test_nobody_is_invited_to_draw_on_a_drawing_that_is_presented() -> None:
    room = Room()
    page, bar = room.whole_page("Ada")
    pad = parts_of(page)["Pad"]
    teacher = room.teacher()
    room.step()
    assert pad.inviting
    show(teacher, "show", bar)
    room.step()
    assert (pad.inviting, pad.borrowing) == (False, True)
    show(teacher, "free")
    room.step()
    assert (pad.inviting, pad.borrowing) == (True, False)


def test_who_opens_a_page_while_the_class_is_paused_cannot_draw_either() -> None:
    room = Room()
    room.teach(Lesson(round=1, frozen=True))
    room.step()
    page, _ = room.whole_page()
    pad = parts_of(page)["Pad"]
    own = Drawing.blank.with_stroke(Stroke(np.array(SEVEN)))
    tell(pad, {"type": "hello", "drawing": own.to_json()})
    tell(pad, {"type": "ink", "parts": [STROKE]})
    assert page.session.drawing == own


def test_clearing_all_pads_works_while_they_are_paused() -> None:
    room = Room()
    session, _ = room.page("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    teacher = room.teacher()
    show(teacher, "freeze", on=True)
    room.step()
    show(teacher, "clear")
    room.step()
    assert session.drawing.is_blank
    with pytest.raises(PausedError):
        session.begin_stroke(SEVEN, 2.4, False)
    assert session.drawing.is_blank


def test_during_a_vote_no_page_shows_what_the_network_says_to_the_drawing() -> None:
    room = Room()
    page, bar = room.whole_page("Ada")
    parts = parts_of(page)
    page.session.begin_stroke(SEVEN, 2.4, False)
    teacher = room.teacher()
    room.step()
    assert parts["Outputs"].answer["digit"] == 7
    show(teacher, "ask", bar)
    room.step()
    assert parts["Outputs"].answer["digit"] is None
    assert parts["Outputs"].lens["centred"]["digit"] is None
    assert Drawing.from_json(parts["Pad"].drawing).is_blank
    assert (bar.lesson["phase"], bar.lesson["digit"]) == ("vote", None)
    show(teacher, "reveal")
    room.step()
    assert (parts["Outputs"].answer["digit"], bar.lesson["digit"]) == (7, 7)


# One connection, one pupil


def test_a_page_that_joins_again_and_again_is_one_pupil_with_one_vote() -> None:
    room = Room()
    _, bar = room.page("Ada")
    room.teach(Lesson(round=1, phase="vote", asked=1))
    room.step()
    for number in range(56):
        join(bar, f"Ghost {number}", f"{number:032x}")
        tell(bar, {"type": "vote", "digit": number % 10})
        tell(bar, {"type": "vote", "digit": 3})
        if number % 3 == 0:
            room.step()
    room.step()
    assert [pupil.name for pupil in room.pupils()] == ["Ghost 55"]
    left = [Place(public_key(f"{number:032x}"), "page") for number in range(55)]
    assert {claim.before for claim in asyncio.run(room.board.claim(left))} == {None}
    assert count_votes(room.pupils(), 1) == (0, 0, 0, 1, 0, 0, 0, 0, 0, 0)


def test_a_pupil_who_reloads_is_no_newcomer_and_keeps_vote_and_counts() -> None:
    room = Room()
    session, before = room.page("Ada")
    for _ in range(2):
        session.begin_stroke(SEVEN, 2.4, False)
        tell(before, {"type": "meant", "digit": 1})
        room.step()
        session.clear()
    tell(before, {"type": "meant", "digit": 4})
    room.teach(Lesson(round=1, phase="vote", asked=1))
    room.step()
    tell(before, {"type": "vote", "digit": 3})
    room.step()
    (seen,) = room.pupils()
    room.classroom.close(before)
    room.step()
    assert room.pupils() == []
    _, after = room.page("Ada", before.key)
    room.step()
    assert room.pupils() == [seen]
    assert (seen.said, after.meant, after.vote) == (((1, 7), (1, 7)), 4, 3)


def test_the_newest_of_two_pages_of_one_pupil_is_shown_until_the_older_comes_back() -> None:
    room = Room()
    _, older = room.page("Ada")
    room.step()
    session, newer = room.page("Ada", older.key)
    session.begin_stroke(SEVEN, 2.4, False)
    room.step()
    tell(older, {"type": "meant", "digit": 1})
    room.step()
    assert [(each.digit, each.meant) for each in room.pupils()] == [(7, None)]
    assert (older.standing, newer.standing) == ("elsewhere", "")
    join(older, "Ada", older.key)
    for _ in range(2):
        room.step()
        assert [(each.digit, each.meant) for each in room.pupils()] == [(None, 1)]
        assert (older.standing, newer.standing) == ("", "elsewhere")


def test_a_page_that_is_not_shown_does_not_vote() -> None:
    room = Room()
    room.teach(Lesson(round=1, phase="vote", asked=1))
    _, older = room.page("Ada")
    room.page("Ada", older.key)
    _, visitor = room.page()
    room.step()
    for bar in older, visitor:
        tell(bar, {"type": "vote", "digit": 3})
        assert bar.vote is None


def test_two_processes_agree_on_the_page_that_is_shown(redis: RedisServer) -> None:
    """Each with a connection of its own, as processes have."""

    async def story() -> None:
        boards = [RedisBoard(redis.url) for _ in range(2)]
        here, there = (Room(board) for board in boards)
        _, older = here.page("Ada")
        await here.advance()
        _, newer = there.page("Ada", older.key)
        await there.advance()
        await here.advance()
        assert (older.standing, newer.standing) == ("elsewhere", "")
        join(older, "Ada", older.key)
        await here.advance()
        await there.advance()
        assert (older.standing, newer.standing) == ("", "elsewhere")
        assert len(await boards[0].pupils()) == 1
        for board in boards:
            await board._redis.aclose()

    asyncio.run(story())


def test_a_key_opens_its_pupil_s_place_and_is_told_to_nobody() -> None:
    room = Room()
    _, bar = room.page("Ada")
    teacher = room.teacher()
    room.step()
    assert bar.key not in repr((teacher.param.values(), room.pupils(), room.classroom.lesson))
    _, thief = room.page("Ada", teacher.present[0])
    room.step()
    assert (bar.standing, len(room.pupils())) == ("", 2)
    for nonsense in ("neuron-explorer:lesson", "", 7, [], "A" * 32, "a" * 33, None):
        before = thief.key
        join(thief, "Ada", nonsense)  # type: ignore[arg-type]
        assert thief.key == before


def test_a_class_that_is_full_says_so_to_who_comes_last() -> None:
    room = Room(MemoryBoard(most=1))
    _, first = room.page("Ada")
    room.step()
    _, second = room.page("Bob")
    room.step()
    assert (first.standing, second.standing) == ("", "full")
    room.teach(Lesson(round=1, phase="vote", asked=1))
    room.step()
    for bar in first, second:
        tell(bar, {"type": "vote", "digit": 3})
    assert (first.vote, second.vote) == (3, None)
    assert [pupil.name for pupil in room.pupils()] == ["Ada"]
    room.classroom.close(first)
    room.step()
    assert second.standing == ""
    assert [pupil.name for pupil in room.pupils()] == ["Bob"]


def test_a_drawing_of_too_many_strokes_is_on_the_board_as_a_picture() -> None:
    room = Room()
    session, bar = room.page("Ada")
    for _ in range(10):
        points = np.random.default_rng(0).uniform(0, 28, (1000, 2))
        session.begin_stroke(points, 2.4, False)
    room.step()
    assert asyncio.run(room.board.drawing(public_key(bar.key))) == ""
    teacher = room.teacher()
    room.step()
    show(teacher, "show", bar)
    room.step()
    np.testing.assert_allclose(session.drawing.image, session.canvas.own.image, atol=0.5 / 255)


# A board that does not answer


class Silent(MemoryBoard):
    """A board that can be silent, and forget."""

    silent = False

    async def show(self, shown: Sequence[Shown]) -> list[Standing]:
        if self.silent:
            raise OSError("no answer")
        return await super().show(shown)

    def forget(self) -> None:
        MemoryBoard.__init__(self)


def test_while_the_board_is_silent_the_wall_says_how_old_it_is_and_pupils_draw_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    board, clock = Silent(), Clock()
    room = Room(board, clock)
    session, bar = room.page("Ada")
    teacher = room.teacher()
    room.step()
    assert teacher.age is None
    board.silent = True
    for _ in range(5):
        clock.now += 3
        session.begin_stroke(SEVEN, 2.4, False)
        room.step()
    assert (teacher.age, session.answer.digit) == (15, 7)
    tell(bar, {"type": "meant", "digit": 1})
    room.step()
    board.silent = False
    room.step()
    assert teacher.age is None
    assert [(each["digit"], each["meant"]) for each in teacher.changed] == [(7, 1)]
    assert len(caplog.messages) == 2, "one line when it goes, one when it comes back"


def test_what_the_teacher_presses_while_the_board_is_silent_is_not_done_later() -> None:
    room = Room(board := Silent())
    _, bar = room.page("Ada")
    teacher = room.teacher()
    room.step()
    board.silent = True
    show(teacher, "freeze", on=True)
    room.step()
    board.silent = False
    room.step()
    assert (room.classroom.lesson.frozen, bar.lesson["frozen"]) == (False, False)


def test_a_board_that_has_forgotten_everything_is_told_again() -> None:
    room = Room(board := Silent())
    session, _ = room.page("Ada")
    session.begin_stroke(SEVEN, 2.4, False)
    teacher = room.teacher()
    room.step()
    show(teacher, "freeze", on=True)
    room.step()
    before = room.pupils()
    board.forget()
    for _ in range(2):
        room.step()
    assert room.pupils() == before
    assert asyncio.run(board.lesson()).frozen


def test_a_page_that_cannot_be_shown_costs_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    room = Room()
    _, bar = room.page("Ada")
    room.page("Bob")
    bar._session = None  # type: ignore[assignment]
    for _ in range(2):
        room.step()
    assert [pupil.name for pupil in room.pupils()] == ["Bob"]
    assert len(caplog.messages) == 1


@pytest.mark.parametrize("value", [-1, 10, None, "7", 1e300, float("nan"), [], True])
def test_a_vote_for_no_digit_is_no_vote(value: object) -> None:
    room = Room()
    _, bar = room.page("Ada")
    room.teach(Lesson(round=1, phase="vote", asked=1))
    room.step()
    tell(bar, {"type": "vote", "digit": value})
    assert bar.vote is None


# The way in


def test_the_class_needs_an_address_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def networks(*found: str) -> None:
        monkeypatch.setattr("explorer.server.addresses.local_addresses", lambda: list(found))

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
    assert page.count("<script") == page.count('<script nonce="once"') == 1
    assert "<svg" in page


def test_a_board_that_does_not_answer_is_asked_less_and_less_often() -> None:
    asked: list[float] = []

    class Silent(MemoryBoard):
        async def lesson(self) -> Lesson:
            asked.append(now())
            raise OSError("no answer")

    async def nothing(lesson: Lesson) -> dict[str, Any]:
        return {}

    async def story() -> None:
        Classroom(Silent(), TeacherCode("ABCD-EFGH")).act(nothing)
        await asyncio.sleep(30)

    in_no_time(story())
    pauses = np.diff(asked)
    assert 0.5 < pauses[0] < 1
    assert (np.diff(pauses) > -0.1).all()
    assert pauses[-1] == pytest.approx(3, abs=0.1)
