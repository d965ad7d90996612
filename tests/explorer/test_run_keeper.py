"""A run that is found again after a reload, on a real worker; or that is gone, which is said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from core.training.recipes import RECIPES
from explorer.page.run_keeper import RunKeeper
from explorer.state.class_training import ClassTraining
from explorer.state.networks import TRAINING
from explorer.state.session import Session
from explorer.texts import text
from explorer.training.left_runs import LeftRuns
from explorer.training.recipe_text import recipe_text
from explorer.training.run import Run
from explorer.training.trainer import Trainer
from explorer.training.workers import Workers
from explorer.transport.messages import NotUnderstoodError
from support.room import in_no_time
from support.runs import LONG, SMALL, parameters, rest, until, visited


class Tab:
    """A page in the place Train, whose tab brings along what the one before has kept."""

    def __init__(self, workers: Workers, left: LeftRuns) -> None:
        self.session = Session()
        self.trainer = Trainer(self.session, Run(workers, SMALL))
        self.keeper = RunKeeper(self.session, lambda: self.trainer, left)
        self.keeper.keep(self.trainer)
        self.session.place = "train"

    async def restore(self, key: str, recipe: str = "", *, shown: bool = False) -> None:
        message = {"type": "restore", "key": key, "recipe": recipe, "shown": shown}
        await self.keeper.receive(message)

    async def restore_from(self, before: Tab, *, shown: bool = False) -> None:
        await self.restore(before.keeper.key, before.keeper.recipe, shown=shown)

    def go(self) -> None:
        self.trainer.close()
        self.keeper.leave()


async def under_way(tab: Tab) -> Run:
    """A run of its own that has come some way and goes on."""
    tab.trainer.choose(LONG)
    tab.trainer.play()
    run = tab.trainer.run
    await until(run, lambda: run.step > 50)
    return run


def test_after_a_reload_the_run_is_there_with_all_that_it_came_to_and_goes_on(
    workers: Workers,
) -> None:
    async def story() -> None:
        left = LeftRuns()
        before, after = Tab(workers, left), Tab(workers, left)
        run = await under_way(before)
        before.go()
        step, curves, steps = run.step, run.curves, run.checkpoints.steps
        network = parameters(run.network)
        assert run.status == "paused"
        await after.restore_from(before)
        assert (after.trainer.run.step, after.trainer.run.curves) == (step, curves)
        assert after.trainer.run.checkpoints.steps == steps
        assert parameters(after.session.network) == network
        assert after.keeper.key == before.keeper.key
        await until(run, lambda: run.step > step)
        assert (before.session.notice, after.session.notice) == ("", "")
        after.go()

    asyncio.run(story())


def test_a_run_that_rested_is_found_at_rest(workers: Workers) -> None:
    async def story() -> None:
        left = LeftRuns()
        before, after = Tab(workers, left), Tab(workers, left)
        before.trainer.one_batch()
        await rest(before.trainer.run)
        before.go()
        await after.restore_from(before)
        assert (after.trainer.step, await rest(after.trainer.run)) == (1, "paused")
        after.trainer.one_batch()
        await rest(after.trainer.run)
        assert after.trainer.step == 2

    asyncio.run(story())


@pytest.mark.parametrize("shown", [True, False])
def test_in_another_place_it_is_shown_again_if_it_was_shown(workers: Workers, shown: bool) -> None:
    async def story() -> None:
        left = LeftRuns()
        before, after = Tab(workers, left), Tab(workers, left)
        before.trainer.one_batch()
        await rest(before.trainer.run)
        before.go()
        after.session.place = "explore"
        await after.restore_from(before, shown=shown)
        name = TRAINING if shown else "default"
        assert (after.session.network_name, after.session.place) == (name, "explore")

    asyncio.run(story())


@pytest.mark.parametrize("is_pause", [True, False])
def test_where_nothing_may_be_trained_it_rests(workers: Workers, is_pause: bool) -> None:
    async def story() -> None:
        left = LeftRuns()
        before, after = Tab(workers, left), Tab(workers, left)
        run = await under_way(before)
        before.go()
        if is_pause:
            after.session.paused = True
        else:
            after.session.class_training = ClassTraining(is_allowed=False)
        await after.restore_from(before)
        step = run.step
        assert (await rest(run), run.step, after.trainer.run) == ("paused", step, run)

    asyncio.run(story())


def test_a_run_that_is_left_again_has_its_whole_minute(workers: Workers) -> None:
    async def story() -> None:
        left, run = LeftRuns(), Run(workers, SMALL)
        left.leave("key", run)
        first = left._timers["key"]
        assert await left.take("key") is run
        left.leave("key", run)
        assert first.cancelled()
        assert not left._timers["key"].cancelled()

    asyncio.run(story())


def test_a_page_that_has_gone_before_it_found_its_run_leaves_it_to_the_next(
    workers: Workers,
) -> None:
    async def story() -> None:
        left = LeftRuns()
        before, gone, after = (Tab(workers, left) for _ in range(3))
        run = await under_way(before)
        restoring = asyncio.ensure_future(gone.restore_from(before))
        await asyncio.sleep(0)
        gone.go()
        before.go()
        await restoring
        await after.restore_from(before)
        assert after.trainer.run is run
        after.go()

    asyncio.run(story())


def test_while_nobody_comes_the_worker_is_free(workers: Workers) -> None:
    async def story() -> None:
        before = Tab(workers, LeftRuns())
        run = await under_way(before)
        before.go()
        step = run.step
        other = await visited(workers)
        other.play()
        assert await rest(other.run) == "done"
        assert run.step == step

    asyncio.run(story())


@pytest.mark.parametrize("key", ["", "stranger", "x" * 10_000])
def test_a_stranger_s_key_finds_nothing_and_its_settings_are_there(
    workers: Workers, key: str
) -> None:
    async def story() -> None:
        left = LeftRuns()
        before, stranger = Tab(workers, left), Tab(workers, left)
        run = await under_way(before)
        before.go()
        other = replace(RECIPES["lesson"], seed=5)
        await stranger.restore(key, recipe_text(other))
        assert stranger.session.notice == text("train.lost_begin_again")
        assert (stranger.trainer.run.recipe, stranger.trainer.step) == (other, 0)
        stranger.session.notice = ""
        await stranger.restore(key, "damaged")
        assert stranger.session.notice == text("train.lost")
        await stranger.restore_from(before)
        assert stranger.trainer.run is run
        stranger.go()

    asyncio.run(story())


def test_a_copy_of_a_tab_takes_nothing_away_and_says_nothing(workers: Workers) -> None:
    async def story() -> None:
        left = LeftRuns(patience=0.01)
        tab, copy = Tab(workers, left), Tab(workers, left)
        run = await under_way(tab)
        await copy.restore_from(tab)
        assert (tab.trainer.run, copy.trainer.step, copy.session.notice) == (run, 0, "")
        assert copy.keeper.key == ""
        tab.go()

    asyncio.run(story())


def test_a_page_that_comes_before_the_one_before_has_gone_waits_for_it(workers: Workers) -> None:
    async def story() -> None:
        left = LeftRuns(patience=60)
        before, after = Tab(workers, left), Tab(workers, left)
        run = await under_way(before)
        coming = asyncio.create_task(after.restore_from(before))
        await asyncio.sleep(0)
        before.go()
        await coming
        assert after.trainer.run is run
        after.go()

    asyncio.run(story())


def begin_anew(trainer: Trainer) -> None:
    trainer.reset()


def choose_another(trainer: Trainer) -> None:
    trainer.choose(replace(SMALL, seed=3))


@pytest.mark.parametrize("begin", [begin_anew, choose_another])
def test_nothing_is_kept_of_what_has_not_begun(
    workers: Workers, begin: Callable[[Trainer], None]
) -> None:
    async def story() -> None:
        tab = Tab(workers, LeftRuns())
        assert tab.keeper.key == ""
        tab.trainer.one_batch()
        await rest(tab.trainer.run)
        assert tab.keeper.key != ""
        begin(tab.trainer)
        assert (tab.keeper.key, tab.keeper.recipe) == ("", "")

    asyncio.run(story())


def test_a_run_that_goes_on_from_a_network_of_the_page_keeps_no_recipe(workers: Workers) -> None:
    async def story() -> None:
        tab = Tab(workers, LeftRuns())
        tab.trainer.begin_with("wide")
        tab.trainer.one_batch()
        await rest(tab.trainer.run)
        assert (tab.keeper.key != "", tab.keeper.recipe) == (True, "")

    asyncio.run(story())


def test_what_no_script_of_ours_sends_is_not_understood(workers: Workers) -> None:
    tab = RunKeeper(Session(), lambda: pytest.fail("asked"), LeftRuns())
    whole = {"type": "restore", "key": "", "recipe": "", "shown": False}
    for message in ({"type": "restore"}, whole | {"key": 1}, whole | {"shown": 1}, "restore"):
        with pytest.raises(NotUnderstoodError):
            tab.receive(message)


# How long, and how many; nothing is trained here.


def idle() -> Run:
    return Run(Workers(0), SMALL)


def test_a_run_is_kept_for_a_minute_and_given_away_once() -> None:
    async def story() -> None:
        left, run = LeftRuns(), idle()
        left.leave("early", run)
        await asyncio.sleep(59)
        left.leave("late", run)
        await asyncio.sleep(2)
        assert [await left.take(key) for key in ("early", "late", "late")] == [None, run, None]

    in_no_time(story())


def test_who_comes_back_and_leaves_again_has_a_minute_again() -> None:
    async def story() -> None:
        left = LeftRuns()
        first, second = idle(), idle()
        left.leave("key", first)
        await asyncio.sleep(30)
        assert await left.take("key") is first
        left.leave("key", second)
        await asyncio.sleep(40)  # the first would be gone
        assert await left.take("key") is second

    in_no_time(story())


def test_of_too_many_the_ones_that_were_left_first_are_gone() -> None:
    async def story() -> None:
        left, run = LeftRuns(most=2), idle()
        for key in "abc":
            left.leave(key, run)
        assert [await left.take(key) for key in "abc"] == [None, run, run]

    in_no_time(story())


def test_a_page_that_is_never_closed_is_waited_for_a_second() -> None:
    async def story() -> None:
        left = LeftRuns()
        left.hold("key")
        start = asyncio.get_running_loop().time()
        assert await left.take("key") is None
        assert asyncio.get_running_loop().time() - start == pytest.approx(1)
        assert left.is_held("key")
        left.let_go("key")
        assert not left.is_held("key")

    in_no_time(story())
