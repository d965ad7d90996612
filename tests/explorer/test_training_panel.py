"""The side panel of the place Train: its numbers, its words and its curves are of one moment."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from explorer.diagram.stage import Stage
from explorer.state.session import Session
from explorer.training.common_run import CommonRuns
from explorer.training.follower import Follower
from explorer.training.panel import TrainPanel
from explorer.training.run import Run
from explorer.training.trainer import Trainer
from explorer.training.workers import Workers
from support.runs import SMALL, open_workers, rest


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with open_workers() as started:
        yield started


async def visited(workers: Workers) -> tuple[Trainer, TrainPanel]:
    session = Session()
    trainer = Trainer(session, Run(workers, SMALL))
    follower = Follower(trainer, CommonRuns(workers))
    panel = TrainPanel(trainer, follower, Stage(session).drawn)
    session.place = "train"
    await rest(trainer.run)
    trainer.one_epoch()
    await rest(trainer.run)
    return trainer, panel


def test_the_numbers_are_of_the_moment_that_is_shown(workers: Workers) -> None:
    async def story() -> None:
        trainer, panel = await visited(workers)
        curves = trainer.run.curves
        assert panel.numbers["validation"]["accuracy"] == curves.validation_accuracy[-1]
        trainer.look_at(0)
        assert panel.numbers["validation"]["accuracy"] == curves.validation_accuracy[0]
        assert panel.numbers["training"]["loss"] == curves.training_loss[0]

    asyncio.run(story())


def test_two_runs_are_drawn_each_with_its_letter(workers: Workers) -> None:
    async def story() -> None:
        trainer, panel = await visited(workers)
        assert not panel.has_two
        first = trainer.run.curves
        trainer.choose(replace(SMALL, learning_rate=30.0))
        trainer.one_batch()
        await rest(trainer.run)
        assert panel.has_two
        shown, other, letters = (source.data for source in (*panel._sources, panel._letters))
        assert list(shown["epoch"]) == [0, 1 / 50]
        assert list(other["loss"]) == list(first.training_loss)
        assert letters["letter"] == ["A", "B"]
        assert list(letters["epoch"]) == [1, 1 / 50]

    asyncio.run(story())


def test_what_is_refused_gives_way_in_the_form_to_what_is_trained(workers: Workers) -> None:
    async def story() -> None:
        trainer, panel = await visited(workers)
        trainer.session.paused = True
        panel.form.receive({"type": "set", "name": "learning_rate", "value": "30"})
        assert panel.form.values["learning_rate"] == "3"
        assert trainer.session.notice == "Paused by your teacher."

    asyncio.run(story())


def test_it_says_when_the_page_shows_another_network(workers: Workers) -> None:
    async def story() -> None:
        trainer, panel = await visited(workers)
        trainer.session.choose_network("wide")
        assert panel.said == "Paused. The page shows another network."
        trainer.look_at(0)
        assert panel.said == "Paused."

    asyncio.run(story())
