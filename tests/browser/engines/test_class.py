"""A class in each engine: a pupil with a phone, and the teacher."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.engines.page import Visit
from support.explorer_page import SEVEN
from support.server import Server, serving

CODE = "ABCD-EFGH"
PHONE = (390, 844)


@pytest.fixture
def lesson() -> Iterator[Server]:
    with serving("--class", "--address", "127.0.0.1", "--code", CODE) as server:
        yield server
        assert server.complaints() == []


def test_a_pupil_draws_and_the_teacher_asks_the_class(lesson: Server, visit: Visit) -> None:
    teacher = visit(f"{lesson.address}teacher")
    teacher.click("input")
    teacher.tab.press(*CODE, "Enter")
    pupil = visit(lesson.address, PHONE).wait_until_ready()
    pupil.click("[data-testid=pupil] input")
    pupil.tab.press(*"Ada", "Enter")
    pupil.wait_for_text("[data-testid=pupil]", "Ada")
    pupil.choose_theme("light")
    assert pupil.brightness("[data-testid=pupil]") > 200
    pupil.draw(SEVEN)
    pupil.wait_for_answer("7")

    teacher.wait_for_text("[data-testid=wall] button", "7")
    teacher.click("[data-testid=wall] button")
    teacher.wait_for_answer("7")
    teacher.click("button", "Start vote")
    pupil.click("[data-testid=question] button", "4")
    teacher.wait_for_text("p", "All have voted")
    teacher.click("button", "Reveal")
    pupil.wait_for_text("[data-testid=pupil]", "You voted 4, the network says 7.")

    assert pupil.unreadable() == teacher.unreadable() == []
