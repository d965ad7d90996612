"""What takes longer than a message may is done beside the event loop, in order and at a price."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from typing import Any

import pytest

from core.ink.stroke import MOST_POINTS, MOST_STROKES
from explorer import create_app
from explorer.page.page import Page
from explorer.transport.link import Link


class Line:
    """A channel whose page reads everything at once."""

    is_read = True

    def __init__(self, link: Link) -> None:
        self.answered: list[int] = []
        self.seconds = 0.0
        link.is_listening = True
        link.open(self)

    def send(self, frame: bytes) -> None:
        self.answered.append(int.from_bytes(frame[4:8], "little"))

    def charge(self, seconds: float) -> None:
        self.seconds += seconds

    def close(self) -> None:
        """Nobody listens any more."""


@pytest.fixture
def page() -> Page:
    return create_app()


@pytest.fixture
def line(page: Page) -> Line:
    return Line(page.link)


def saved(strokes: int, points: int) -> str:
    """A drawing that crosses the pad to and fro."""
    stroke = {"points": [[at % 28, at % 27] for at in range(points)], "width": 2.4, "erases": False}
    return json.dumps({"base": None, "strokes": [stroke] * strokes})


def asked(page: Page, text: str) -> Awaitable[None]:
    """Open a file."""
    file = {"file": "drawing.json", "size": len(text), "head": "", "scaled": False}
    message = {"type": "open", "text": text} | file
    later = page.link.hear(page.examples.address, message)
    assert later is not None
    return later


async def rounds_until(later: Awaitable[None]) -> int:
    """How often others had their turn meanwhile."""
    task, rounds = asyncio.ensure_future(later), 0
    while not task.done():
        await asyncio.sleep(0)
        rounds += 1
    await task
    return rounds


def test_others_are_heard_while_the_largest_drawing_is_opened(page: Page, line: Line) -> None:
    text = saved(MOST_STROKES, MOST_POINTS // MOST_STROKES)
    assert asyncio.run(rounds_until(asked(page, text))) > 100
    assert len(page.session.drawing.strokes) == MOST_STROKES


def test_who_opens_a_drawing_pays_for_it_and_hears_when_it_is_there(page: Page, line: Line) -> None:
    later = asked(page, saved(1000, 10))
    assert not any(line.answered), "it is not answered before it is done"
    asyncio.run(rounds_until(later))
    assert line.answered[-1] == 1
    assert line.seconds > 0


@pytest.mark.parametrize("text", ["", "[1, 2", '{"base": 7, "strokes": []}', saved(1001, 1)])
def test_what_is_no_drawing_is_answered_with_a_sentence_and_leaves_the_drawing(
    page: Page, line: Line, text: str
) -> None:
    before = page.session.drawing
    asyncio.run(rounds_until(asked(page, text)))
    assert page.session.drawing is before
    assert "drawing.json" in page.session.notice
    assert line.answered[-1] == 1


def test_our_own_mistake_in_the_background_is_answered_too(
    page: Page, line: Line, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(drawing: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(page.session, "replace_drawing", fail)
    asyncio.run(rounds_until(asked(page, saved(1, 3))))
    assert line.answered[-1] == 1
    assert "ZeroDivisionError" in caplog.text


def test_a_drawing_that_a_tab_brings_along_does_not_replace_what_was_drawn_meanwhile(
    page: Page, line: Line
) -> None:
    later = page.link.hear(page.pad.address, {"type": "hello", "drawing": saved(1, 3)})
    assert later is not None
    page.session.begin_stroke([[3, 3], [9, 9]], 2.4, False)
    drawn = page.session.drawing
    asyncio.run(rounds_until(later))
    assert page.session.drawing is drawn
