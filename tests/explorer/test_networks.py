"""The networks as cards: what is told of each, and when."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import numpy as np
import pytest

from core import Network
from core.nn.layer import Layer
from core.nn.pretrained import pretrained
from explorer import create_app
from explorer.diagram.palette import weight_colours
from explorer.page.model_card import entries, percentages
from explorer.page.networks import Networks
from explorer.state.networks import TRAINING, offered_networks
from explorer.state.session import GIVEN
from support.relu_network import relu_network


def own_network(**card: Any) -> Network:
    return Network(Network.random((784, 4, 10), seed=0).layers, card)


def opened(network: Network | None = None) -> Networks:
    networks = create_app(network).networks
    networks.receive({"type": "open"})
    return networks


def card_of(networks: Networks, name: str) -> dict[str, Any]:
    return next(card for card in networks.cards if card["name"] == name)


def values(network: Network) -> list[str]:
    return [each.value for each in percentages(network)]


def test_nothing_is_told_of_the_networks_before_somebody_asks() -> None:
    networks = create_app().networks
    assert (networks.cards, networks.colours) == ([], [])
    networks.receive({"type": "open"})
    assert [card["name"] for card in networks.cards] == [*pretrained(), "sandbox"]


def test_the_button_names_the_network_that_is_shown() -> None:
    page = create_app()
    assert (page.networks.heading, page.networks.sizes) == ("Handwriting (default)", "784-16-16-10")
    page.networks.receive({"type": "choose", "name": "wide"})
    assert page.session.network is pretrained()["wide"]
    assert (page.networks.present, page.networks.sizes) == ("wide", "784-64-32-10")
    assert page.networks.heading == "Wider: 64 and 32 hidden neurons"


@pytest.mark.parametrize("name", ["none", "", 7, None])
def test_a_network_that_there_is_not_is_not_chosen(name: Any) -> None:
    page = create_app()
    page.link.hear(page.networks.address, {"type": "choose", "name": name})
    assert page.session.network_name == "default"


def test_the_percentages_are_those_of_the_card() -> None:
    assert values(pretrained()["default"]) == ["85.0 %", "97.0 %", "96.6 %", "90.8 %"]
    assert values(pretrained()["untrained"]) == ["11.1 %", "11.3 %", "–", "0.0 %"]


def test_a_card_without_percentages_has_none() -> None:
    assert values(own_network()) == ["–"] * 4
    assert values(own_network(accuracy={"MNIST test": 1}, rejected={})) == ["100.0 %", *"–––"]


def test_other_people_s_digits_are_all_of_theirs_and_normalised() -> None:
    held_out = {"pen digits of ced": 0.9, "pen digits of app": 0.8}
    not_normalised = {"pen digits of ced, anywhere, lens off": 0.1}
    assert values(own_network(accuracy=held_out | not_normalised))[2] == "85.0 %"


def test_each_own_network_has_a_sentence_and_no_two_have_the_same() -> None:
    purposes = [card["purpose"] for card in opened().cards]
    assert len(set(purposes)) == len(offered_networks())
    assert all(each.endswith(".") for each in purposes)


def test_a_network_of_somebody_s_own_says_itself_what_it_is() -> None:
    mine = card_of(opened(own_network(title="Mine", description="Reads mine.")), GIVEN)
    assert (mine["title"], mine["purpose"]) == ("Mine", "Reads mine.")
    silent = card_of(opened(own_network(description=["no sentence"])), GIVEN)
    assert (silent["title"], silent["purpose"]) == (
        "Your network",
        "A network that was loaded from a file.",
    )


def test_a_picture_has_the_weights_of_the_first_neurons_in_the_colours_of_the_edges() -> None:
    networks = opened()
    colours = np.reshape(networks.colours, (-1, 3))
    np.testing.assert_array_equal(colours, weight_colours())
    card, weights = card_of(networks, "wide"), pretrained()["wide"].layers[0].weights
    pixels = np.frombuffer(b64decode(card["pictures"]), np.uint8).reshape(16, 784)
    red, _, blue = np.moveaxis(colours[pixels].astype(int), -1, 0)
    largest = np.abs(weights[:16]).max(axis=1, keepdims=True)
    assert (np.sign(blue - red) == np.sign(np.rint(127 * weights[:16] / largest))).all()
    assert (pixels[np.abs(weights[:16]) == largest] % 254 == 0).all()


@pytest.mark.parametrize(("neurons", "tiles"), [(3, 3), (300, 16)])
def test_a_picture_has_no_more_tiles_than_neurons(neurons: int, tiles: int) -> None:
    card = card_of(opened(relu_network(neurons)), GIVEN)
    assert len(b64decode(card["pictures"])) == tiles * card["pixels"] == tiles * 784


def test_a_picture_is_as_large_as_the_image_that_the_network_sees_or_smaller() -> None:
    small, large = (Network.random((side * side, 3, 2), seed=0) for side in (8, 64))
    assert card_of(opened(small), GIVEN)["pixels"] == 64
    assert card_of(opened(large), GIVEN)["pixels"] == 784


def test_a_network_of_letters_has_its_labels_and_no_percentages_of_digits() -> None:
    layers = Network.random((196, 16, 3), seed=0).layers
    card = card_of(opened(Network(layers, {"labels": ["x", "y", "z"]})), GIVEN)
    assert card["percentages"] == []
    assert ("outputs stand for", "x, y, z", False) in card["entries"]


def test_a_neuron_without_weights_is_a_black_tile() -> None:
    layers = Network.random((784, 2, 10), seed=0).layers
    blank = Network([Layer(np.zeros((2, 784)), np.zeros(2)), layers[1]])
    shades = b64decode(card_of(opened(blank), GIVEN)["pictures"])
    assert set(shades) == {127}
    assert weight_colours()[127].tolist() == [0, 0, 0]


def test_a_card_tells_its_entries_in_words() -> None:
    network = own_network(title="Mine", made_by="us", **{"learned pen strokes": True})
    assert entries(network) == [
        ("made by", "us", False),
        ("learned from pen strokes", "yes", False),
    ]


def test_a_card_keeps_what_is_for_a_command_line_as_it_is() -> None:
    told = {name: (said, as_is) for name, said, as_is in entries(pretrained()["default"])}
    assert told["command"][0].startswith("python -m core train --recipe people")
    assert [name for name, (_, as_is) in told.items() if as_is] == [
        "recipe",
        "command",
        "tested on writers",
    ]
    assert "\nMNIST test images, normalised: 0.9697" in told["accuracy"][0]


def test_the_network_in_training_is_there_with_its_picture_as_it_is_now() -> None:
    page = create_app()
    for seed in (1, 2):
        trained = Network.random((784, 4, 10), seed)
        page.session.put_network(TRAINING, trained, shown=False)
        page.networks.receive({"type": "open"})
        card, row = card_of(page.networks, TRAINING), trained.layers[0].weights[0]
        assert (card["title"], card["sizes"]) == ("In training", "784-4-10")
        assert "place Train" in card["purpose"]
        pixels = np.frombuffer(b64decode(card["pictures"]), np.uint8).reshape(4, 784)
        largest = np.abs(row) == np.abs(row).max()
        assert set(pixels[0][largest]) <= {0, 254}


def test_the_button_says_the_sizes_of_a_network_that_is_replaced_under_its_name() -> None:
    page = create_app()
    for sizes in ((784, 4, 10), (784, 6, 5, 10)):
        page.session.put_network(TRAINING, Network.random(sizes, seed=0))
        assert page.networks.sizes == "-".join(map(str, sizes))


def test_curves_are_told_by_where_they_begin_and_end() -> None:
    curves = {"step": [50, 1_000], "loss": [0.5, 0.01], "epoch": [1], "accuracy": [0.9]}
    assert said_of(own_network(curves=curves)).splitlines() == [
        "training loss 0.500 → 0.0100 in 1,000 steps",
        "validation accuracy 90.0 % → 90.0 % in 1 epoch",
    ]
    nothing: dict[str, list[float]] = {name: [] for name in curves}
    assert said_of(own_network(curves=nothing)) == "none"


def said_of(network: Network) -> str:
    (entry,) = entries(network)
    assert entry.name == "curves"
    return entry.said
