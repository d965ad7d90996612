"""A network that was trained in a page is kept as the command would have saved it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from core.errors import InputError
from core.nn.activations import ACTIVATIONS
from core.nn.network import Network
from core.training.dataset import load_dataset
from core.training.loop import train
from core.training.pipeline import hyperparameters, initial_network, train_network
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


START = Network(
    initial_network(replace(SMALL, hidden=(5,), activation="relu"), 4).layers, {"title": "Mine"}
)


def test_a_network_can_be_trained_further(workers: Workers) -> None:
    async def story() -> None:
        run = Run(workers, SMALL)
        run.choose(replace(SMALL, learning_rate=0.1), START)
        assert run.network is START
        chosen = run.recipe
        assert (chosen.hidden, chosen.activation, chosen.learning_rate) == ((5,), "relu", 0.1)
        run.open()
        await rest(run)
        assert run.state is not None
        assert parameters(run.state.network) == parameters(START)
        run.play()
        assert await rest(run) == "done"
        dataset = load_dataset(SMALL)
        hyper = hyperparameters(chosen, chosen.seed)
        *_, last = train(START, dataset.inputs, dataset.targets, hyper)
        assert parameters(run.network) == parameters(last.network)
        run.reset()
        assert parameters(run.network) == parameters(START)

    asyncio.run(story())


def test_one_that_was_trained_further_says_what_it_began_as(workers: Workers) -> None:
    async def story() -> None:
        run = Run(workers, SMALL)
        run.choose(SMALL, START)
        run.one_batch()
        await rest(run)
        kept = await run.finish("Better")
        assert (kept.card["title"], kept.card["began as"]) == ("Better", "Mine")
        assert "command" not in kept.card
        assert kept.card["settings"] == run.recipe.options
        run.choose(SMALL)
        assert (run.start, run.recipe.hidden) == (None, (16, 16))
        assert parameters(run.network) == parameters(initial_network(SMALL, 0))

    asyncio.run(story())


def test_a_network_of_several_activations_keeps_them(workers: Workers) -> None:
    tanh = replace(START.layers[0], activation=ACTIVATIONS["tanh"])
    mixed = Network([tanh, *initial_network(replace(SMALL, hidden=(5, 4)), 0).layers[1:]])

    async def story() -> None:
        run = Run(workers, SMALL)
        run.choose(SMALL, mixed)
        run.one_batch()
        await rest(run)
        names = [layer.activation.name for layer in run.network.layers]
        assert names == ["tanh", "sigmoid", "sigmoid"]

    asyncio.run(story())


@pytest.mark.parametrize(
    ("sizes", "words"),
    [((784, 10), "hidden"), ((64, 3, 10), "28 × 28"), ((784, 2_000, 10), "1,590,010")],
)
def test_one_that_cannot_be_trained_here_is_refused_and_all_stays(
    workers: Workers, sizes: tuple[int, ...], words: str
) -> None:
    async def story() -> None:
        run = await opened(workers)
        with pytest.raises(InputError, match=words):
            run.choose(SMALL, Network.random(sizes, 0))
        assert (run.start, run.recipe, run.status) == (None, SMALL, "idle")
        assert run.state is not None

    asyncio.run(story())
