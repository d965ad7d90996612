"""A training in a page, on a real worker: played, paused, stepped, reset, and always the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from core.errors import InputError
from core.training.dataset import Dataset, load_dataset
from core.training.findings import Divergence
from core.training.pipeline import best_of_seeds, initial_network
from core.training.recipes import Recipe
from explorer.texts import text
from explorer.training.run import Run
from explorer.training.workers import Workers
from support.runs import LONG, SMALL, open_workers, opened, parameters, rest, until

WHOLE_EPOCH = 50


@cache
def dataset() -> Dataset:
    return load_dataset(SMALL)


def trained(recipe: Recipe) -> bytes:
    """The parameters after all steps, as the command trains."""
    return parameters(best_of_seeds(recipe, dataset())[0])


def test_it_begins_with_the_network_of_its_recipe_and_nothing_done(workers: Workers) -> None:
    async def story() -> None:
        run = Run(workers, SMALL)
        start = parameters(initial_network(SMALL, SMALL.seed))
        assert (run.status, run.state, run.step) == ("idle", None, 0)
        assert parameters(run.network) == start
        run.open()
        assert await rest(run) == "idle"
        assert run.state is not None
        assert (run.state.step, run.state.n_steps) == (0, 150)
        assert parameters(run.network) == start
        assert (len(run.curves), run.checkpoints.steps) == (1, (0,))
        assert run.curves.validation_accuracy[0] < 0.3
        assert (run.sentence, run.seconds_left, run.progress) == ("", None, None)

    asyncio.run(story())


def test_it_trains_what_the_command_trains_bit_for_bit(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers)
        run.play()
        assert await rest(run) == "done"
        assert run.step == 150
        assert parameters(run.network) == trained(SMALL)
        assert (len(run.losses), len(run.accuracies)) == (150, 3)
        assert run.accuracies[-1] == run.curves.validation_accuracy[-1] > 0.3
        assert run.seconds_left == 0

    asyncio.run(story())


@pytest.mark.parametrize("seed", [0, 7])
def test_however_it_is_cut_it_is_the_same(workers: Workers, seed: int) -> None:
    recipe = replace(SMALL, seed=seed, optimizer="adam", learning_rate=0.01)

    async def story() -> None:
        run = await opened(workers, recipe)
        run.one_batch()
        assert await rest(run) == "paused"
        run.one_epoch()
        await rest(run)
        run.one_batch()
        await rest(run)
        run.play()
        await until(run, lambda: run.step > 51)
        run.pause()
        await rest(run)
        run.play()
        assert await rest(run) == "done"
        assert parameters(run.network) == trained(recipe)

    asyncio.run(story())


def test_a_batch_is_one_step_and_an_epoch_ends_with_its_last(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers)
        steps = []
        for press in (run.one_batch, run.one_batch, run.one_epoch, run.one_batch, run.one_epoch):
            press()
            await rest(run)
            steps.append(run.step)
        assert steps == [1, 2, WHOLE_EPOCH, WHOLE_EPOCH + 1, 2 * WHOLE_EPOCH]
        assert len(run.accuracies) == 2
        run.one_epoch()
        assert await rest(run) == "done"
        run.one_batch()
        run.one_epoch()
        run.play()
        assert (run.status, run.step) == ("done", 150)

    asyncio.run(story())


def test_a_first_press_without_opening_does_what_it_says(workers: Workers) -> None:
    async def story() -> None:
        run = Run(workers, SMALL)
        run.one_batch()
        assert await rest(run) == "paused"
        assert (run.step, run.checkpoints.steps) == (1, (0, 1))

    asyncio.run(story())


def test_it_pauses_while_it_trains_and_goes_on_from_there(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers, LONG)
        run.play()
        await until(run, lambda: run.step > 0)
        assert run.status == "running"
        run.pause()
        assert await rest(run) == "paused"
        reached = run.step
        assert 0 < reached < LONG.epochs * WHOLE_EPOCH
        run.one_batch()
        await rest(run)
        assert run.step == reached + 1

    asyncio.run(story())


def test_play_right_after_pause_goes_on(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers, SMALL)
        run.play()
        run.pause()
        run.play()
        assert await rest(run) == "done"

    asyncio.run(story())


def test_a_reset_leads_back_to_the_same_start_in_one_announcement(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers, LONG)
        start = run.state
        run.play()
        await until(run, lambda: run.step > WHOLE_EPOCH)
        told: list[object] = []
        run.param.watch(lambda *events: told.append(run.state), ["state", "curves", "status"])
        run.reset()
        assert told == [start]
        assert (run.status, run.step, len(run.curves), len(run.losses)) == ("idle", 0, 1, 0)
        assert run.checkpoints.steps == (0,)
        run.one_batch()
        await rest(run)
        first = parameters(run.network)
        run.reset()
        run.one_batch()
        await rest(run)
        assert parameters(run.network) == first

    asyncio.run(story())


def test_each_change_is_announced_in_one_step(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers)

        def agree(*_: object) -> None:
            assert run.state is not None
            assert run.curves.steps[-1] == run.checkpoints.steps[-1] == len(run.losses) == run.step
            told.append(run.step)

        told: list[int] = []
        run.param.watch(agree, ["state", "curves", "scales", "seconds_left"])
        run.play()
        await rest(run)
        assert len(set(told)) == len(told) > 1

    asyncio.run(story())


def test_every_checkpoint_is_the_network_of_its_step(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers)
        shown = {0: parameters(run.network)}
        run.param.watch(lambda *_: shown.update({run.step: parameters(run.network)}), "state")
        run.play()
        await rest(run)
        assert run.checkpoints.steps == tuple(shown)
        assert {step: parameters(run.checkpoints.at(step)) for step in shown} == shown
        assert [layer.scale for layer in run.network.layers] == list(run.scales)

    asyncio.run(story())


def test_another_recipe_begins_anew(workers: Workers) -> None:
    other = replace(SMALL, hidden=(5,), seed=3)

    async def story() -> None:
        run = await opened(workers, LONG)
        run.play()
        await until(run, lambda: run.step > 0)
        run.choose(other)
        assert (run.status, run.state, run.recipe) == ("idle", None, other)
        assert parameters(run.network) == parameters(initial_network(other, 3))
        run.play()
        assert await rest(run) == "done"
        assert parameters(run.network) == trained(other)

    asyncio.run(story())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hidden": (2_000,)}, "1,590,010 weights and biases"),
        ({"seeds": 2}, "--seeds 2"),
        ({"teacher": (32,)}, "--teacher 32"),
        ({"dataset": "nothing"}, "--dataset nothing"),
        ({"dataset": "synthetic", "images": 60_001}, "60,001 synthetic digits"),
    ],
    ids=str,
)
def test_what_cannot_be_trained_here_is_said_and_all_stays(
    workers: Workers, changes: dict[str, object], words: str
) -> None:
    async def story() -> None:
        run = await opened(workers)
        run.one_batch()
        await rest(run)
        with pytest.raises(InputError, match=words):
            run.choose(replace(SMALL, **changes))  # type: ignore[arg-type]
        assert (run.recipe, run.step, run.status) == (SMALL, 1, "paused")

    asyncio.run(story())


def test_more_steps_than_can_be_are_refused_in_a_sentence(workers: Workers) -> None:
    async def story() -> None:
        run = Run(workers, replace(SMALL, epochs=1_000_000))
        run.play()
        assert await rest(run) == "failed"
        assert run.sentence == text("training.too_long", steps="50,000,000", most="2,000,000")

    asyncio.run(story())


def test_one_that_diverges_says_so_and_keeps_its_last_state(workers: Workers) -> None:
    recipe = replace(SMALL, activation="relu", output_activation="relu", learning_rate=900)

    async def story() -> None:
        run = await opened(workers, recipe)
        run.play()
        assert await rest(run) == "diverged"
        assert "a learning rate of 900" in run.sentence
        assert [type(each) for each in run.findings] == [Divergence]
        assert run.state is not None
        run.play()
        assert run.status == "diverged"
        run.reset()
        assert (run.status, run.findings, run.sentence) == ("idle", (), "")

    asyncio.run(story())


def test_one_that_cannot_learn_is_found_out(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers, replace(SMALL, init="zeros"))
        run.play()
        await rest(run)
        await until(run, lambda: bool(run.findings))

    asyncio.run(story())


@pytest.mark.parametrize("press", [Run.pause, Run.reset, Run.close, lambda run: run.choose(SMALL)])
def test_whatever_is_pressed_before_anything_is_done_does_no_harm(
    workers: Workers, press: Callable[[Run], None]
) -> None:
    async def story() -> None:
        run = Run(workers, SMALL)
        press(run)
        run.play()
        press(run)
        run.play()
        assert await rest(run) == "done"

    asyncio.run(story())


def test_one_that_is_closed_trains_no_further(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers, LONG)
        run.play()
        await until(run, lambda: run.step > 0)
        run.close()
        other = await opened(workers)  # the only worker is free for the next
        other.play()
        reached = run.step
        assert await rest(other) == "done"
        assert run.step == reached

    asyncio.run(story())


def test_curves_hold_what_was_measured(workers: Workers) -> None:
    async def story() -> None:
        run = await opened(workers)
        run.play()
        await rest(run)
        curves = run.curves
        assert np.all(np.diff(curves.steps) > 0)
        assert curves.training_loss[-1] < curves.training_loss[0]
        assert curves.validation_loss[-1] < curves.validation_loss[0]
        assert curves.training_accuracy[-1] > curves.training_accuracy[0]

    asyncio.run(story())


def test_no_training_where_it_is_forbidden_and_that_is_said_to_who_presses_play() -> None:
    async def story() -> None:
        with open_workers(0) as none:
            run = Run(none, SMALL)
            run.open()
            await rest(run)
            assert (run.status, run.sentence) == ("idle", "")
            run.play()
            assert await rest(run) == "failed"
            assert run.sentence == text("training.forbidden")
            assert parameters(run.network) == parameters(initial_network(SMALL, SMALL.seed))

    asyncio.run(story())
