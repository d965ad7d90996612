"""A person's training on the page: which network is shown, when, and what a change of it does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace

import pytest

from core.nn.network import Network
from core.training.pipeline import initial_network
from core.training.recipes import RECIPES
from explorer.state.networks import MOST_OWN, TRAINING
from explorer.state.session import Neuron, Session
from explorer.texts import text
from explorer.training.run import Run
from explorer.training.trainer import Trainer
from explorer.training.workers import Workers
from support.patience import PATIENCE
from support.runs import LONG, SMALL, open_workers, parameters, rest, until, visited


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with open_workers() as started:
        yield started


async def trained(workers: Workers) -> Trainer:
    """The same, after all steps, with some checkpoints in between."""
    trainer = await visited(workers)
    for press in (trainer.one_batch, trainer.one_epoch, trainer.play):
        press()
        await rest(trainer.run)
    assert len(trainer.run.checkpoints.steps) > 3
    return trainer


def change(session: Session) -> Network:
    """Change a bias of the network that is shown; returns what it is then."""
    session.edit(session.network.with_bias(1, 2, 3.0))
    return session.network


def expect_shown(trainer: Trainer, network: Network) -> None:
    assert trainer.session.network_name == TRAINING
    assert parameters(trainer.session.network) == parameters(network)


def test_who_comes_sees_the_network_that_will_be_trained(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        expect_shown(trainer, initial_network(SMALL, SMALL.seed))
        assert (trainer.step, trainer.is_trained, trainer.is_under_way) == (0, False, False)

    asyncio.run(story())


def test_of_a_large_network_not_every_step_is_sent_but_the_last_one_is(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers, replace(SMALL, hidden=(512,), epochs=3))
        sent: list[Network] = []
        trainer.session.param.watch(lambda event: sent.append(event.new), "network")
        states: list[object] = []
        trainer.run.param.watch(lambda event: states.append(event.new), "state")
        for _ in range(6):
            trainer.one_batch()
            await rest(trainer.run)
        shown_singly = len(sent)
        trainer.play()
        await rest(trainer.run)
        assert shown_singly == 6
        assert len(sent) < len(states)
        assert trainer.run.state is not None
        expect_shown(trainer, trainer.run.state.network)

    asyncio.run(story())


def test_who_only_looks_in_gets_the_network_of_before_back(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        session = trainer.session
        session.place = "explore"
        assert session.network_name == "default"
        session.choose_network("wide")
        session.place = "train"
        session.place = "edit"
        assert session.network_name == "wide"

    asyncio.run(story())


def test_where_the_class_is_paused_who_leaves_is_told_that_the_network_stays(
    workers: Workers,
) -> None:
    async def story() -> None:
        session = (await visited(workers)).session
        session.paused = True
        session.place = "explore"
        assert session.network_name == TRAINING
        assert session.notice == text("notice.paused")

    asyncio.run(story())


def test_what_has_learned_goes_along_to_other_places_and_learns_on(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers, LONG)
        trainer.play()
        await until(trainer.run, lambda: trainer.is_trained)
        trainer.session.place = "explore"
        trainer.session.select(Neuron(1, 3))
        step = trainer.step
        await until(trainer.run, lambda: trainer.step > step)
        expect_shown(trainer, trainer.run.network)
        assert trainer.session.selected == Neuron(1, 3)
        trainer.close()

    asyncio.run(story())


def test_while_another_network_is_shown_the_one_in_training_is_to_be_had_as_it_is(
    workers: Workers,
) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        session = trainer.session
        session.choose_network("wide")
        wide = session.network
        trainer.run.one_epoch()
        await rest(trainer.run)
        assert session.network is wide
        assert parameters(session.networks[TRAINING]) == parameters(trainer.run.network)

    asyncio.run(story())


@pytest.mark.parametrize("press", [Trainer.one_batch, lambda trainer: trainer.look_at(0)])
def test_whoever_presses_something_sees_what_it_does(
    workers: Workers, press: Callable[[Trainer], None]
) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        trainer.one_batch()
        await rest(trainer.run)
        trainer.session.choose_network("wide")
        press(trainer)
        await rest(trainer.run)
        assert trainer.session.network_name == TRAINING

    asyncio.run(story())


def test_any_checkpoint_can_be_looked_at_and_the_last_is_the_latest(workers: Workers) -> None:
    async def story() -> None:
        trainer = await trained(workers)
        steps = trainer.run.checkpoints.steps
        for place, step in enumerate(steps[:-1]):
            trainer.look_at(place)
            assert trainer.looks_at == trainer.step == step
            expect_shown(trainer, trainer.run.checkpoints.at(step))
        trainer.look_at(len(steps) - 1)
        assert (trainer.looks_at, trainer.step) == (None, steps[-1])
        expect_shown(trainer, trainer.run.network)
        with pytest.raises(IndexError):
            trainer.look_at(len(steps))

    asyncio.run(story())


def test_looking_back_pauses_the_run_and_going_on_goes_on_from_the_latest(
    workers: Workers,
) -> None:
    async def story() -> None:
        trainer = await visited(workers, LONG)
        trainer.play()
        await until(trainer.run, lambda: len(trainer.run.checkpoints.steps) > 2)
        trainer.look_at(0)
        assert await rest(trainer.run) == "paused"
        expect_shown(trainer, initial_network(LONG, LONG.seed))
        latest = trainer.run.step
        trainer.one_batch()
        await rest(trainer.run)
        assert (trainer.looks_at, trainer.step) == (None, latest + 1)

    asyncio.run(story())


def test_where_a_checkpoint_is_dropped_the_nearest_one_is_shown(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        for _ in range(3):
            trainer.one_batch()
            await rest(trainer.run)
        trainer.look_at(1)
        trainer.run.checkpoints.most_bytes = 1  # no room but for the first and the latest
        trainer.run.one_batch()
        await rest(trainer.run)
        assert trainer.looks_at in trainer.run.checkpoints.steps
        expect_shown(trainer, trainer.run.checkpoints.at(0))

    asyncio.run(story())


def test_a_film_shows_all_checkpoints_and_ends_with_the_latest(workers: Workers) -> None:
    async def story() -> None:
        trainer = await trained(workers)
        seen: list[int] = []
        trainer.param.watch(lambda *_: seen.append(trainer.step), "looks_at")
        trainer.play_film(True)
        assert trainer.film
        await over(trainer)
        assert tuple(seen) == trainer.run.checkpoints.steps
        expect_shown(trainer, trainer.run.network)

    asyncio.run(story())


@pytest.mark.parametrize(
    "interrupt",
    [
        lambda trainer: trainer.play_film(False),
        lambda trainer: trainer.look_at(1),
        lambda trainer: trainer.reset(),
        lambda trainer: trainer.close(),
        lambda trainer: setattr(trainer.session, "paused", True),
    ],
    ids=["stop", "look", "reset", "close", "class"],
)
def test_a_film_is_ended_by_whatever_is_done(
    workers: Workers, interrupt: Callable[[Trainer], None]
) -> None:
    async def story() -> None:
        trainer = await trained(workers)
        others = asyncio.all_tasks()
        trainer.play_film(True)
        (film,) = asyncio.all_tasks() - others
        interrupt(trainer)
        assert not trainer.film
        await asyncio.wait({film}, timeout=PATIENCE)
        assert film.cancelled()

    asyncio.run(story())


def test_of_a_run_without_steps_there_is_no_film(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        trainer.play_film(True)
        assert not trainer.film

    asyncio.run(story())


def test_the_teacher_s_pause_pauses_the_run_and_lets_nothing_begin(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers, LONG)
        trainer.play()
        await until(trainer.run, lambda: trainer.is_trained)
        trainer.session.paused = True
        assert await rest(trainer.run) == "paused"
        for press in (trainer.play, trainer.one_batch, trainer.reset):
            press()
            assert trainer.session.notice == text("notice.paused")
        assert (trainer.run.status, trainer.is_trained) == ("paused", True)

    asyncio.run(story())


def test_a_page_that_goes_away_ends_its_run(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers, LONG)
        trainer.play()
        await until(trainer.run, lambda: trainer.is_trained)
        trainer.close()
        step = trainer.run.step
        other = await visited(workers)  # the only worker is free
        other.play()
        assert await rest(other.run) == "done"
        assert trainer.run.step == step

    asyncio.run(story())


def test_another_recipe_is_shown_at_once(workers: Workers) -> None:
    other = replace(SMALL, hidden=(5,), seed=4)

    async def story() -> None:
        trainer = await trained(workers)
        trainer.look_at(1)
        trainer.choose(other)
        assert trainer.looks_at is None
        expect_shown(trainer, initial_network(other, 4))

    asyncio.run(story())


def test_a_recipe_that_cannot_be_is_refused_in_a_sentence_and_all_stays(workers: Workers) -> None:
    async def story() -> None:
        trainer = await trained(workers)
        trainer.choose(replace(SMALL, hidden=(2_000,)))
        assert "1,590,010 weights and biases" in trainer.session.notice
        assert (trainer.run.recipe, trainer.run.status) == (SMALL, "done")

    asyncio.run(story())


def test_a_change_by_hand_pauses_the_run_and_stays(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers, LONG)
        trainer.play()
        await until(trainer.run, lambda: trainer.is_trained)
        trainer.session.place = "edit"
        changed = change(trainer.session)
        assert await rest(trainer.run) == "paused"
        trainer.session.place = "train"
        assert trainer.session.network is changed
        trainer.session.choose_network("wide")
        trainer.session.place = "explore"
        trainer.session.place = "train"
        assert trainer.session.network is changed

    asyncio.run(story())


@pytest.mark.parametrize(
    "press",
    [Trainer.one_batch, lambda trainer: trainer.look_at(0), lambda trainer: trainer.reset()],
    ids=["train", "look", "reset"],
)
def test_what_was_changed_is_kept_where_the_training_goes_on(
    workers: Workers, press: Callable[[Trainer], None]
) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        trainer.one_batch()
        await rest(trainer.run)
        changed = change(trainer.session)
        press(trainer)
        await rest(trainer.run)
        session = trainer.session
        assert parameters(session.networks["own-1"]) == parameters(changed)
        assert session.networks["own-1"].card["title"] == "In training, changed"
        assert "kept as “In training, changed”" in session.notice
        assert not session.is_edited
        latest = trainer.looks_at is None
        expect_shown(trainer, trainer.run.network if latest else trainer.run.checkpoints.at(0))

    asyncio.run(story())


def test_where_there_is_no_room_for_what_was_changed_that_is_said(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        session = trainer.session
        for number in range(MOST_OWN):
            session.put_network(f"own-{number}", session.network, shown=False)
        change(session)
        trainer.one_batch()
        assert session.notice == text("train.changed_gone")
        assert f"own-{MOST_OWN}" not in session.networks
        await rest(trainer.run)

    asyncio.run(story())


def test_what_is_finished_is_the_network_that_is_shown(workers: Workers) -> None:
    async def story() -> None:
        trainer = await trained(workers)
        trainer.look_at(1)
        kept = await trainer.finished("Early")
        assert kept.card["stopped after step"] == trainer.step
        assert parameters(kept) == parameters(trainer.session.network)

    asyncio.run(story())


def test_it_begins_with_the_lesson_s_recipe(workers: Workers) -> None:
    assert Trainer(Session(), Run(workers)).run.recipe == RECIPES["lesson"]


def over(trainer: Trainer) -> Awaitable[None]:
    """When the film has ended by itself."""
    ended = asyncio.Event()
    trainer.param.watch(lambda event: event.new or ended.set(), "film")

    async def end() -> None:
        async with asyncio.timeout(PATIENCE):
            await ended.wait()
        await asyncio.sleep(0)

    return end()


def test_it_goes_on_from_a_network_of_the_page_with_its_changes(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        session = trainer.session
        session.choose_network("wide")
        changed = change(session)
        trainer.begin_with("wide")
        await rest(trainer.run)
        expect_shown(trainer, changed)
        assert trainer.run.recipe.hidden == changed.sizes[1:-1] == (64, 32)
        trainer.one_batch()
        await rest(trainer.run)
        assert trainer.step == 1
        trainer.choose(replace(trainer.run.recipe, learning_rate=0.5))
        expect_shown(trainer, changed)
        trainer.begin_with("")
        expect_shown(trainer, initial_network(trainer.run.recipe, SMALL.seed))
        assert trainer.run.start_name == ""

    asyncio.run(story())
