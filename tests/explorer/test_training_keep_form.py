"""The form that keeps a network: what cannot be kept is said, and changes nothing."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pytest

from core.nn.network import Network
from core.training.card_curves import card_curves
from explorer.state.networks import MOST_OWN
from explorer.training.kept import KeptNetworks
from explorer.training.trainer import Trainer
from explorer.training.workers import Workers
from explorer.transport.messages import NotUnderstoodError
from support.runs import open_workers, parameters, rest, visited


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with open_workers() as started:
        yield started


async def after_a_step(workers: Workers) -> tuple[Trainer, KeptNetworks]:
    trainer = await visited(workers)
    form = KeptNetworks(trainer)
    assert not form.can_keep, "nothing is trained yet"
    trainer.one_batch()
    await rest(trainer.run)
    assert form.can_keep
    return trainer, form


async def keep(form: KeptNetworks, title: str, kind: str = "keep") -> None:
    answer = form.receive({"type": kind, "title": title})
    assert answer is not None
    await answer


def test_a_file_holds_the_network_with_all_that_its_card_says(workers: Workers) -> None:
    async def story() -> None:
        trainer, form = await after_a_step(workers)
        await keep(form, "Lisa/Tom: 1", "save")
        assert form.file == "lisa-tom-1.npz"
        saved = Network.from_bytes(b64decode(form.content), form.file)
        assert parameters(saved) == parameters(trainer.run.network)
        run = trainer.run
        assert (saved.card["title"], saved.card["seed"]) == ("Lisa/Tom: 1", run.recipe.seed)
        assert saved.card["curves"] == card_curves(run.losses, run.accuracies)
        assert "--images 500" in saved.card["command"]
        form.receive({"type": "saved"})
        assert form.content == ""

    asyncio.run(story())


@pytest.mark.parametrize(("title", "file"), [("", "my-network.npz"), ("…", "network.npz")])
def test_every_title_gives_the_name_of_a_file(workers: Workers, title: str, file: str) -> None:
    async def story() -> None:
        _, form = await after_a_step(workers)
        await keep(form, title, "save")
        assert form.file == file

    asyncio.run(story())


def test_a_title_that_cannot_be_gives_no_file(workers: Workers) -> None:
    async def story() -> None:
        _, form = await after_a_step(workers)
        await keep(form, "x" * 300, "save")
        assert "title" in form.said
        assert form.content == ""

    asyncio.run(story())


def test_a_title_that_cannot_be_is_said_to_be_and_nothing_is_kept(workers: Workers) -> None:
    async def story() -> None:
        trainer, form = await after_a_step(workers)
        before = dict(trainer.session.networks)
        await keep(form, "x" * 300)
        assert "title" in form.said
        assert trainer.session.networks.keys() == before.keys()

    asyncio.run(story())


def test_where_there_is_no_room_for_another_one_that_is_said(workers: Workers) -> None:
    async def story() -> None:
        trainer, form = await after_a_step(workers)
        for number in range(MOST_OWN):
            own = Network.random((784, 2, 10), number)
            trainer.session.put_network(f"own-{number}", own, shown=False)
        await keep(form, "One more")
        assert f"keeps {MOST_OWN} networks" in form.said
        assert f"own-{MOST_OWN}" not in trainer.session.networks

    asyncio.run(story())


@pytest.mark.parametrize(
    "message",
    [{"type": "keep"}, {"type": "keep", "title": 3}, {"type": "save"}, {"type": "hold"}, None],
    ids=str,
)
def test_nothing_else_is_taken(workers: Workers, message: Any) -> None:
    async def story() -> None:
        _, form = await after_a_step(workers)
        with pytest.raises(NotUnderstoodError):
            form.receive(message)

    asyncio.run(story())
