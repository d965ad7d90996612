"""The loss around a network, and a slider through it."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from core.training.landscape import moved, unit
from core.training.losses import quadratic
from core.training.objective import exact_gradient
from explorer.backpropagation.example import Example
from explorer.backpropagation.landscape import Landscape
from explorer.backpropagation.scales import scales_of
from support.backward import objective_of, open_example, settled, values


@pytest.fixture
def example() -> Example:
    return open_example()


def test_the_landscape_is_measured_while_it_is_open_and_a_slide_is_one_change(
    example: Example,
) -> None:
    session, landscape = example.session, Landscape(example)
    network = session.network

    async def slide() -> None:
        landscape.receive({"type": "open", "on": True})
        await settled()
        for distance, goes_on in ((0.5, True), (1.0, True), (1.5, False)):
            later = landscape.receive({"type": "move", "distance": distance, "goes_on": goes_on})
            assert later is not None
            await later
        await settled()

    asyncio.run(slide())
    objective = objective_of(example)
    mean, gradient = exact_gradient(network, objective)
    curves = landscape._drawn.curves.data
    distances = curves["distance"]
    middle = int(np.flatnonzero(curves["distance"] == 0)[0])
    assert curves["drawing"][middle] == pytest.approx(mean, rel=1e-4)
    assert curves["drawing"][middle] == curves["drawing_random"][middle]
    assert curves["sample"][middle] == curves["sample_random"][middle]
    assert curves["drawing"][middle + 1] < mean
    assert landscape.ends == [distances[-1], scales_of(network, quadratic).loss]
    assert values(session.network) == values(moved(network, -unit(gradient), 1.5))
    assert landscape.distance == 1.5
    session.undo_edit()
    assert session.network is network
    assert landscape.distance == 0
    assert not session.can_undo_edit


def test_another_drawing_has_another_landscape(example: Example) -> None:
    landscape = Landscape(example)

    async def draw() -> None:
        landscape.receive({"type": "open", "on": True})
        await settled()
        first, ends = landscape._drawn.curves.data["drawing"], landscape.ends
        example.session.clear()
        await settled()
        assert not np.array_equal(landscape._drawn.curves.data["drawing"], first)
        assert landscape.ends == ends, "the scales are those of the network"
        landscape.receive({"type": "open", "on": False})

    asyncio.run(draw())
    assert not landscape.ready
