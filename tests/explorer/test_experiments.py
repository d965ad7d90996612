"""Experiments on the whole network: one step each, never twice, and undone bit by bit."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import numpy as np
import pytest

from core import Network
from core.edit.damage import pruned, quantized, with_noise, without_biases
from explorer.edit.experiments import Experiments
from explorer.state.session import Session
from support.telling import tell


@pytest.fixture
def session() -> Session:
    session = Session()
    session.param.update(place="edit")
    return session


@pytest.fixture
def experiments(session: Session) -> Experiments:
    return Experiments(session)


def bits_of(network: Network) -> list[bytes]:
    return [each.tobytes() for layer in network.layers for each in (layer.weights, layer.biases)]


def noise(size: float, goes_on: bool = False, seed: str = "1") -> dict[str, Any]:
    return {"type": "noise", "size": size, "seed": seed, "goes_on": goes_on}


def prune(share: float, goes_on: bool = False) -> dict[str, Any]:
    return {"type": "prune", "share": share, "goes_on": goes_on}


#: One message of each kind, and what becomes of a network by it.
ALL = [
    ({"type": "zero"}, without_biases),
    (noise(0.5, seed="7"), lambda network: with_noise(network, 0.5, 7)),
    (prune(0.3), lambda network: pruned(network, 0.3)),
    ({"type": "round", "bits": 4}, lambda network: quantized(network, 4)),
]


@pytest.mark.parametrize(("message", "change"), ALL)
def test_each_is_one_step_that_is_undone_bit_by_bit(
    session: Session, experiments: Experiments, message: dict[str, Any], change: Any
) -> None:
    first = bits_of(session.network)
    tell(experiments, message)
    assert bits_of(session.network) == bits_of(change(session.original))
    assert session.is_edited
    assert any(experiments.done.values())
    session.undo_edit()
    assert bits_of(session.network) == first
    assert not session.can_undo_edit
    assert experiments.done == {}, "what was undone is not said any more"


def test_they_come_on_top_of_what_was_changed_before(
    session: Session, experiments: Experiments
) -> None:
    session.edit(session.network.with_bias(1, 5, 4.0))
    expected = session.network
    for message, change in ALL:
        tell(experiments, message)
        expected = change(expected)
    assert bits_of(session.network) == bits_of(expected)
    for _ in ALL:
        session.undo_edit()
    assert session.network.layers[0].biases[5] == 4


@pytest.mark.parametrize(
    ("message", "expected"),
    [(noise, lambda network: with_noise(network, 0.2, 1)), (prune, lambda net: pruned(net, 0.2))],
)
def test_a_slider_that_moves_starts_anew_each_time_and_is_one_step(
    session: Session, experiments: Experiments, message: Any, expected: Any
) -> None:
    tell(experiments, {"type": "zero"})
    before = session.network
    for value in (0.1, 0.9, 0.5, 0.2):
        tell(experiments, message(value, goes_on=True))
    tell(experiments, message(0.2))
    assert bits_of(session.network) == bits_of(expected(before))
    session.undo_edit()
    assert session.network is before


def test_another_value_replaces_the_last_one_until_something_else_has_changed(
    session: Session, experiments: Experiments
) -> None:
    first = session.network
    for message in (prune(0.5), prune(0.2)):
        tell(experiments, message)
    assert bits_of(session.network) == bits_of(pruned(first, 0.2))
    assert experiments.values["share"] == 0.2
    session.edit(session.network.with_bias(1, 5, 4.0))
    assert experiments.values["share"] == 0
    before = session.network
    tell(experiments, prune(0.4))
    assert bits_of(session.network) == bits_of(pruned(before, 0.4))
    tell(experiments, prune(0))
    assert session.network is before


def test_undoing_shows_what_was_chosen_then(session: Session, experiments: Experiments) -> None:
    for share in (0.5, 0.2):
        for value in (0.1, 0.9, share):
            tell(experiments, prune(value, goes_on=True))
        tell(experiments, prune(share))
    said = experiments.done
    session.undo_edit()
    assert experiments.values["share"] == 0.5
    session.undo_edit()
    assert experiments.values["share"] == 0
    assert experiments.done == {}
    session.redo_edit()
    session.redo_edit()
    assert experiments.values["share"] == 0.2
    assert experiments.done == said


def test_what_is_said_is_counted_on_the_network(session: Session, experiments: Experiments) -> None:
    tell(experiments, {"type": "zero"})
    assert experiments.done == {"zero": "All 42 biases are 0 now."}
    tell(experiments, prune(0.5))
    zeros = sum(int((layer.weights == 0).sum()) for layer in session.network.layers)
    assert experiments.done == {"prune": f"{zeros:,} of 12,960 weights are 0 now."}
    for bits, levels in ((8, 255), (4, 15), (2, 3), (1, 2)):
        tell(experiments, {"type": "round", "bits": bits})
        assert f" {levels} levels" in experiments.done["round"]
        assert all(len(np.unique(layer.weights)) <= levels for layer in session.network.layers)
        assert experiments.values["bits"] == bits
    before = session.network
    tell(experiments, noise(0.5, seed="3"))
    pairs = zip(before.layers, session.network.layers, strict=True)
    changes = [abs(new.weights - old.weights).ravel() for old, new in pairs]
    assert f"{np.concatenate(changes).mean():#.2g}" in experiments.done["noise"]
    assert experiments.values["seed"] == "3"


def test_a_hidden_layer_gets_another_function_and_no_weight_changes(
    session: Session, experiments: Experiments
) -> None:
    first = session.network
    tell(experiments, {"type": "activation", "layer": 1, "name": "relu"})
    tell(experiments, {"type": "activation", "layer": 2, "name": "tanh"})
    assert experiments.values["activations"] == ["relu", "tanh"]
    assert [layer.activation.name for layer in session.network.layers] == [
        *("relu", "tanh", "sigmoid")
    ]
    assert bits_of(session.network) == bits_of(first)
    session.undo_edit()
    session.undo_edit()
    assert session.network is first


def test_activations_beyond_the_scale_of_the_original_are_said_to_be_white(
    experiments: Experiments,
) -> None:
    tell(experiments, {"type": "activation", "layer": 2, "name": "relu"})
    assert experiments.done["activation"].endswith("Activations above 1.00 are all shown white.")
    tell(experiments, {"type": "activation", "layer": 2, "name": "tanh"})
    assert "white" not in experiments.done["activation"]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (noise(nan), "Noise can be"),
        (noise(1e39), "Noise can be"),
        (noise(-1), "Noise can be"),
        (noise(1, seed="-1"), "A seed is a whole number from 0 on, not -1."),
        (noise(1, seed="1.5"), "not 1.5."),
        (noise(1, seed=""), "A seed is"),
        (noise(1, seed="9" * 4000), "A seed is"),
        (prune(nan), "of the weights can be pruned"),
        (prune(inf), "of the weights can be pruned"),
        (prune(1.01), "not 101 %"),
        ({"type": "round", "bits": 3}, "8, 4, 2 or 1 bits, not 3."),
        ({"type": "activation", "layer": 3, "name": "relu"}, "The output layer keeps"),
    ],
)
def test_what_cannot_be_done_is_said_and_loses_nothing(
    session: Session, experiments: Experiments, message: Any, said: str
) -> None:
    tell(experiments, prune(0.5))
    before, values = session.network, experiments.values
    tell(experiments, message)
    assert said in session.notice
    assert session.network is before
    assert experiments.values == values


@pytest.mark.parametrize(
    "message",
    [
        *(7, None, [], "zero", {}, {"type": "burn"}),
        *(noise("1"), noise(True), noise([1]), noise(1, goes_on=1)),  # type: ignore[arg-type]
        {**noise(1), "seed": 1},
        *(prune("0.5"), prune(None), prune(True)),  # type: ignore[arg-type]
        *({"type": "round", "bits": bits} for bits in (True, "8", 8.0, None)),
        *({"type": "activation", "layer": at, "name": "relu"} for at in (-1, 4, True, 1.0, "1")),
        *({"type": "activation", "layer": 1, "name": name} for name in ("softmax", "", 7, None)),
    ],
    ids=str,
)
def test_what_no_page_sends_changes_nothing(
    session: Session, experiments: Experiments, message: Any, caplog: pytest.LogCaptureFixture
) -> None:
    before = session.network
    tell(experiments, message)
    assert session.network is before
    assert not session.can_undo_edit
    assert "Traceback" not in caplog.text


def test_a_paused_page_changes_nothing_and_says_so(
    session: Session, experiments: Experiments
) -> None:
    session.param.update(paused=True)
    for message, _ in ALL:
        tell(experiments, message)
    assert not session.is_edited
    assert session.notice == "Paused by your teacher."
    assert experiments.done == {}


def test_another_network_has_its_own_functions_and_outside_of_its_place_nothing_is_shown(
    session: Session, experiments: Experiments
) -> None:
    session.choose_network("relu")
    assert experiments.values["activations"] == ["relu", "relu"]
    session.param.update(place="explore")
    session.choose_network("default")
    assert experiments.values["activations"] == ["relu", "relu"]
    session.param.update(place="edit")
    assert experiments.values["activations"] == ["sigmoid", "sigmoid"]
