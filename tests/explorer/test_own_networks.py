"""Networks of a person's own: put among those of the page, and shown on steady scales."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from core import Network
from core.errors import InputError
from core.nn.activations import ACTIVATIONS
from explorer import create_app
from explorer.diagram.scales import activation_scales, rounded_up, weight_scales
from explorer.diagram.weights import all_weights, largest_weights
from explorer.page.page import Page
from explorer.state.networks import MOST_OWN, TRAINING, is_own, own_name
from explorer.state.session import Neuron, Session
from explorer.state.titles import network_title
from explorer.transport.messages import NotUnderstoodError

SIZES = (784, 16, 16, 10)


def random(seed: int, sizes: tuple[int, ...] = SIZES) -> Network:
    return Network.random(sizes, seed)


def test_a_network_that_is_put_there_is_shown_and_can_be_chosen_again() -> None:
    session, own = Session(), random(1)
    session.put_network("own", own)
    assert (session.network, session.network_name) == (own, "own")
    np.testing.assert_array_equal(session.trace.outputs, own(session.trace.inputs))
    session.choose_network("default")
    session.choose_network("own")
    assert session.network is own


def test_nobody_else_has_it() -> None:
    session, other = Session(), Session()
    session.put_network("own", random(1))
    assert "own" not in other.networks
    assert other.is_offered
    assert not session.is_offered


def test_one_of_the_same_sizes_leaves_the_neuron_selected_and_another_does_not() -> None:
    session = Session()
    session.select(Neuron(1, 15))
    session.put_network("own", random(1))
    assert session.selected == Neuron(1, 15)
    session.put_network("own", random(1, (784, 4, 10)))
    assert session.selected is None


def test_what_was_changed_of_the_one_before_is_gone() -> None:
    session = Session()
    session.put_network("own", random(1))
    session.edit(session.network.with_bias(1, 2, 3.0))
    session.put_network("own", second := random(2))
    assert session.network is second
    assert not session.is_edited


def test_a_network_of_other_ends_is_refused_and_changes_nothing() -> None:
    session = Session()
    with pytest.raises(InputError, match="9 inputs"):
        session.put_network("own", random(1, (9, 10)))
    assert "own" not in session.networks
    assert session.network_name == "default"


@pytest.mark.parametrize(
    ("value", "scale"),
    [(0.0, 0.0), (1.0, 1.0), (1.01, 2.0), (0.13, 0.2), (0.5, 0.5), (0.51, 1.0), (430.0, 500.0)],
)
def test_a_scale_is_the_next_round_number(value: float, scale: float) -> None:
    assert rounded_up(value) == pytest.approx(scale)


def test_a_network_in_training_has_round_scales_and_any_other_its_own() -> None:
    session = Session()
    assert weight_scales(session) == largest_weights(session.network)
    session.put_network(TRAINING, network := random(1))
    exact, shown = largest_weights(network), weight_scales(session)
    assert all(one <= other <= 2.5 * one for one, other in zip(exact, shown, strict=True))
    assert {f"{each:.0e}"[0] for each in shown} <= set("125")
    assert activation_scales(session) == (1.0, 1.0, 1.0)


def test_the_stage_shows_it_on_these_scales() -> None:
    page = create_app()
    page.session.put_network(TRAINING, network := random(1))
    np.testing.assert_array_equal(page.stage.weights, all_weights(network))
    assert page.stage.largest == list(weight_scales(page.session)) == page.scales
    assert page.stage.changed == []


def test_a_relu_that_grows_gets_another_scale_on_the_stage() -> None:
    page = create_app()
    relu = Network.random(SIZES, 1, ACTIVATIONS["relu"])
    page.session.put_network(TRAINING, relu)
    before = page.stage.full[1]
    large = relu.with_bias(1, 0, 40 * before)
    page.session.put_network(TRAINING, large)
    assert page.stage.full[1] >= 40 * before
    assert float(max(page.stage.neurons.data["full"])) == page.stage.full[1]


def test_it_is_called_what_it_is() -> None:
    assert network_title(TRAINING, random(1)) == "In training"


def kept_of(page: Page, name: str) -> str:
    content = page.own_networks.kept[name]
    assert content
    return str(content)


def test_what_a_person_keeps_comes_back_with_the_tab_bit_by_bit() -> None:
    page, again = create_app(), create_app()
    page.session.put_network("own-1", network := random(3))
    kept = {"type": "restore", "name": "own-1", "content": kept_of(page, "own-1")}
    asyncio.run(again.own_networks.receive(kept | {"shown": False}))
    assert again.session.network_name == "default"
    restored = again.session.networks["own-1"]
    for one, other in zip(network.layers, restored.layers, strict=True):
        np.testing.assert_array_equal(one.weights, other.weights)
        np.testing.assert_array_equal(one.biases, other.biases)
    asyncio.run(again.own_networks.receive(kept | {"shown": True}))
    assert again.session.network_name == "own-1"


def test_nothing_is_kept_of_what_is_in_training() -> None:
    page = create_app()
    page.session.put_network(TRAINING, random(3))
    assert page.own_networks.kept == {}


def test_one_that_is_too_large_for_a_tab_is_said_to_be() -> None:
    page = create_app()
    page.session.put_network("own-1", random(3, (784, 400, 10)))
    assert page.own_networks.kept == {"own-1": ""}
    assert "Save it as a file" in page.session.notice


def test_a_file_that_is_none_is_forgotten_by_the_tab_with_a_sentence() -> None:
    page = create_app()
    message = {"type": "restore", "name": "own-1", "content": "AAAA", "shown": True}
    asyncio.run(page.own_networks.receive(message))
    assert page.own_networks.kept == {"own-1": ""}
    assert page.session.notice
    assert "own-1" not in page.session.networks


@pytest.mark.parametrize("name", ["default", "training", "own-", "own-x", "own-1234567", ""])
def test_no_other_network_is_replaced(name: str) -> None:
    page = create_app()
    message = {"type": "restore", "name": name, "content": "AAAA", "shown": True}
    with pytest.raises(NotUnderstoodError):
        page.own_networks.receive(message)


def test_a_tab_brings_no_more_networks_than_a_person_can_keep() -> None:
    page = create_app()
    for number in range(MOST_OWN):
        page.session.put_network(f"own-{number}", random(number, (784, 2, 10)))
    message = {"type": "restore", "name": "own-99", "content": "AAAA", "shown": True}
    with pytest.raises(NotUnderstoodError):
        page.own_networks.receive(message)


def test_names_count_up() -> None:
    assert own_name([]) == "own-1"
    assert own_name(["default", "own-2", "own-1"]) == "own-3"
    assert is_own(own_name(["own-9"]))


def test_the_cards_list_them_when_they_are_opened_again() -> None:
    page = create_app()
    page.networks.receive({"type": "open"})
    page.session.put_network("own-1", random(3))
    page.networks.receive({"type": "open"})
    assert [card["name"] for card in page.networks.cards][-1] == "own-1"
