"""What is asked for again and again is done at most so often, and the latest always is."""

from __future__ import annotations

import asyncio
import logging

import pytest

from explorer.transport.latest import Latest
from support.virtual_time import run_in_virtual_time

LASTS, REST = 0.02, 0.15


class Slider:
    """A value that changes, and what has been made of it: each value with the time it was shown."""

    def __init__(self) -> None:
        self.value = 0
        self.begun: list[int] = []
        self.shown: list[tuple[int, float]] = []
        self.latest = Latest(self._show, REST)

    def move(self, value: int) -> None:
        self.value = value
        self.latest.ask()

    async def _show(self) -> None:
        value = self.value
        self.begun.append(value)
        await asyncio.sleep(LASTS)
        self.shown.append((value, asyncio.get_running_loop().time()))


def test_a_drag_of_a_second_is_followed_a_few_times_and_its_end_is_shown_in_time() -> None:
    async def drag() -> None:
        slider = Slider()
        for value in range(1, 31):
            slider.move(value)
            await asyncio.sleep(1 / 30)
        ended = asyncio.get_running_loop().time()
        await asyncio.sleep(1)
        assert 4 <= len(slider.shown) <= 8
        assert slider.shown[0] == (1, LASTS)
        value, at = slider.shown[-1]
        assert value == 30
        assert at - ended < 0.2

    run_in_virtual_time(drag())


def test_only_one_is_under_way_and_the_latest_comes_after_it() -> None:
    async def ask_meanwhile() -> None:
        slider = Slider()
        slider.move(1)
        await asyncio.sleep(LASTS / 2)
        for value in range(2, 9):
            slider.move(value)
        assert slider.begun == [1]
        await asyncio.sleep(1)
        assert slider.begun == [1, 8]
        slider.move(9)
        await asyncio.sleep(1)
        assert slider.begun == [1, 8, 9]

    run_in_virtual_time(ask_meanwhile())


def test_who_asks_goes_on_before_anything_is_done() -> None:
    async def ask() -> None:
        slider = Slider()
        slider.move(1)
        slider.move(2)
        await asyncio.sleep(1)
        assert slider.begun == [2]

    run_in_virtual_time(ask())


def test_what_fails_shows_in_the_log_and_is_tried_again_when_asked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tried = []

    async def fail() -> None:
        tried.append(1)
        raise ZeroDivisionError

    async def ask_twice() -> None:
        latest = Latest(fail, REST)
        for _ in range(2):
            latest.ask()
            await asyncio.sleep(1)

    with caplog.at_level(logging.ERROR):
        run_in_virtual_time(ask_twice())
    assert len(tried) == 2
    assert caplog.text.count("\nZeroDivisionError") == 2


def test_without_a_loop_nothing_is_done() -> None:
    slider = Slider()
    slider.move(1)
    assert slider.begun == []
