"""One step of backpropagation on the drawing: its numbers are the core's, its step is undone."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from core import Network
from core.evaluation.sample import sample
from core.training.backward_pass import backward_pass
from core.training.descent_steps import angle_between, descend
from core.training.losses import LOSSES, cross_entropy, quadratic
from core.training.objective import Objective, exact_gradient
from core.training.parameters import ParameterVector
from explorer import create_app
from explorer.backpropagation.descent import Batch, Descent, _chosen
from explorer.backpropagation.example import Example, target_of
from explorer.backpropagation.gradient_wall import GradientWall
from explorer.backpropagation.layer_slopes import LayerSlopes
from explorer.backpropagation.loss_terms import LossTerms
from explorer.backpropagation.neuron_slopes import NeuronSlopes
from explorer.backpropagation.random_check import RandomCheck
from explorer.backpropagation.time_line import BackwardTimeLine
from explorer.state.session import Neuron, Session
from explorer.texts import number, significant, text
from explorer.transport.link import Link
from support.relu_network import relu_network
from support.telling import tell


@pytest.fixture
def session() -> Session:
    session = Session()
    session.begin_stroke(np.array([(7, 7), (21, 7), (13, 22)]), 2.0, erases=False)
    session.backpropagating = True
    return session


@pytest.fixture
def example(session: Session) -> Example:
    example = Example(session, Link())
    example.digit = 7
    return example


async def settled() -> None:
    """Until whatever is under way beside the page is done."""
    async with asyncio.timeout(60):
        while len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(0)


def values(network: Network) -> bytes:
    return ParameterVector(network).values.tobytes()


def test_the_loss_is_told_term_by_term(session: Session) -> None:
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


def test_a_step_is_that_of_the_training_and_one_change_to_undo(example: Example) -> None:
    session, descent = example.session, Descent(example)
    network = session.network
    for steps in (1, 10):
        before = session.network
        objective = Objective(session.trace.inputs[None], target_of(7), quadratic)
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
    objective = _chosen(batch, quadratic)
    images = sample(session.centred).images
    assert {row.tobytes() for row in objective.inputs} <= {row.tobytes() for row in images.images}
    before = session.network

    async def compare() -> None:
        example.param.trigger("answer")
        await settled()

    asyncio.run(compare())
    mean, wanted = exact_gradient(before, objective)
    _, own = exact_gradient(before, Objective(session.trace.inputs[None], target_of(7), quadratic))
    angle = angle_between(own, wanted)
    assert angle is not None
    loss = significant(mean, 3)
    said = text("backward.angle", count=10, loss=loss, angle=number(angle, 1))
    assert descent.comparison == said
    example.place = 3
    pixels = wanted[: 16 * 784].astype(np.float32)
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


def test_a_paused_page_keeps_its_network(example: Example) -> None:
    network = example.session.network
    example.session.paused = True
    tell(Descent(example), {"type": "descend", "steps": 1, "rate": 1})
    assert example.session.network is network
    assert example.session.notice == text("notice.paused")


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


@pytest.mark.parametrize("neuron", [(1, 5), (2, 3), (3, 7)])
def test_a_neuron_has_its_sum_and_beside_two_slopes_the_numerical_ones(
    example: Example, neuron: tuple[int, int]
) -> None:
    session = example.session
    session.select(Neuron(*neuron))
    slopes = NeuronSlopes(example)

    async def pick() -> None:
        slopes.receive({"type": "pick", "source": 4})
        await settled()

    asyncio.run(pick())
    expected = backward_pass(session.network, session.trace.inputs, target_of(7)[0], quadratic)
    layer, number = expected.layers[neuron[0] - 1], neuron[1]
    content = slopes.content
    assert content["delta"] == layer.delta[number]
    if layer.grad_a is not None:
        terms = content["terms"]
        total = sum(row["delta"] for row in terms["rows"]) + terms["rest"]
        assert total == pytest.approx(layer.grad_a[number])
        assert content["asked"] * content["slope"] == pytest.approx(layer.delta[number])
    bias, weight = slopes.checks
    assert bias["gradient"] == layer.delta[number]
    assert weight["gradient"] == layer.weights_of(number)[4]
    for check in slopes.checks:
        assert check["numerical"] == pytest.approx(check["gradient"], rel=1e-4, abs=1e-11)
        assert check["difference"] < 1e-4
    session.select(None)
    assert (slopes.content, slopes.checks) == ({}, [])


def test_a_line_that_is_clicked_is_checked(example: Example) -> None:
    slopes = NeuronSlopes(example)
    example.session.select(Neuron(2, 3))
    example.session.pick_weight(6)
    assert slopes.content["picked"] == 6
    example.session.select(Neuron(2, 4))
    assert slopes.content["picked"] == -1


@pytest.mark.parametrize("name", ["default", "relu", "wide"])
def test_a_hundred_weights_at_random_are_checked(example: Example, name: str) -> None:
    example.session.choose_network(name)
    check = RandomCheck(example)
    for seed in (1, 2):
        tell(check, {"type": "check"})
        assert (check.content["count"], check.content["seed"]) == (100, seed)
        assert check.content["largest"] < 1e-4
        assert check.content["agrees"]
    example.session.clear()
    assert check.content == {}


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
