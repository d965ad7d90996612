"""What a class shares: who is there, what the teacher does, and what is counted of it."""

from __future__ import annotations

import asyncio
import json
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import InputError
from core.ink import Drawing
from core.training.recipes import RECIPES
from explorer.classroom.board import (
    AWAY_SECONDS,
    KEPT_SECONDS,
    Board,
    MemoryBoard,
    Place,
    Shown,
    Standing,
    public_key,
)
from explorer.classroom.names import LONGEST_NAME, nickname
from explorer.classroom.records import (
    MOST_SAID,
    Lesson,
    Pupil,
    confusion_matrix,
    count_votes,
)
from explorer.classroom.redis_board import RedisBoard
from explorer.server.serving import Options, open_classroom
from explorer.state.session import Session
from explorer.training.recipe_text import recipe_text
from explorer.transport.pictures import packed, unpacked
from support.blocking import forbid_blocking_calls
from support.clock import Clock
from support.redis_server import RedisServer
from support.server import free_port

SEVEN = [[7, 7], [21, 7], [16, 16], [13, 22]]
A, B, C = (letter * 32 for letter in "abc")
ADA = Pupil(A, "Ada", "", 7, True, 7, ((1, 7), (2, 2)), 3, 5)
BOB = Pupil(B, "bob", digit=7, meant=1, vote=7, voted=5)


Story = Callable[[Board], Awaitable[Any]]
Play = Callable[..., Any]


@pytest.fixture(params=["memory", "redis"])
def play(request: pytest.FixtureRequest) -> Play:
    """Let a story happen on an empty board, of at most so many pupils."""

    def in_memory(story: Story, most: int = 500) -> Any:
        return asyncio.run(story(MemoryBoard(most)))

    def in_redis(story: Story, most: int = 500) -> Any:
        return asyncio.run(on_redis(request.getfixturevalue("redis"), story, most))

    return in_memory if request.param == "memory" else in_redis


async def on_redis(redis: RedisServer, story: Story, most: int = 500) -> Any:
    board = RedisBoard(redis.url, most)
    await board._redis.flushall()
    try:
        return await story(board)
    finally:
        await board._redis.aclose()


async def put_up(board: Board, *pupils: Pupil, page: str = "page") -> None:
    """Show pupils, each on a page of this name that claims the place first."""
    places = [Place(pupil.key, page) for pupil in pupils]
    await board.claim(places)
    await board.show([Shown(*each) for each in zip(places, pupils, strict=True)])


def test_everyone_is_on_the_wall_in_the_order_of_names(play: Play) -> None:
    async def story(board: Board) -> None:
        await put_up(board, BOB)
        await put_up(board, ADA)
        assert await board.pupils() == [ADA, BOB]
        await board.show([Shown(Place(B, "page"), Pupil(B, "bob", digit=4), "strokes")])
        assert [pupil.digit for pupil in await board.pupils()] == [7, 4]
        assert [await board.drawing(key) for key in (A, B, C)] == ["", "strokes", ""]

    play(story)


def test_the_page_that_came_last_shows_the_pupil_and_the_older_is_told(play: Play) -> None:
    async def story(board: Board) -> None:
        await put_up(board, ADA, page="older")
        older, newer = Place(A, "older"), Place(A, "newer")
        (claim,) = await board.claim([newer])
        assert claim == (Standing.SHOWN, ADA)
        other = Pupil(A, "Ada", digit=4)
        assert await board.show([Shown(older, other)]) == [Standing.ELSEWHERE]
        assert await board.pupils() == [ADA]
        await board.leave(older, for_good=True)
        assert await board.show([Shown(newer)]) == [Standing.SHOWN]
        assert await board.pupils() == [ADA]

    play(story)


def test_who_has_closed_the_page_is_not_shown_and_comes_back_as_the_same(play: Play) -> None:
    async def story(board: Board) -> None:
        await put_up(board, ADA, BOB)
        await board.leave(Place(A, "page"), for_good=False)
        assert await board.pupils() == [BOB]
        assert await board.show([Shown(Place(A, "page"))]) == [Standing.UNKNOWN]
        assert await board.claim([Place(A, "another")]) == [(Standing.SHOWN, ADA)]
        assert await board.pupils() == [ADA, BOB]

    play(story)


def test_who_goes_for_good_leaves_nothing(play: Play) -> None:
    async def story(board: Board) -> None:
        await put_up(board, ADA)
        await board.leave(Place(A, "page"), for_good=True)
        assert await board.claim([Place(A, "page")]) == [(Standing.SHOWN, None)]

    play(story)


def test_a_board_has_room_for_so_many_and_who_is_away_makes_room(play: Play) -> None:
    async def story(board: Board) -> None:
        await put_up(board, ADA, BOB)
        assert await board.claim([Place(C, "page")]) == [(Standing.FULL, None)]
        assert await board.show([Shown(Place(C, "page"), Pupil(C, "Cy"))]) == [Standing.UNKNOWN]
        assert await board.pupils() == [ADA, BOB]
        await board.leave(Place(A, "page"), for_good=False)
        await put_up(board, Pupil(C, "Cy"))
        assert [pupil.name for pupil in await board.pupils()] == ["bob", "Cy"]
        assert await board.claim([Place(A, "page")]) == [(Standing.FULL, None)]

    play(story, most=2)


def test_a_board_that_does_not_know_what_a_page_shows_says_so(play: Play) -> None:
    async def story(board: Board) -> None:
        place = Place(A, "page")
        assert await board.show([Shown(place, ADA)]) == [Standing.UNKNOWN]
        await board.claim([place])
        assert await board.show([Shown(place)]) == [Standing.UNKNOWN]
        assert await board.show([Shown(place, ADA)]) == [Standing.SHOWN]

    play(story)


def test_what_the_teacher_does_reaches_everyone(play: Play) -> None:
    async def story(board: Board) -> None:
        assert await board.lesson() == Lesson()
        await board.teach(Lesson(round=3, phase="vote", frozen=True))
        assert await board.lesson() == Lesson(round=3, phase="vote", frozen=True)

    play(story)


def test_whose_process_has_died_leaves_the_wall_and_is_known_for_a_while() -> None:
    async def story() -> None:
        clock = Clock()
        board = MemoryBoard(clock=clock)
        await put_up(board, ADA)
        clock.now += AWAY_SECONDS - 1
        await put_up(board, BOB)
        clock.now += 2
        assert await board.pupils() == [BOB]
        assert await board.claim([Place(A, "another")]) == [(Standing.SHOWN, ADA)]
        clock.now += KEPT_SECONDS + 1
        assert await board.claim([Place(A, "another")]) == [(Standing.SHOWN, None)]

    asyncio.run(story())


def test_a_class_in_redis_is_forgotten_by_itself(redis: RedisServer) -> None:
    async def story(board: Any) -> None:
        await put_up(board, ADA)
        await board.teach(Lesson(round=1))
        lives = [await board._redis.ttl(key) for key in await board._redis.keys("*")]
        assert len(lives) == 5
        assert all(0 < life <= 12 * 3600 for life in lives)

    asyncio.run(on_redis(redis, story))


def test_however_many_come_and_go_redis_keeps_so_many_and_no_more(redis: RedisServer) -> None:
    async def story(board: Any) -> None:
        for number in range(300):
            pupil = Pupil(public_key(str(number)), "Ada")
            await put_up(board, pupil)
            await board.leave(Place(pupil.key, "page"), for_good=False)
        for name, count in ("zcard", "seen"), ("hlen", "pupils"), ("hlen", "drawings"):
            assert await getattr(board._redis, name)(f"neuron-explorer:{count}") == 50

    asyncio.run(on_redis(redis, story, most=50))


#: A recipe that no page could train.
HUGE = replace(RECIPES["lesson"], hidden=(2_000,) * 2)

HOSTILE = [
    "",
    "garbage",
    "[" * 100_000,
    "[]",
    "{}",
    '{"key": "b"}',
    json.dumps({"key": B, "name": "somebody else's"}),
    json.dumps({"key": A, "name": "\u202eevil"}),
    json.dumps({"key": A, "name": "Ada", "digit": 10}),
    json.dumps({"key": A, "name": "Ada", "said": [[1, 99]]}),
    json.dumps({"key": A, "name": "Ada", "said": [[1, 1]] * (MOST_SAID + 1)}),
    json.dumps({"key": A, "name": "Ada", "picture": "javascript:alert(1)"}),
    json.dumps({"key": A, "name": "Ada", "voted": 10**400}),
    json.dumps({"key": A, "name": "Ada", "more": "x" * 100_000}),
]


@pytest.mark.parametrize("record", HOSTILE, ids=lambda record: record[:40])
def test_a_record_in_redis_that_makes_no_sense_costs_one_line_and_nobody_else(
    redis: RedisServer, caplog: pytest.LogCaptureFixture, record: str
) -> None:
    async def story(board: Any) -> None:
        await put_up(board, ADA, BOB)
        await board._redis.hset("neuron-explorer:pupils", A, record)
        for _ in range(3):
            assert await board.pupils() == [BOB]
        assert await board.show([Shown(Place(A, "page"))]) == [Standing.UNKNOWN]
        await put_up(board, ADA)
        assert await board.pupils() == [ADA, BOB]

    asyncio.run(on_redis(redis, story))
    assert len(caplog.messages) == (1 if record else 0)


@pytest.mark.parametrize(
    "record",
    [
        "garbage",
        '{"round": -1}',
        '{"round": 1e400}',
        '{"phase": "dance"}',
        '{"drawing": "no drawing"}',
        '{"votes": [1,2,3,4,5,6,7,8,9,10,11]}',
        '{"frozen": "yes"}',
        '{"trains": 1}',
        '{"run": 1, "recipe": "no recipe"}',
        json.dumps({"run": 1, "recipe": recipe_text(HUGE)}),
        json.dumps({"drawing": "x" * 10**6}),
    ],
    ids=lambda record: record[:30],
)
def test_a_lesson_in_redis_that_makes_no_sense_is_none(
    redis: RedisServer, caplog: pytest.LogCaptureFixture, record: str
) -> None:
    async def story(board: Any) -> None:
        await board._redis.set("neuron-explorer:lesson", record)
        for _ in range(3):
            assert await board.lesson() == Lesson()
        await board.teach(Lesson(round=1))
        assert await board.lesson() == Lesson(round=1)

    asyncio.run(on_redis(redis, story))
    assert len(caplog.messages) == 1


def test_something_else_under_the_class_s_names_in_redis_is_cleared_away(
    redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    names = ("pages", "seen", "pupils", "drawings", "lesson")

    async def story(board: Any) -> None:
        for name in names:
            await board._redis.delete(f"neuron-explorer:{name}")
            await board._redis.lpush(f"neuron-explorer:{name}", "garbage")
        with pytest.raises(OSError, match="WRONGTYPE"):
            await put_up(board, ADA)
        await put_up(board, ADA)
        await board.teach(Lesson(round=1))
        assert (await board.pupils(), await board.lesson()) == ([ADA], Lesson(round=1))

    asyncio.run(on_redis(redis, story))
    assert len(caplog.messages) == 1


def test_a_redis_that_hangs_is_an_error_in_time_and_holds_up_nothing(redis: RedisServer) -> None:
    async def story(board: Any) -> None:
        await put_up(board, ADA)
        redis.hang()
        try:
            asking = asyncio.create_task(board.pupils())
            for _ in range(100):
                await asyncio.sleep(0)
            assert not asking.done(), "whoever draws meanwhile is heard"
            with pytest.raises(OSError, match=r"[Tt]imeout"):
                await asyncio.wait_for(asking, 4)
        finally:
            redis.go_on()
        assert await board.pupils() == [ADA]

    asyncio.run(on_redis(redis, story))


def test_a_board_never_waits_in_a_call_that_holds_up_the_loop(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(board: Board) -> None:
        forbid_blocking_calls(monkeypatch)
        await put_up(board, ADA)
        await put_up(board, BOB)
        await board.teach(Lesson(1))
        await board.lesson()
        await board.drawing(A)
        await board.leave(Place(B, "page"), for_good=False)
        assert await board.pupils() == [ADA]

    play(story)


def test_a_redis_that_is_not_there_or_hangs_is_one_clear_sentence(redis: RedisServer) -> None:
    for url in (f"redis://127.0.0.1:{free_port()}/0", "http://127.0.0.1", "localhost"):
        with pytest.raises(InputError, match=r"There is no Redis at .*start `redis-server`"):
            RedisBoard(url)
    redis.hang()
    try:
        with pytest.raises(InputError, match=r"There is no Redis at .*start `redis-server`"):
            RedisBoard(redis.url)
    finally:
        redis.go_on()


def test_several_processes_without_redis_are_refused() -> None:
    with pytest.raises(InputError, match="--redis"):
        open_classroom(Options(is_class=True, processes=2))


def test_votes_count_for_the_present_question_only() -> None:
    assert count_votes([ADA, BOB], 5) == (0, 0, 0, 1, 0, 0, 0, 1, 0, 0)
    assert sum(count_votes([ADA, BOB], 6)) == 0
    assert sum(count_votes([Pupil(C, "Cy")], 0)) == 0


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


def test_the_busiest_picture_fits_on_the_board_and_what_is_none_is_refused() -> None:
    noise = np.random.default_rng(0).random((28, 28), dtype=np.float32)
    picture = packed(Drawing(noise))
    assert Pupil(A, "Ada", picture).picture == picture
    for text in ("", "data:image/png;base64,AAAA", picture[:100], picture[:-40] + "A" * 40):
        with pytest.raises(InputError, match="no picture"):
            unpacked(text)


# Names


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("  Ada\n\x07 Lovelace  the first of them " + "x" * 10**6, "Ada Lovelace the fir"),
        ("Ada\u202e", "Ada"),
        ("\u202dA\u200ed\u200fa\u2066", "Ada"),
        ("A\u200bd\u200ca\u200d\ufeff\u2060\u00ad", "Ada"),
        ("\u3164\u1160\u2800\ufe0f\u034f", ""),
        ("Z" + "\u030d" * 50 + "oe", "Z\u030d\u030doe"),
        ("\u030d\u030d", ""),
        ("\ud800Ada\udfff", "Ada"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("أحمد", "أحمد"),
        ("ירון", "ירון"),
        ("李雷", "李雷"),
        ("👩\u200d🚀 Ada", "👩🚀 Ada"),
        ("<i>Bob</i>", "<i>Bob</i>"),
    ],
)
def test_a_name_is_short_plain_text(written: str, shown: str) -> None:
    assert nickname(written) == shown


@given(st.text() | st.text(st.sampled_from("ae \u0300\u0308\u034f\u200d\u1100\u1161\u0f71\u0f72")))
@example("0 \u0f71 0")
def test_a_name_is_short_printable_and_the_same_when_it_is_read_again(text: str) -> None:
    name = nickname(text)
    assert len(name) <= LONGEST_NAME
    assert name.isprintable()
    assert "Cf" not in {unicodedata.category(each) for each in name}
    assert nickname(name) == name
