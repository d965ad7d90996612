"""Many who follow the same thing are told of it in turns."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar

import pytest

from explorer.training.in_turns import InTurns
from support.room import in_no_time


async def settled(turns: InTurns) -> None:
    while turns._task is not None:
        await turns._task


def test_everybody_is_told_the_latest_once_and_whoever_was_told_last_waits_longest() -> None:
    async def story() -> None:
        turns, told = InTurns(), []
        for name in "abc":
            turns.add(lambda name=name: told.append(name))
        turns.tell()
        await asyncio.sleep(0)  # the first is told
        for _ in range(5):
            turns.tell()
        await settled(turns)
        assert "".join(told) == "abca"

    in_no_time(story())


def test_between_two_turns_the_loop_is_the_others() -> None:
    async def story() -> None:
        turns = InTurns(pause=0.5)
        for number in range(4):
            turns.add(lambda number=number: None)
        start = asyncio.get_running_loop().time()
        turns.tell()
        await settled(turns)
        assert asyncio.get_running_loop().time() - start == pytest.approx(2.0)

    in_no_time(story())


def test_who_has_gone_is_not_told_and_who_fails_costs_nobody_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def story() -> None:
        turns, told = InTurns(), []

        def fail() -> None:
            raise RuntimeError("cannot be shown")

        def gone() -> None:
            told.append("gone")

        for listener in (fail, gone, lambda: told.append("here")):
            turns.add(listener)
        turns.tell()
        turns.discard(gone)
        await settled(turns)
        assert told == ["here"]

    in_no_time(story())
    assert "cannot be shown" in caplog.text


def test_each_is_told_where_it_belongs() -> None:
    page: ContextVar[str] = ContextVar("page")

    async def story() -> None:
        turns, told = InTurns(), []
        for name in "ab":
            page.set(name)
            turns.add(lambda name=name: told.append((name, page.get())))
        turns.tell()
        await settled(turns)
        assert told == [("a", "a"), ("b", "b")]

    in_no_time(story())
