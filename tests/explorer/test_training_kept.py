"""A network that was trained in a page is kept as the command would have saved it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from core.errors import InputError
from core.training.pipeline import train_network
from core.training.recipes import RecipeError
from explorer.texts import text
from explorer.training.run import Run
from explorer.training.workers import Workers
from support.runs import LONG, SMALL, opened, parameters, rest, until


@pytest.mark.parametrize("dataset", ["mnist", "synthetic"])
def test_it_is_the_file_that_the_command_writes(workers: Workers, dataset: str) -> None:
    recipe = replace(SMALL, dataset=dataset, epochs=1)

    async def story() -> None:
        run = await opened(workers, recipe)
        run.play()
        assert await rest(run) == "done"
        kept = await run.finish("Mine")
        assert kept.to_bytes() == train_network(replace(recipe, title="Mine")).to_bytes()

    asyncio.run(story())


def test_one_that_was_stopped_says_after_which_step(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers)
        run.one_batch()
        await rest(run)
        kept = await run.finish("After one step")
        assert (kept.card["title"], kept.card["stopped after step"]) == ("After one step", 1)
        assert parameters(kept) == parameters(run.network)

    asyncio.run(story())


def test_any_checkpoint_can_be_kept(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers)
        run.one_batch()
        await rest(run)
        first = parameters(run.network)
        run.play()
        await rest(run)
        kept = await run.finish("Early", step=1)
        assert kept.card["stopped after step"] == 1
        assert parameters(kept) == first
        assert "stopped after step" not in (await run.finish("Last", step=150)).card
        with pytest.raises(KeyError):
            await run.finish("Never", step=149)

    asyncio.run(story())


def test_keeping_pauses_the_run(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers, LONG)
        run.play()
        await until(run, lambda: run.step > 0)
        step = run.step
        kept = await run.finish("On the way")
        assert run.status == "paused"
        assert kept.card["stopped after step"] == step
        assert parameters(kept) == parameters(run.checkpoints.at(step))

    asyncio.run(story())


def test_what_cannot_be_kept_is_said(workers: Workers) -> None:
    async def story() -> None:
        with pytest.raises(InputError) as refused:
            await Run(workers, SMALL).finish("Nothing")
        assert str(refused.value) == text("training.nothing")
        run = await opened(workers)
        run.one_batch()
        await rest(run)
        with pytest.raises(RecipeError, match="title"):
            await run.finish("")
        assert run.step == 1

    asyncio.run(story())
