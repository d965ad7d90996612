"""Changed networks: nothing is lost, nobody else sees it, and undoing all gives the first bits."""

from __future__ import annotations

import random

import numpy as np
import pytest

from core import Network
from core.edit.damage import with_activation
from core.nn.activations import relu
from core.nn.pretrained import pretrained
from explorer.state.edits import Edits
from explorer.state.session import Neuron, PausedError, Session


def bits(network: Network) -> list[bytes]:
    return [each.tobytes() for layer in network.layers for each in (layer.weights, layer.biases)]


@pytest.fixture
def session() -> Session:
    return Session()


def change(session: Session, rng: random.Random) -> None:
    network = session.present_edits.network
    layer = rng.randrange(1, len(network.sizes))
    number = rng.randrange(network.sizes[layer])
    value = rng.uniform(-9, 9)
    if rng.random() < 0.5:
        session.edit(network.with_bias(layer, number, value))
    else:
        source = rng.randrange(network.sizes[layer - 1])
        session.edit(network.with_weight(layer, number, source, value))


def test_undoing_fifty_changes_gives_the_first_network_bit_by_bit(session: Session) -> None:
    rng, first = random.Random(7), session.network
    outputs = session.trace.a[-1]
    seen = []
    for _ in range(50):
        seen.append(session.network)
        change(session, rng)
        assert session.is_edited
        expected = session.network(session.trace.inputs)
        np.testing.assert_allclose(session.trace.a[-1], expected, atol=1e-6)
    last = session.network
    for before in reversed(seen):
        session.undo_edit()
        assert session.network is before
    assert session.network is first
    assert not session.is_edited
    assert session.trace.a[-1].tobytes() == outputs.tobytes()
    assert not session.can_undo_edit
    for _ in range(50):
        session.redo_edit()
    assert session.network is last
    assert not session.can_redo_edit


def test_a_movement_is_one_step(session: Session) -> None:
    first = session.network
    for bias in np.linspace(-3, 3, 40):
        session.edit(session.network.with_bias(1, 5, float(bias)), goes_on=True)
    session.end_edit()
    session.edit(session.network.with_bias(1, 5, 4.0))
    session.undo_edit()
    assert session.network.layers[0].biases[5] == 3
    session.undo_edit()
    assert session.network is first


def test_a_change_touches_no_other_session_and_no_other_network(session: Session) -> None:
    other, first = Session(), bits(pretrained()["default"])
    session.edit(session.network.with_bias(3, 0, 100.0))
    assert other.network is pretrained()["default"]
    assert bits(pretrained()["default"]) == first
    session.choose_network("lesson")
    assert not session.is_edited
    assert session.network is pretrained()["lesson"]
    session.choose_network("default")
    assert session.is_edited
    assert session.network.layers[2].biases[0] == 100


def test_one_can_look_at_the_original_and_comes_back(session: Session) -> None:
    first = session.network
    session.edit(session.network.with_bias(3, 0, 100.0))
    changed, outputs = session.network, session.trace.a[-1]
    session.show_original(True)
    assert session.network is first
    assert session.trace.a[-1][0] < 1
    session.show_original(False)
    assert session.network is changed
    np.testing.assert_array_equal(session.trace.a[-1], outputs)
    session.show_original(True)
    session.edit(session.present_edits.network.with_bias(3, 1, 2.0))
    assert not session.shows_original
    assert session.network.layers[2].biases[:2].tolist() == [100, 2]


def test_one_neuron_or_all_can_be_as_they_were(session: Session) -> None:
    first = session.network
    session.edit(first.with_bias(1, 5, 9.0).with_weight(1, 5, 300, -4.0).with_bias(1, 6, 9.0))
    assert session.present_edits.neurons_changed == [(1, 5), (1, 6)]
    session.reset_neuron(Neuron(1, 5))
    assert session.present_edits.neurons_changed == [(1, 6)]
    assert session.network.layers[0].weights.tobytes() == first.layers[0].weights.tobytes()
    session.reset_network()
    assert session.network is first
    session.undo_edit()
    session.undo_edit()
    assert session.present_edits.neurons_changed == [(1, 5), (1, 6)]


def test_another_activation_function_changes_every_neuron_of_its_layer(session: Session) -> None:
    session.edit(with_activation(session.network, 2, relu))
    assert session.is_edited
    assert session.present_edits.neurons_changed == [(2, number) for number in range(16)]


def test_a_network_of_other_sizes_is_no_change(session: Session) -> None:
    with pytest.raises(ValueError, match="sizes"):
        session.edit(Network.random([784, 4, 10], 1))


def test_a_paused_page_changes_nothing(session: Session) -> None:
    session.edit(session.network.with_bias(1, 5, 9.0))
    network, session.paused = session.network, True
    changed = network.with_bias(1, 5, 1.0)
    for attempt in (lambda: session.edit(changed), session.undo_edit, session.reset_network):
        with pytest.raises(PausedError):
            attempt()
        assert session.network is network


def test_what_is_gone_back_to_takes_little_memory(session: Session) -> None:
    wide = pretrained()["wide"]
    edits = Edits.of(wide)
    for step in range(300):
        edits = edits.changed(edits.network.with_bias(1, 0, float(step)))
    assert sum(edits.history.sizes) <= 8_000_000
    assert len(edits.history.past) >= 30
