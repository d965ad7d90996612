"""The line of those who train: turns, places, and what happens when a process is killed."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from core.errors import InputError
from core.training.recipes import Recipe
from explorer.texts import text
from explorer.training.run import Run
from explorer.training.workers import (
    TRAINING_WORKERS,
    Turn,
    WorkerKilledError,
    Workers,
    number_of_workers,
)
from support.runs import LONG, SMALL, open_workers, opened, rest, until


class Visitor:
    """Somebody who waits for a worker and keeps it until told to go."""

    def __init__(self, workers: Workers) -> None:
        self.place: int | None = None
        self.turn: Turn | None = None
        self.on_place: Callable[[], object] = lambda: None
        self._goes = asyncio.Event()
        self.task = asyncio.create_task(self._visit(workers))

    async def go(self) -> None:
        self._goes.set()
        await self.task
        await settled()

    async def _visit(self, workers: Workers) -> None:
        async with workers.turn(self._hear) as self.turn:
            await self._goes.wait()

    def _hear(self, place: int) -> None:
        self.place = place
        self.on_place()


@asynccontextmanager
async def visitors(workers: Workers, count: int) -> AsyncIterator[list[Visitor]]:
    """So many who come one after the other."""
    async with AsyncExitStack() as stack:
        come = []
        for _ in range(count):
            come.append(Visitor(workers))
            stack.callback(come[-1].task.cancel)
            await settled()
        yield come


async def settled() -> None:
    """Let the loop do what it can do at once."""
    for _ in range(5):
        await asyncio.sleep(0)


def test_who_comes_first_is_served_first_and_everybody_knows_their_place() -> None:
    async def story() -> None:
        async with visitors(Workers(2), 5) as (first, second, third, fourth, fifth):
            assert first.turn is not None
            assert second.turn is not None
            assert first.turn.worker is not second.turn.worker
            assert [each.place for each in (first, third, fourth, fifth)] == [None, 1, 2, 3]
            await second.go()
            assert third.turn is not None
            assert third.turn.worker is second.turn.worker
            assert (fourth.place, fifth.place) == (1, 2)
            fourth.task.cancel()
            await settled()
            assert fifth.place == 1
            await first.go()
            assert fifth.turn is not None
            await third.go()
            await fifth.go()
        async with visitors(Workers(2), 2) as (first, second):
            assert first.turn is not None
            assert second.turn is not None

    asyncio.run(story())


def test_who_leaves_when_it_is_their_turn_hands_the_worker_on() -> None:
    async def story() -> None:
        async with visitors(Workers(1), 3) as (first, second, third):
            third.on_place = second.task.cancel  # who was given the worker and has not taken it
            await first.go()
            assert second.turn is None
            assert third.turn is not None

    asyncio.run(story())


def test_a_turn_is_over_when_its_time_is_and_somebody_waits() -> None:
    async def story() -> None:
        async with visitors(Workers(1, turn_seconds=0), 1) as (first,):
            assert first.turn is not None
            assert not first.turn.is_over
        async with visitors(Workers(1, turn_seconds=0), 2) as (first, _):
            assert first.turn is not None
            assert first.turn.is_over
        async with visitors(Workers(1, turn_seconds=1000), 2) as (first, _):
            assert first.turn is not None
            assert not first.turn.is_over

    asyncio.run(story())


def test_runs_share_a_worker_by_turns(training_environment: None) -> None:
    async def story() -> None:
        with open_workers(1, turn_seconds=0) as workers:
            one, other = await opened(workers, LONG), await opened(workers, LONG)
            places: list[int | None] = []
            other.param.watch(lambda event: places.append(event.new), "place_in_line")
            one.play()
            await until(one, lambda: one.step > 0)
            other.play()
            await until(other, lambda: other.status == "waiting")
            for _ in range(3):
                reached = one.step, other.step
                await until(other, lambda: other.step > reached[1])  # noqa: B023
                await until(one, lambda: one.step > reached[0])  # noqa: B023
            assert places[:2] == [1, None]
            one.close()
            other.close()

    asyncio.run(story())


def test_who_waits_can_pause_and_loses_the_place(training_environment: None) -> None:
    async def story() -> None:
        with open_workers(1, turn_seconds=1000) as workers:
            one, other = await opened(workers, LONG), await opened(workers, SMALL)
            one.play()
            await until(one, lambda: one.step > 0)
            other.play()
            await until(other, lambda: other.status == "waiting")
            assert other.place_in_line == 1
            other.pause()
            assert (other.status, other.place_in_line, other.sentence) == ("idle", None, "")
            other.play()
            one.pause()
            assert await rest(other) == "done"

    asyncio.run(story())


def test_a_killed_process_is_a_sentence_and_play_goes_on(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers, LONG)
        async with workers.turn() as turn:
            process = await turn.worker.call(os.getpid)
        run.play()
        await until(run, lambda: run.step > 0)
        os.kill(process, signal.SIGTERM)
        assert await rest(run) == "failed"
        assert run.sentence == text("training.killed")
        reached = run.step
        assert reached > 0
        run.one_batch()
        assert await rest(run) == "paused"
        assert (run.step, run.sentence) == (reached + 1, "")

    asyncio.run(story())


def test_a_process_that_was_killed_while_it_had_nothing_to_do_is_not_missed(
    workers: Workers,
) -> None:
    async def story() -> None:
        async with workers.turn() as turn:
            process = await turn.worker.call(os.getpid)
            with pytest.raises(WorkerKilledError):
                await turn.worker.call(os.kill, process, signal.SIGTERM)
        run = Run(workers, SMALL)
        run.play()
        assert await rest(run) == "done"

    asyncio.run(story())


def test_a_training_that_is_cancelled_while_its_data_are_prepared_ends_that(
    workers: Workers,
) -> None:
    """Otherwise the next one would wait for data that nobody wants."""

    async def story() -> None:
        run = Run(workers, Recipe(dataset="synthetic", images=60_000))  # takes half a minute
        run.play()
        await until(run, lambda: bool(run.progress))
        run.pause()
        assert (run.status, run.progress, run.state) == ("idle", None, None)
        async with workers.turn() as turn:
            async with asyncio.timeout(10):
                await turn.worker.call(os.getpid)

    asyncio.run(story())


@pytest.mark.parametrize("chosen", ["0", "3", "1000"])
def test_the_environment_says_how_many(monkeypatch: pytest.MonkeyPatch, chosen: str) -> None:
    monkeypatch.setenv(TRAINING_WORKERS, chosen)
    assert number_of_workers() == int(chosen)


def test_usually_a_core_is_left_to_those_who_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TRAINING_WORKERS, raising=False)
    found = []
    for cores in (8, 2, 1, None):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        found.append(number_of_workers())
    assert found == [7, 1, 1, 1]


@pytest.mark.parametrize("chosen", ["", "-1", "two", "1001", "1.5", "9" * 5000])
def test_nonsense_in_the_environment_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    monkeypatch.setenv(TRAINING_WORKERS, chosen)
    with pytest.raises(InputError, match="a whole number from 0 to 1,000") as refused:
        number_of_workers()
    assert len(str(refused.value)) < 200
