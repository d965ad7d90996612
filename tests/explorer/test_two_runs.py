"""Two runs beside each other: what stays, what gives way, and what is compared."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.ink.example_drawings import load_examples
from core.nn.network import Network
from explorer.diagram.palette import shades
from explorer.diagram.scales import rounded_up
from explorer.training.comparison import Comparison
from explorer.training.curve_columns import NO_COLUMNS, columns_of, ends_of, letters_of
from explorer.training.run import Run
from explorer.training.run_switch import RunSwitch
from explorer.training.trainer import Trainer
from explorer.training.workers import Workers
from explorer.transport.messages import NotUnderstoodError
from support.runs import LONG, SMALL, open_workers, parameters, rest, until, visited

SEVEN = next(each.drawing for each in load_examples() if each.digit == 7)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with open_workers() as started:
        yield started


async def with_two(workers: Workers, **changes: Any) -> Trainer:
    """Run A has learned an epoch; B, with other settings, one mini-batch, and is shown."""
    trainer = await visited(workers)
    trainer.one_epoch()
    await rest(trainer.run)
    trainer.choose(replace(SMALL, **changes))
    trainer.one_batch()
    await rest(trainer.run)
    return trainer


def other(trainer: Trainer) -> Run:
    assert trainer.runs.other is not None
    return trainer.runs.other


def compared(trainer: Trainer) -> tuple[Network, Network]:
    """What A has come to at the epoch of B, and B."""
    checkpoints = other(trainer).checkpoints
    return checkpoints.at(checkpoints.nearest(1)), trainer.run.network


def test_what_has_learned_something_stays_beside_the_next(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        trainer.choose(replace(SMALL, seed=1))
        assert trainer.runs.other is None, "nothing was learned yet"
        trainer.one_batch()
        first = trainer.run
        await rest(first)
        learned = parameters(first.network)
        trainer.choose(replace(SMALL, seed=2))
        assert (trainer.runs.letter, trainer.run.recipe.seed, trainer.step) == ("B", 2, 0)
        assert trainer.runs.both == (first, trainer.run)
        assert (first.recipe.seed, first.step) == (1, 1)
        assert parameters(first.network) == learned

    asyncio.run(story())


def test_the_same_settings_are_the_same_run_bit_for_bit(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        trainer.one_epoch()
        await rest(trainer.run)
        trainer.reset()
        switch = RunSwitch(trainer)
        assert switch.difference == "A and B have the same settings."
        trainer.one_epoch()
        await rest(trainer.run)
        assert parameters(trainer.run.network) == parameters(other(trainer).network)
        assert "after step 50 the same weights, bit for bit" in switch.difference

    asyncio.run(story())


def test_if_both_have_learned_the_one_that_is_shown_gives_way(workers: Workers) -> None:
    async def story() -> None:
        trainer = await with_two(workers, seed=1)
        resting = other(trainer)
        trainer.choose(replace(SMALL, seed=2))
        assert (other(trainer), resting.step, trainer.step) == (resting, 50, 0)
        trainer.show_other()
        assert trainer.runs.letter == "A"
        trainer.choose(replace(SMALL, seed=3))
        assert (trainer.runs.letter, trainer.run.recipe.seed) == ("B", 3)
        assert other(trainer) is resting, "what has learned nothing gives way first"

    asyncio.run(story())


def test_what_cannot_be_trained_leaves_the_run_as_it_is(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        trainer.one_batch()
        run = trainer.run
        await rest(run)
        trainer.choose(replace(SMALL, hidden=(2_000,)))
        assert "1,590,010" in trainer.session.notice
        assert (trainer.run, trainer.runs.other, trainer.step) == (run, None, 1)

    asyncio.run(story())


def test_the_page_shows_the_other_run_at_the_same_epoch(workers: Workers) -> None:
    async def story() -> None:
        trainer = await with_two(workers, seed=1)
        second = trainer.run
        trainer.show_other()
        first = trainer.run
        nearest = first.checkpoints.nearest(1)
        assert (trainer.runs.letter, trainer.looks_at) == ("A", nearest)
        assert parameters(trainer.session.network) == parameters(first.checkpoints.at(nearest))
        trainer.look_at(len(first.checkpoints.steps) - 1)
        trainer.show_other()
        assert (trainer.run, trainer.looks_at) == (second, None), "it came no further"
        assert parameters(trainer.session.network) == parameters(second.network)

    asyncio.run(story())


def test_either_goes_on_while_the_other_rests(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers, LONG)
        trainer.one_batch()
        await rest(trainer.run)
        trainer.train_second(replace(LONG, seed=1))
        second = trainer.run
        await until(second, lambda: second.step > 0)
        trainer.show_other()
        await rest(second)
        reached = second.step
        trainer.one_batch()
        await rest(trainer.run)
        assert (trainer.run.step, second.step, second.status) == (2, reached, "paused")
        trainer.close()

    asyncio.run(story())


def test_the_other_can_be_forgotten(workers: Workers) -> None:
    async def story() -> None:
        trainer = await with_two(workers, seed=1)
        run, switch, comparison = trainer.run, RunSwitch(trainer), Comparison(trainer)
        assert (switch.letter, switch.seed, len(comparison.runs)) == ("B", None, 2)
        switch.receive({"type": "forget"})
        assert (trainer.run, trainer.runs.other) == (run, None)
        assert (switch.letter, switch.seed, switch.difference) == ("A", 2, "")
        assert (comparison.runs, comparison.answers, comparison.first_layers) == ([], [], [])

    asyncio.run(story())


def test_one_press_trains_a_second_run_with_the_next_seed(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        switch = RunSwitch(trainer)
        assert switch.seed is None, "there is nothing to compare with"
        trainer.one_batch()
        await rest(trainer.run)
        assert switch.seed == 1
        switch.receive({"type": "second"})
        assert await rest(trainer.run) == "done"
        assert (switch.letter, trainer.run.recipe.seed) == ("B", 1)
        assert switch.difference == "From A to B: Seed 0 → 1"
        switch.receive({"type": "show", "letter": "A"})
        assert (switch.letter, trainer.run.recipe.seed) == ("A", 0)
        switch.receive({"type": "show", "letter": "A"})
        assert switch.letter == "A"

    asyncio.run(story())


def test_where_the_class_is_paused_no_second_run_begins(workers: Workers) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        trainer.one_batch()
        await rest(trainer.run)
        trainer.session.paused = True
        RunSwitch(trainer).receive({"type": "second"})
        assert trainer.runs.other is None
        assert trainer.session.notice == "Paused by your teacher."

    asyncio.run(story())


@pytest.mark.parametrize(
    "message",
    [
        {"type": "show", "letter": "A"},
        {"type": "show", "letter": "C"},
        {"type": "forget"},
        {"type": "second"},
        {"type": "show"},
        None,
    ],
    ids=str,
)
def test_of_one_run_nothing_else_is_asked(workers: Workers, message: Any) -> None:
    async def story() -> None:
        trainer = await visited(workers)
        with pytest.raises(NotUnderstoodError):
            RunSwitch(trainer).receive(message)

    asyncio.run(story())


def test_both_are_compared_at_the_same_epoch(workers: Workers) -> None:
    async def story() -> None:
        trainer = await with_two(workers, batch_size=5)  # 100 steps an epoch
        comparison, first = Comparison(trainer), other(trainer)
        early, late = comparison.runs
        assert (early["letter"], early["epoch"], early["is_shown"]) == ("A", 0, False)
        assert early["validation"]["loss"] == first.curves.validation_loss[0]
        assert (late["letter"], late["epoch"], late["is_shown"]) == ("B", 1 / 100, True)
        trainer.play()
        await rest(trainer.run)
        assert [each["epoch"] for each in comparison.runs] == [1, 3], "A came no further"
        trainer.look_at(0)
        assert [each["epoch"] for each in comparison.runs] == [0, 0]

    asyncio.run(story())


def test_both_answers_follow_the_drawing(workers: Workers) -> None:
    async def story() -> None:
        trainer = await with_two(workers, seed=1)
        comparison, session = Comparison(trainer), trainer.session
        assert comparison.answers == [{}, {}]
        session.replace_drawing(SEVEN)
        inputs = session.trace.inputs
        for answer, network in zip(comparison.answers, compared(trainer), strict=True):
            outputs = network(inputs)
            assert answer == {"digit": int(outputs.argmax()), "output": float(outputs.max())}
        session.place = "explore"
        before = comparison.answers
        session.clear()
        assert comparison.answers is before, "nobody sees them"
        session.place = "train"
        assert comparison.answers == [{}, {}]

    asyncio.run(story())


def test_both_first_layers_are_on_one_scale(workers: Workers) -> None:
    async def story() -> None:
        trainer = await with_two(workers, init="normal")
        comparison = Comparison(trainer)
        weights = [network.layers[0].weights for network in compared(trainer)]
        scale = rounded_up(max(float(abs(each).max()) for each in weights))
        expected = [shades(each, scale).tobytes() for each in weights]
        assert list(map(b64decode, comparison.first_layers)) == expected
        assert comparison.scale == f"Full colour ±{scale:g} in both"

    asyncio.run(story())


def test_letters_at_the_ends_of_curves_are_in_full_view() -> None:
    def ending(accuracy: float, epoch: float = 1.0) -> dict[str, Any]:
        last = {"epoch": epoch, "validation_accuracy": accuracy, "validation_loss": 0.1}
        return {name: np.array([last.get(name, 0.1)]) for name in NO_COLUMNS}

    letters = letters_of({"A": ending(99.0), "B": ending(98.0)}, [1.0, 1.0])
    assert letters["letter"] == ["A", "B"]
    assert letters["accuracy"][0] - letters["accuracy"][1] >= 20
    assert letters["accuracy"].max() < 90, "it would be cut off"
    far = letters_of({"A": ending(99.0, 0.5), "B": ending(98.0)}, [1.0, 1.0])
    assert far["accuracy"][0] == far["accuracy"][1] < 90, "they are far from each other"
    assert letters_of({"A": ending(99.0)}, [1.0, 1.0])["letter"] == []
    assert letters_of({"A": ending(99.0), "B": NO_COLUMNS}, [1.0, 1.0])["letter"] == ["A"]


def test_curves_end_within_the_frame_and_leave_room_for_letters() -> None:
    ends = {name: np.array([5.0]) for name in NO_COLUMNS}
    assert ends_of({"A": ends}) == [5, 5]
    epoch, loss = ends_of({"A": ends, "B": NO_COLUMNS})
    assert (epoch > 5, loss) == (True, 5)
    assert ends_of({"A": columns_of(None)}) == [1, 1]
