"""What a training begins with: the menu lists the page's networks, and nothing else is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from core.training.recipes import RECIPES
from explorer.state.networks import TRAINING
from explorer.state.session import Session
from explorer.training.run import Run
from explorer.training.start import StartChoice
from explorer.training.trainer import Trainer
from explorer.training.words import moment_words
from explorer.training.workers import Workers
from explorer.transport.messages import NotUnderstoodError
from support.runs import open_workers, visited


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with open_workers() as started:
        yield started


def test_the_menu_lists_all_networks_but_the_one_in_training(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        session, choice = trainer.session, StartChoice(trainer)
        assert session.network_name == TRAINING
        names = [name for name, _ in choice.networks]
        assert names == [name for name in session.networks if name != TRAINING]
        session.put_network("own-1", session.networks["mnist"], shown=False)
        assert [name for name, _ in choice.networks] == [*names, "own-1"]

    asyncio.run(story())


def test_what_is_chosen_is_gone_on_from_and_said(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        session, choice = trainer.session, StartChoice(trainer)
        assert moment_words(trainer) == "Start: random weights"
        choice.receive({"type": "begin", "name": "mnist"})
        assert (choice.chosen, trainer.run.start) == ("mnist", session.networks["mnist"])
        assert moment_words(trainer) == "Start: Trained on MNIST only"
        choice.receive({"type": "begin", "name": ""})
        assert (choice.chosen, trainer.run.start) == ("", None)

    asyncio.run(story())


@pytest.mark.parametrize(
    "message",
    [
        {"type": "begin", "name": "training"},
        {"type": "begin", "name": "nobody's"},
        {"type": "begin", "name": None},
        {"type": "begin"},
        None,
    ],
    ids=str,
)
def test_nothing_else_is_taken(workers: Workers, message: Any) -> None:
    trainer = Trainer(Session(), Run(workers, RECIPES["lesson"]))
    with pytest.raises(NotUnderstoodError):
        StartChoice(trainer).receive(message)
    assert trainer.run.start is None
