"""A run for a whole class, on a real worker: trained once, and looked at by many."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from core.training.recipes import Recipe
from explorer.state.class_training import ClassTraining
from explorer.state.networks import TRAINING
from explorer.state.session import Session
from explorer.texts import text
from explorer.training.class_note import ClassNote
from explorer.training.common_run import CommonRun, CommonRuns
from explorer.training.follower import Follower
from explorer.training.run import Run
from explorer.training.time_line import TrainingTimeLine
from explorer.training.trainer import Trainer
from explorer.training.workers import Workers
from support.patience import PATIENCE
from support.runs import LONG, SMALL, open_workers, parameters, rest, until


class Pupil:
    """A page of the class in the place Train."""

    def __init__(self, runs: CommonRuns, workers: Workers, recipe: Recipe = SMALL) -> None:
        self.session = Session()
        self.session.place = "train"
        self.trainer = Trainer(self.session, Run(workers, recipe))
        self.follower = Follower(self.trainer, runs)
        self.note = ClassNote(self.trainer, self.follower)
        self.line = TrainingTimeLine(self.trainer)

    def hear(self, number: int = 1, recipe: Recipe | None = SMALL, *, allowed: bool = True) -> None:
        self.session.class_training = ClassTraining(allowed, number, recipe)

    @property
    def run(self) -> CommonRun:
        assert isinstance(self.trainer.run, CommonRun)
        return self.trainer.run

    def close(self) -> None:
        self.follower.close()
        self.trainer.close()


def class_of(workers: Workers, count: int = 2) -> list[Pupil]:
    runs = CommonRuns(workers)
    return [Pupil(runs, workers) for _ in range(count)]


async def shown(pupil: Pupil, run: Run) -> None:
    """Wait until a page shows the latest network of a run."""
    async with asyncio.timeout(PATIENCE):
        while parameters(pupil.session.network) != parameters(run.network):
            await asyncio.sleep(0.01)


def test_all_see_the_run_that_is_trained_once_and_as_anywhere_else(workers: Workers) -> None:
    async def story() -> None:
        ada, bob = class_of(workers)
        for each in (ada, bob):
            each.hear()
        assert ada.run is bob.run
        assert await rest(ada.run) == "done"
        alone = Run(workers, SMALL)
        alone.play()
        await rest(alone)
        for each in (ada, bob):
            await shown(each, alone)
            assert each.session.network_name == TRAINING
            assert each.note.said.startswith("Your teacher has started a run for all: ")
            assert "learning rate 3 · 3 epochs · seed 0" in each.note.said

    asyncio.run(story())


def test_in_another_process_it_is_the_same(workers: Workers) -> None:
    async def story() -> None:
        with open_workers() as others:
            here, there = class_of(workers, 1) + class_of(others, 1)
            for each in (here, there):
                each.hear()
                await rest(each.run)
            assert parameters(here.run.network) == parameters(there.run.network)

    asyncio.run(story())


def test_who_stops_looking_on_and_looks_back_stops_nobody_else(workers: Workers) -> None:
    async def story() -> None:
        ada, bob = class_of(workers)
        for each in (ada, bob):
            each.hear(recipe=LONG)
        await until(ada.run, lambda: ada.run.step > 50)
        ada.trainer.pause()
        step = ada.trainer.step
        assert (ada.trainer.is_under_way, ada.line.runs) == (False, False)
        await until(bob.run, lambda: bob.run.step > step + 50)
        assert (ada.trainer.step, bob.trainer.is_under_way) == (step, True)
        ada.trainer.look_at(0)
        assert parameters(ada.session.network) == parameters(ada.run.checkpoints.at(0))
        ada.trainer.play()
        assert (ada.trainer.looks_at, ada.line.runs) == (None, True)
        for each in (ada, bob):
            each.close()

    asyncio.run(story())


def test_who_has_stopped_looking_on_comes_to_the_end_by_going_on(workers: Workers) -> None:
    async def story() -> None:
        (ada,) = class_of(workers, 1)
        ada.hear()
        await rest(ada.run)
        ada.trainer.look_at(0)
        assert ada.line.can_go_on
        ada.trainer.play()
        assert (ada.trainer.step, ada.line.can_go_on) == (150, False)

    asyncio.run(story())


@pytest.mark.parametrize("kind", ["batch", "epoch", "reset"])
def test_nobody_changes_what_the_others_see(workers: Workers, kind: str) -> None:
    async def story() -> None:
        (ada,) = class_of(workers, 1)
        ada.hear()
        await rest(ada.run)
        before = parameters(ada.run.network)
        ada.line.receive({"type": kind})
        await rest(ada.run)
        assert (parameters(ada.run.network), ada.run.status) == (before, "done")
        assert ada.line.is_common

    asyncio.run(story())


def change_a_setting(trainer: Trainer) -> None:
    trainer.choose(replace(SMALL, seed=9))


def begin_with_a_network(trainer: Trainer) -> None:
    trainer.begin_with("wide")


@pytest.mark.parametrize("leave", [change_a_setting, begin_with_a_network])
def test_who_begins_an_own_run_has_left_and_can_come_back(
    workers: Workers, leave: Callable[[Trainer], None]
) -> None:
    async def story() -> None:
        ada, bob = class_of(workers)
        for each in (ada, bob):
            each.hear()
        common = ada.run
        await rest(common)
        leave(ada.trainer)
        assert (ada.trainer.run, ada.trainer.run.status) == (ada.trainer.own_run, "idle")
        assert (ada.note.way, bob.note.way, bob.run) == ("follow", "leave", common)
        ada.trainer.one_batch()
        await rest(ada.trainer.run)
        assert (ada.trainer.own_run.step, common.step) == (1, 150)
        ada.note.receive({"type": "follow"})
        assert (ada.run, ada.note.way) == (common, "leave")
        ada.note.receive({"type": "leave"})
        assert (ada.trainer.run.step, ada.line.is_common) == (1, False)

    asyncio.run(story())


def test_an_own_run_rests_as_it_was_while_the_class_s_is_shown(workers: Workers) -> None:
    async def story() -> None:
        ada = Pupil(CommonRuns(workers), workers, LONG)
        own = ada.trainer.own_run
        ada.trainer.play()
        await until(own, lambda: own.step > 50)
        ada.hear()
        assert await rest(own) == "paused"
        step = own.step
        await rest(ada.run)
        ada.note.receive({"type": "leave"})
        assert (ada.trainer.run, ada.trainer.step) == (own, step)

    asyncio.run(story())


def test_where_training_is_off_play_says_so_and_all_runs_rest_until_it_is_on(
    workers: Workers,
) -> None:
    async def story() -> None:
        ada, bob = class_of(workers)
        bob.trainer.choose(LONG)
        bob.trainer.play()
        await until(bob.trainer.run, lambda: bob.trainer.is_trained)
        for each in (ada, bob):
            each.hear(0, None, allowed=False)
        assert await rest(bob.trainer.run) == "paused"
        step = bob.trainer.step
        for press in (bob.trainer.play, bob.trainer.one_batch, bob.trainer.one_epoch):
            bob.session.notice = ""
            press()
            assert bob.session.notice == text("class_run.off")
        assert (await rest(bob.trainer.run), bob.trainer.step) == ("paused", step)
        assert ada.note.said == bob.note.said == text("class_run.off")
        bob.hear(0, None)
        bob.trainer.one_batch()
        await rest(bob.trainer.run)
        assert (bob.trainer.step, bob.note.said) == (step + 1, "")

    asyncio.run(story())


@pytest.mark.parametrize("is_pause", [True, False])
def test_the_class_s_run_rests_with_the_class_and_goes_on_with_it(
    workers: Workers, is_pause: bool
) -> None:
    async def story() -> None:
        ada, bob = class_of(workers)

        def stop(on: bool) -> None:
            for each in (ada, bob):
                if is_pause:
                    each.session.paused = on
                else:
                    each.hear(recipe=LONG, allowed=not on)

        for each in (ada, bob):
            each.hear(recipe=LONG)
        await until(ada.run, lambda: ada.run.step > 50)
        stop(True)
        assert await rest(ada.run) == "paused"
        step = ada.run.step
        stop(False)
        await until(ada.run, lambda: ada.run.step > step)
        for each in (ada, bob):
            each.close()

    asyncio.run(story())


def test_a_run_that_gave_way_to_another_rests_though_pages_still_show_it(workers: Workers) -> None:
    async def story() -> None:
        runs = CommonRuns(workers)
        ada = Pupil(runs, workers)
        ada.hear(recipe=LONG)
        first = ada.run
        await until(first, lambda: first.step > 0)
        ada.session.place = "explore"
        ada.session.class_training = ClassTraining(True, 2, SMALL)
        assert await rest(first) == "paused"
        assert ada.run is first, "nobody is taken away from what they look at"
        ada.session.place = "train"
        assert ada.run is not first
        ada.close()

    asyncio.run(story())


def test_a_run_at_which_nobody_looks_any_more_leaves_the_worker_to_others(workers: Workers) -> None:
    async def story() -> None:
        runs = CommonRuns(workers)
        ada, bob = Pupil(runs, workers), Pupil(runs, workers)
        for each in (ada, bob):
            each.hear(recipe=LONG)
        run = ada.run
        await until(run, lambda: run.step > 50)
        ada.close()
        step = run.step
        await until(run, lambda: run.step > step)
        bob.close()
        bob.session.class_training = ClassTraining(True, 2, SMALL)  # which a gone page leaves aside
        assert await rest(run) == "paused"
        cy = Pupil(runs, workers)
        cy.hear(recipe=LONG)
        await until(run, lambda: run.step > step)
        assert cy.run is run
        cy.close()

    asyncio.run(story())


def test_nobody_is_taken_away_from_another_place(workers: Workers) -> None:
    async def story() -> None:
        (ada,) = class_of(workers, 1)
        ada.session.place = "explore"
        ada.session.choose_network("wide")
        ada.hear()
        assert (ada.session.network_name, ada.trainer.run.is_common) == ("wide", False)
        ada.session.place = "train"
        await rest(ada.run)
        assert ada.session.network_name == TRAINING

    asyncio.run(story())


def test_the_next_run_takes_the_place_of_the_one_before_and_none_gives_back_the_own(
    workers: Workers,
) -> None:
    async def story() -> None:
        ada, bob = class_of(workers)
        for each in (ada, bob):
            each.hear(recipe=LONG)
        first = ada.run
        ada.hear(2, SMALL)
        assert ada.run is not first
        bob.hear(1, LONG)  # bob has not heard yet
        assert bob.follower.run is ada.run
        bob.hear(2, SMALL)
        assert bob.run is ada.run
        assert await rest(first) in ("paused", "idle")
        ada.hear(0, None)
        assert (ada.trainer.run, ada.note.said, ada.note.way) == (ada.trainer.own_run, "", "")

    asyncio.run(story())


def test_a_change_by_hand_stays_while_the_class_s_run_goes_on(workers: Workers) -> None:
    async def story() -> None:
        (ada,) = class_of(workers, 1)
        ada.hear(recipe=LONG)
        await until(ada.run, lambda: ada.run.step > 50)
        await shown_any(ada)
        ada.session.edit(ada.session.network.with_bias(1, 2, 3.0))
        step = ada.run.step
        await until(ada.run, lambda: ada.run.step > step + 50)
        assert ada.session.network.layer_of(1, 2).biases[2] == 3.0
        ada.trainer.play()
        assert text("train.changed_kept", title=text("train.changed_title")) == ada.session.notice
        ada.close()

    async def shown_any(pupil: Pupil) -> None:
        async with asyncio.timeout(PATIENCE):
            while pupil.session.network_name != TRAINING:
                await asyncio.sleep(0.01)

    asyncio.run(story())
