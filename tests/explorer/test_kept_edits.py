"""Changed networks outlive a reload, bit by bit; what a tab could not have kept changes nothing."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core import Network
from core.edit.damage import quantized, with_activation, with_noise
from core.edit.neurons import inverted, silenced, swapped
from core.edit.sandbox import sandbox
from core.nn.activations import tanh
from core.nn.pretrained import pretrained
from explorer import create_app
from explorer.edit.difference import LONGEST, DifferenceError, difference, with_difference
from explorer.edit.kept_edits import KeptEdits
from explorer.page.page import Page
from explorer.state.session import Neuron
from support.relu_network import relu_network
from support.telling import tell

DEFAULT = pretrained()["default"]
BIAS_CHANGED = DEFAULT.with_bias(1, 5, 2.5)

EDITS: dict[str, Callable[[Network], Network]] = {
    "a bias": lambda network: network.with_bias(3, 7, 0.1),
    "a weight": lambda network: network.with_weight(1, 0, 400, -1e6),
    "a neuron silenced": lambda network: silenced(network, 2, 3),
    "a neuron inverted": lambda network: inverted(network, 2, 3),
    "two neurons swapped": lambda network: swapped(network, 1, 2, 9),
    "an activation function": lambda network: with_activation(network, 1, tanh),
    "all weights": lambda network: with_noise(network, 0.5, seed=3),
    "several": lambda network: quantized(with_activation(network, 2, tanh), 4).with_bias(1, 1, 9),
}


def bits(network: Network) -> list[Any]:
    return [
        (layer.weights.tobytes(), layer.biases.tobytes(), layer.activation, layer.scale)
        for layer in network.layers
    ]


def kept_of(original: Network, network: Network) -> str:
    kept = difference(original, network)
    assert kept is not None
    return kept


@pytest.mark.parametrize("name", ["default", "relu", "wide"])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_changed_network_comes_back_bit_by_bit(
    name: str, edit: Callable[[Network], Network]
) -> None:
    original = pretrained()[name]
    changed = edit(original)
    restored = with_difference(original, kept_of(original, changed))
    assert bits(restored) == bits(changed)
    assert restored.card == changed.card


def test_the_sign_of_zero_is_kept() -> None:
    original = sandbox()
    changed = inverted(original, 1, 2)  # whose weights and bias are all 0
    assert (original.layers[0].weights == changed.layers[0].weights).all()
    assert bits(original) != bits(changed)
    assert bits(with_difference(original, kept_of(original, changed))) == bits(changed)


def test_only_what_differs_is_kept_and_shared_is_what_does_not() -> None:
    assert difference(DEFAULT, DEFAULT) is None
    undone = BIAS_CHANGED.with_bias(1, 5, float(DEFAULT.layers[0].biases[5]))
    assert difference(DEFAULT, undone) is None
    kept = kept_of(DEFAULT, BIAS_CHANGED)
    assert len(kept) < 5000, "one row of 784 weights"
    assert with_difference(DEFAULT, kept).layers[1:] == DEFAULT.layers[1:]


def test_changes_of_another_network_are_not_made() -> None:
    with pytest.raises(DifferenceError, match="another network"):
        with_difference(pretrained()["lesson"], kept_of(DEFAULT, BIAS_CHANGED))


def test_what_would_not_fit_in_a_message_is_not_kept() -> None:
    wide = relu_network(1000)
    with pytest.raises(DifferenceError, match="save the network as a file"):
        difference(wide, with_noise(wide, 1, seed=0))
    largest = relu_network(200)
    kept = kept_of(largest, with_noise(largest, 1, seed=0))
    assert LONGEST / 2 < len(kept) < LONGEST


def base64(*numbers: float, count: int = 1) -> str:
    return b64encode(np.array(numbers * count, "<f4").tobytes()).decode()


def damaged(**changes: Any) -> str:
    kept = json.loads(kept_of(DEFAULT, BIAS_CHANGED))
    kept["layers"][0] |= changes
    return json.dumps(kept)


def with_layers(layers: Any) -> str:
    return json.dumps(json.loads(kept_of(DEFAULT, BIAS_CHANGED)) | {"layers": layers})


DAMAGED = {
    "nothing": "",
    "no JSON": "{",
    "another kind": "[]",
    "no layers": json.dumps({"original": "x"}),
    "a layer too few": with_layers([None, None]),
    "a layer too many": with_layers([None] * 4),
    "no list of layers": with_layers("abc"),
    "a layer that is a number": with_layers([None, 7, None]),
    "a deep layer": with_layers([[[[[]]]], None, None]),
    "a weight too few": damaged(weights=base64(1, count=783)),
    "no weights": damaged(weights=""),
    "NaN": damaged(biases=base64(float("nan"))),
    "infinity": damaged(weights=base64(float("inf"), count=784)),
    "a bias beyond a million": damaged(biases=base64(1e7)),
    "no base64": damaged(biases="#"),
    "no ASCII": damaged(biases="ä"),
    "a neuron that there is not": damaged(neurons=[16]),
    "a negative neuron": damaged(neurons=[-1]),
    "a neuron that is none": damaged(neurons=["0"]),
    "a neuron that is a list": damaged(neurons=[[0]]),
    "a neuron twice": damaged(neurons=[1, 1], weights=base64(1, count=1568), biases=base64(1, 1)),
    "a function that there is not": damaged(activation="exec"),
    "a scale that is none": damaged(scale="1"),
    "a negative scale": damaged(scale=-1.0),
    "a scale that is no number": damaged(scale=1.0).replace("1.0", "NaN"),
    "too long": " " * LONGEST + kept_of(DEFAULT, BIAS_CHANGED),
    "very deep": "[" * 100_000,
}


@pytest.mark.parametrize("said", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_refused_in_a_sentence(said: str) -> None:
    with pytest.raises(DifferenceError, match="cannot be read"):
        with_difference(DEFAULT, said)


@pytest.fixture
def page() -> Page:
    return create_app()


def reopened(kept: dict[str, str | None]) -> Page:
    """A page that a tab opens anew which has kept this."""
    page = create_app()
    for name, edits in kept.items():
        tell(page.kept_edits, {"type": "restore", "name": name, "edits": edits})
    return page


def keep(page: Page) -> dict[str, str | None]:
    tell(page.kept_edits, {"type": "keep"})
    return dict(page.kept_edits.kept)


def test_a_tab_that_is_opened_again_finds_all_networks_as_they_were_left(page: Page) -> None:
    session = page.session
    session.edit(session.network.with_bias(1, 5, 2.5))
    session.choose_network("wide")
    session.edit(silenced(session.network, 1, 60))
    kept = keep(page)
    assert set(kept) == {"default", "wide"}
    again = reopened(kept).session
    assert again.is_edited
    assert not again.can_undo_edit
    assert bits(again.network) == bits(BIAS_CHANGED)
    np.testing.assert_array_equal(again.trace.a[-1], BIAS_CHANGED(again.trace.inputs))
    again.choose_network("wide")
    assert bits(again.network) == bits(session.network)
    again.reset_network()
    assert again.network is pretrained()["wide"]


def test_of_a_page_without_changes_nothing_is_kept(page: Page) -> None:
    page.session.begin_stroke([[3, 3], [9, 9]], 2.4, False)
    page.session.choose_network("lesson")
    assert page.kept_edits.steps == 0
    assert keep(page) == {}


def test_a_movement_is_kept_when_it_has_ended(page: Page) -> None:
    session = page.session
    for bias in range(20):
        session.edit(session.network.with_bias(1, 5, bias), goes_on=True)
    assert page.kept_edits.steps == 0
    assert keep(page) == {}
    session.end_edit()
    assert page.kept_edits.steps == 1
    assert bits(with_difference(DEFAULT, str(keep(page)["default"]))) == bits(session.network)


def test_what_is_undone_is_kept_no_longer(page: Page) -> None:
    page.session.edit(BIAS_CHANGED)
    keep(page)
    page.session.undo_edit()
    assert page.kept_edits.steps == 2
    assert keep(page) == {"default": None}


def test_what_was_restored_need_not_be_kept_again(page: Page) -> None:
    page.session.edit(BIAS_CHANGED)
    again = reopened(keep(page))
    assert again.kept_edits.steps == 0
    again.session.reset_neuron(Neuron(1, 5))
    assert keep(again) == {"default": None}


def test_what_was_changed_before_the_tab_spoke_stays(page: Page) -> None:
    kept = kept_of(DEFAULT, BIAS_CHANGED)
    later = page.kept_edits.receive({"type": "restore", "name": "default", "edits": kept})
    assert later is not None
    mine = page.session.network.with_bias(2, 0, 1.0)
    page.session.edit(mine)
    asyncio.run(later)  # type: ignore[arg-type]
    assert page.session.network is mine
    assert page.session.can_undo_edit
    assert bits(with_difference(DEFAULT, str(keep(page)["default"]))) == bits(mine)


@pytest.mark.parametrize("said", ["", "7", damaged(neurons=[99])])
def test_what_cannot_be_restored_is_said_and_forgotten_and_nothing_changes(said: str) -> None:
    page = reopened({"default": said})
    assert "cannot be read" in page.session.notice
    assert page.session.network is DEFAULT
    assert page.kept_edits.kept == {"default": None}


def test_a_network_from_a_file_that_is_another_now_is_not_changed() -> None:
    before, now = relu_network(8), relu_network(9)
    page = create_app(now)
    kept = kept_of(before, before.with_bias(1, 0, 3.0))
    tell(page.kept_edits, {"type": "restore", "name": "yours", "edits": kept})
    assert "another network" in page.session.notice
    assert page.session.network is now


def test_changes_that_are_too_large_are_said_so() -> None:
    network = Network.random((4096, 512, 512, 10), seed=1)
    page = create_app(network)
    page.session.edit(with_noise(network, 1, seed=0))
    assert keep(page) == {"yours": None}
    assert "save the network as a file" in page.session.notice


@pytest.mark.parametrize(
    "message",
    [
        {"type": "restore", "name": "nobody's", "edits": "{}"},
        {"type": "restore", "name": "default", "edits": None},
        {"type": "restore", "name": ["default"], "edits": "{}"},
        {"type": "restore"},
        {"type": "keep!"},
        None,
    ],
    ids=str,
)
def test_nonsense_changes_nothing(page: Page, message: Any) -> None:
    tell(page.kept_edits, message)
    assert page.session.network is DEFAULT
    assert page.session.notice == ""


def test_the_names_are_those_of_all_networks(page: Page) -> None:
    assert page.kept_edits.names == list(page.session.networks)
    assert isinstance(page.kept_edits, KeptEdits)
