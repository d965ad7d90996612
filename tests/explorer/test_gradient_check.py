"""One neuron in the backward pass, and its gradient by finite differences."""

from __future__ import annotations

import asyncio

import pytest

from core.training.backward_pass import backward_pass
from core.training.losses import quadratic
from explorer.backpropagation.example import Example, target_of
from explorer.backpropagation.neuron_slopes import NeuronSlopes
from explorer.backpropagation.random_check import RandomCheck
from explorer.state.session import Neuron
from support.backward import open_example, settled
from support.telling import tell


@pytest.fixture
def example() -> Example:
    return open_example()


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
        assert content["grad_a"] * content["slope"] == pytest.approx(layer.delta[number])
    bias, weight = slopes.checks
    assert bias["gradient"] == layer.delta[number]
    assert weight["gradient"] == layer.weights_of(number)[4]
    for check in slopes.checks:
        assert check["numerical"] == pytest.approx(check["gradient"], rel=1e-4, abs=1e-9)
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
