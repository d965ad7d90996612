"""Which neurons of wide layers stand in the picture, and what is sent of them."""

from __future__ import annotations

import numpy as np
import pytest

from core import Network
from core.nn.activations import ACTIVATIONS
from explorer.diagram.brightness import example_inputs
from explorer.diagram.shown import MOST, from_number, is_thinned, most_active, most_active_now
from explorer.diagram.stage import Stage
from explorer.diagram.weights import in_a_row
from explorer.drawing.examples import examples
from explorer.state.networks import TRAINING
from explorer.state.session import Neuron, Session

SIZES = (196, 300, 64, 100, 26)
WIDE = Network.random(SIZES, seed=3)


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.random(SIZES, seed=3, activation=ACTIVATIONS["relu"])


def test_of_wide_layers_the_most_active_are_shown_and_of_others_all(network: Network) -> None:
    shown = most_active(network)
    assert shown.counts == (196, MOST, 64, MOST, 26)
    mean = network.trace(example_inputs(196)).a[0].mean(axis=0)
    left_out = np.setdiff1d(np.arange(300), shown.numbers[1])
    assert mean[shown.numbers[1]].min() >= mean[left_out].max()
    assert (np.diff(shown.numbers[1]) > 0).all()
    assert shown.chosen[0] == shown.chosen[2] == shown.chosen[4] == []


def test_a_neuron_takes_the_place_of_its_nearest_and_all_others_stay() -> None:
    shown = from_number(WIDE, 0)
    other = shown.with_neuron(1, 250)
    assert other.place_of(1, 250) == MOST - 1
    assert (other.numbers[1][:-1] == shown.numbers[1][:-1]).all()
    assert other.with_neuron(1, 250) is other
    assert other.place_of(1, MOST - 1) is None
    assert other.place_of(1, 999) is None


def test_in_their_order_the_last_ones_end_the_layer_and_narrow_layers_stay_whole() -> None:
    shown = from_number(WIDE, 256)
    assert shown.numbers[1][[0, -1]].tolist() == [236, 299]
    assert shown.numbers[3][[0, -1]].tolist() == [36, 99]
    assert shown.counts == (196, MOST, 64, MOST, 26)


def test_those_that_a_drawing_activates_most_can_be_chosen(network: Network) -> None:
    a = network.trace(example_inputs(196)[3]).a
    shown = most_active_now(network, a)
    assert set(shown.numbers[1]) == set(np.argsort(-a[0], kind="stable")[:MOST])


def test_networks_of_few_neurons_a_layer_are_never_thinned() -> None:
    for sizes in ((784, 10), (64, 64, 2), (4096, 36)):
        network = Network.random(sizes, seed=1)
        assert not is_thinned(network)
        assert most_active(network).counts == sizes


def expect_true_numbers(stage: Stage, session: Session) -> None:
    """Places, activations and weights of the picture are those of the neurons that it names."""
    layer, index = stage.neurons.data["layer"], stage.neurons.data["index"]
    for number, a in enumerate(session.trace.a, start=1):
        here = layer == number
        np.testing.assert_array_equal(stage.neurons.data["activation"][here], a[index[here]])
    weights = np.array(stage.weights)
    for start, row in stage.edits:
        weights[start : start + len(row)] = row
    numbers = stage.shown.numbers
    expected = [
        each.weights[np.ix_(to, at)]
        for each, at, to in zip(session.network.layers, numbers, numbers[1:], strict=False)
    ]
    np.testing.assert_array_equal(weights, in_a_row(expected))


def test_what_is_selected_is_shown_with_its_own_numbers_and_stays_in_its_place(
    network: Network,
) -> None:
    session = Session(network)
    stage = Stage(session)
    session.replace_drawing(examples()["7-plain"].drawing)
    expect_true_numbers(stage, session)
    hidden = next(i for i in range(300) if stage.shown.place_of(1, i) is None)
    before = stage.neurons.data["x"].copy(), stage.neurons.data["y"].copy()
    session.select(Neuron(1, hidden))
    expect_true_numbers(stage, session)
    assert stage.chosen == [1, hidden]
    assert len(stage._sources.selection.data["x"]) == 1
    np.testing.assert_array_equal((stage.neurons.data["x"], stage.neurons.data["y"]), before)
    session.edit(session.network.with_weight(1, hidden, 7, 3.5).with_bias(1, hidden, 1.0))
    expect_true_numbers(stage, session)
    assert len(stage.changed) == 1
    session.hold(True)
    session.select(None)
    assert stage.shown.place_of(1, hidden) is not None, "it does not jump away"
    session.clear()
    expect_true_numbers(stage, session)


def test_while_somebody_draws_the_choice_stays(network: Network) -> None:
    session = Session(network)
    stage = Stage(session)
    shown = stage.shown
    session.begin_stroke([(3, 3), (20, 20)], 2.4, False)
    session.edit(session.network.with_bias(1, 5, 9.0))
    assert stage.shown is shown
    stage.receive({"type": "shape", "height": 130})
    assert stage.shown is shown


def test_another_network_is_shown_by_its_own_choice(network: Network) -> None:
    session = Session(network)
    stage = Stage(session)
    session.choose_network("default")
    assert stage.shown.counts == (784, 16, 16, 10)
    assert stage.numbers == [[], [], [], []]
    expect_true_numbers(stage, session)
    session.choose_network("yours")
    expect_true_numbers(stage, session)


def test_while_a_network_trains_the_choice_stays() -> None:
    session = Session()
    stage = Stage(session)
    session.put_network(TRAINING, Network.random(SIZES, seed=4))
    shown = stage.shown
    session.put_network(TRAINING, Network.random(SIZES, seed=5))
    assert stage.shown is shown
    expect_true_numbers(stage, session)
