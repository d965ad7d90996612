"""One step of backpropagation on the drawing: its numbers are those of the core."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from core.training.backpropagation import backpropagate
from core.training.backward_pass import backward_pass
from core.training.losses import LOSSES, cross_entropy, quadratic
from core.training.objective import exact_gradient
from explorer import create_app
from explorer.backpropagation.descent import Batch, Descent, _chosen
from explorer.backpropagation.example import BatchGradient, Example, target_of
from explorer.backpropagation.gradient_overlay import GradientOverlay
from explorer.backpropagation.gradient_wall import GradientWall
from explorer.backpropagation.layer_slopes import LayerSlopes
from explorer.backpropagation.loss_terms import LossTerms
from explorer.backpropagation.time_line import BackwardTimeLine
from explorer.diagram.stage import Stage
from explorer.state.session import Neuron
from explorer.texts import text
from explorer.transport.link import Link
from support.backward import open_example, settled
from support.relu_network import relu_network
from support.telling import tell


@pytest.fixture
def example() -> Example:
    return open_example()


def test_the_loss_is_told_term_by_term() -> None:
    session = open_example().session
    example = Example(session, Link())
    terms = LossTerms(example)
    assert terms.content == {}
    tell(terms, {"type": "digit", "digit": 3})
    outputs, target = session.trace.outputs, target_of(3)[0]
    np.testing.assert_allclose(
        terms.content["terms"],
        np.column_stack([outputs, target, (outputs - target) ** 2]),
        rtol=1e-4,
        atol=1e-9,
    )
    assert terms.content["loss"] == pytest.approx(((outputs - target) ** 2).sum(), rel=1e-5)
    tell(terms, {"type": "loss", "name": "cross-entropy"})
    expected = backward_pass(session.network, session.trace.inputs, target, cross_entropy)
    assert terms.content["loss"] == expected.loss
    assert terms.formula == text("loss_formula.cross-entropy")


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("network", ["default", "relu", "wide"])
def test_each_place_tells_one_layer_from_the_last_to_the_first(
    example: Example, name: str, network: str
) -> None:
    session = example.session
    session.choose_network(network)
    example.loss_name = name
    line, slopes = BackwardTimeLine(example), LayerSlopes(example)
    assert slopes.content == {}
    expected = backward_pass(session.network, session.trace.inputs, target_of(7)[0], LOSSES[name])
    for place, layer in enumerate(reversed(expected.layers), start=1):
        tell(line, {"type": "go", "place": place})
        rows = slopes.content["rows"]
        chosen = [row["number"] for row in rows]
        np.testing.assert_array_equal([row["delta"] for row in rows], layer.delta[chosen])
        assert slopes.content["more"] == len(layer.delta) - len(rows)
        for row in rows:
            if row["factors"] is not None:
                assert np.prod(row["factors"]) == pytest.approx(row["delta"], abs=1e-15)
    assert [line.place, line.last] == [3, 3]


def test_every_stroke_is_followed_while_it_is_open_and_nothing_is_done_while_it_is_not(
    example: Example,
) -> None:
    session, terms = example.session, LossTerms(example)
    before = terms.content["loss"]
    session.begin_stroke(np.array([(5, 20), (20, 24)]), 2.0, erases=False)
    assert terms.content["loss"] != before
    session.place = "edit"
    assert example.answer is None
    session.place = "train"
    assert example.answer is not None
    session.backpropagating = False
    assert example.answer is None


@pytest.mark.parametrize(
    "message",
    [
        {"type": "descend", "steps": 5, "rate": 1},
        {"type": "batch", "size": 7, "seed": "1"},
        {"type": "digit", "digit": 10},
        {"type": "go", "place": 4},
        {"type": "choose", "neuron": 3},
    ],
)
def test_nonsense_is_left_aside(example: Example, message: dict[str, object]) -> None:
    network = example.session.network
    for part in (
        Descent(example),
        LossTerms(example),
        LayerSlopes(example),
        BackwardTimeLine(example),
    ):
        tell(part, message)
    assert example.session.network is network
    assert (example.digit, example.place, example.session.selected) == (7, 0, None)


def test_a_network_with_fewer_layers_brings_the_time_line_back(example: Example) -> None:
    example.place = 3
    example.session.put_network("yours", relu_network(12))
    assert example.place == 2
    assert example.layer == 1


def test_the_panel_is_built_when_it_is_first_opened() -> None:
    page = create_app()
    assert not page.backward.objects
    tell(page, {"type": "backpropagation", "on": True})
    assert page.backpropagates
    panel = page.backward.objects[0]
    tell(panel, {"type": "close"})
    assert not page.session.backpropagating
    tell(page, {"type": "backpropagation", "on": True})
    assert page.backward.objects == [panel]


def test_the_wall_is_there_at_the_first_layer_and_leads_to_its_neurons(example: Example) -> None:
    wall = GradientWall(example)
    assert not wall.shown
    example.place = 3
    assert wall.shown
    assert example.answer is not None
    expected = example.answer.backward.layers[0]
    np.testing.assert_array_equal(wall.content["delta"], expected.delta.astype(np.float32))
    tell(wall, {"type": "choose", "number": 5})
    assert example.session.selected == Neuron(1, 5)


def test_a_large_network_is_gone_through_beside_the_page(example: Example) -> None:
    session, network = example.session, relu_network(300)
    example.place = 2
    slopes = LayerSlopes(example)

    async def look() -> None:
        session.put_network("yours", network)
        assert slopes.content == {}
        await settled()

    asyncio.run(look())
    assert example.answer is not None
    expected = backward_pass(network, session.trace.inputs, target_of(7)[0], quadratic)
    assert example.answer.backward.loss == expected.loss
    assert len(slopes.content["rows"]) == 16
    assert slopes.content["more"] == 284


def test_the_gradient_of_a_large_network_is_forgotten_when_the_panel_closes(
    example: Example,
) -> None:
    async def close_meanwhile() -> None:
        example.session.put_network("yours", relu_network(300))
        example.session.backpropagating = False
        await settled()

    asyncio.run(close_meanwhile())
    assert example.answer is None


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_the_lines_of_a_mini_batch_are_those_of_its_mean_loss(example: Example, layer: int) -> None:
    session = example.session
    overlay = GradientOverlay(example, Stage(session).drawn)
    example.place = 4 - layer
    assert overlay.content["count"] == 0
    batch = _chosen(Batch(10, 1, session.centred), example.request)
    example.of_batch = BatchGradient(10, exact_gradient(session.network, batch)[1])
    _, parts = backpropagate(session.network, batch.inputs, batch.targets, quadratic)
    content, expected = overlay.content, parts[layer - 1]
    np.testing.assert_allclose(content["gradient"], expected.weights.ravel(), atol=1e-6)
    np.testing.assert_allclose(content["deltas"][0], expected.biases, atol=1e-6)
    assert [len(each) for each in content["deltas"]] == list(session.network.sizes[layer:])
    session.begin_stroke(np.array([(5, 20), (20, 24)]), 2.0, erases=False)
    assert overlay.content is content
    example.of_batch = None
    assert overlay.content["count"] == 0
