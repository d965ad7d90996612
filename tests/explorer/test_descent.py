"""Steps against the gradient of the drawing, or of a mini-batch: they are the training's."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from core.evaluation.sample import sample
from core.training.descent_steps import angle_between, descend
from core.training.objective import exact_gradient
from explorer.backpropagation.descent import Batch, Descent, _chosen
from explorer.backpropagation.example import Example
from explorer.backpropagation.gradient_wall import GradientWall
from explorer.texts import number, significant, text
from support.backward import objective_of, open_example, settled, values
from support.telling import tell


@pytest.fixture
def example() -> Example:
    return open_example()


def test_a_step_is_that_of_the_training_and_one_change_to_undo(example: Example) -> None:
    session, descent = example.session, Descent(example)
    network = session.network
    for steps in (1, 10):
        before = session.network
        objective = objective_of(example)
        expected = descend(before, objective, 0.5, steps)
        tell(descent, {"type": "descend", "steps": steps, "rate": 0.5})
        assert values(session.network) == values(expected)
        assert session.answer.digit is not None
    assert session.is_edited
    for _ in range(2):
        tell(descent, {"type": "undo"})
    assert session.network is network
    assert not descent.can_undo


def test_a_mini_batch_is_compared_by_its_angle_and_learned_from(example: Example) -> None:
    session, descent = example.session, Descent(example)
    tell(descent, {"type": "batch", "size": 10, "seed": "3"})
    batch = Batch(10, 3, session.centred)
    objective = _chosen(batch, example.request)
    images = sample(session.centred).images
    assert {row.tobytes() for row in objective.inputs} <= {row.tobytes() for row in images.images}
    before = session.network

    async def compare() -> None:
        example.param.trigger("answer")
        await settled()

    asyncio.run(compare())
    mean, of_batch = exact_gradient(before, objective)
    _, own = exact_gradient(before, objective_of(example))
    angle = angle_between(own, of_batch)
    assert angle is not None
    loss = significant(mean, 3)
    said = text("backward.angle", count=10, loss=loss, angle=number(angle, 1))
    assert descent.comparison == said
    example.place = 3
    pixels = of_batch[: 16 * 784].astype(np.float32)
    np.testing.assert_array_equal(GradientWall(example).content["gradient"], pixels)
    tell(descent, {"type": "descend", "steps": 1, "rate": 2})
    assert values(session.network) == values(descend(before, objective, 2.0))


@pytest.mark.parametrize("rate", [0, -1, float("inf"), 5000])
def test_a_rate_that_is_none_is_said_and_changes_nothing(example: Example, rate: float) -> None:
    network = example.session.network
    tell(Descent(example), {"type": "descend", "steps": 1, "rate": rate})
    assert example.session.notice == text("backward.rate_range", most=number(1000))
    assert example.session.network is network


def test_a_seed_that_is_none_is_said(example: Example) -> None:
    descent = Descent(example)
    tell(descent, {"type": "batch", "size": 10, "seed": "-1"})
    assert example.session.notice == text("edit.seed", seed="-1")
    assert descent.seed == "1"


def test_a_paused_page_keeps_its_network(example: Example) -> None:
    network = example.session.network
    example.session.paused = True
    tell(Descent(example), {"type": "descend", "steps": 1, "rate": 1})
    assert example.session.network is network
    assert example.session.notice == text("notice.paused")
