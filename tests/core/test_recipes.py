"""Training as a library: a recipe is checked, tells its progress, and can be ended early."""

from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.data import centred_mnist
from core.errors import InputError
from core.evaluation.metrics import accuracy
from core.evaluation.sample import synthetic
from core.ink import centre_images
from core.nn.network import Network
from core.progress import Cancelled
from core.training.card_curves import card_curves
from core.training.dataset import load_dataset
from core.training.loop import Progress
from core.training.model_card import MNIST_ATTRIBUTION
from core.training.pipeline import finished, hyperparameters, initial_network, train_network
from core.training.recipes import RECIPES, Recipe, RecipeError, settings
from core.training.stretch import advance, begin

QUICK = Recipe(images=500, epochs=2, hidden=(4,), batch_size=50, title="Quick")
NO_CURVES = card_curves([], [])


def test_a_caller_hears_of_all_progress_and_gets_the_network() -> None:
    heard: list[tuple[str, float]] = []
    steps: list[Progress] = []
    network = train_network(
        QUICK, lambda what, share, note="": heard.append((what, share)), steps.append
    )
    assert network.sizes == (784, 4, 10)
    assert network.card["title"] == "Quick"
    assert network.card["command"] == QUICK.command
    assert len(steps) == 20
    assert all(np.isfinite(step.loss) for step in steps)
    layers = zip(steps[-1].network.layers, network.layers, strict=True)
    assert all(np.array_equal(one.weights, other.weights) for one, other in layers)
    training = [share for what, share in heard if what == "Training 784-4-10, seed 0"]
    assert training == sorted(training)
    assert training[-1] == 1
    assert {what for what, _ in heard} == {"Training 784-4-10, seed 0", "Centring"}


def test_a_caller_can_end_it() -> None:
    steps: list[Progress] = []

    def until_the_third(step: Progress) -> None:
        steps.append(step)
        if len(steps) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        train_network(QUICK, observe=until_the_third)
    assert len(steps) == 3


@pytest.mark.parametrize("changes", [{}, {"activation": "relu", "optimizer": "adam", "seed": 3}])
def test_a_network_that_was_trained_in_stretches_is_finished_as_in_one_go(
    changes: dict[str, Any],
) -> None:
    recipe = replace(QUICK, **changes)
    dataset = load_dataset(recipe)
    hyper, start = hyperparameters(recipe, recipe.seed), initial_network(recipe, recipe.seed)
    state = begin(start, hyper, len(dataset.inputs))
    losses, accuracies = [], []
    while not state.is_done:
        stretch = advance(state, dataset, 5)
        state = stretch.state
        losses.extend(stretch.losses)
        if state.step % state.n_batches == 0:
            accuracies.append(accuracy(state.network, dataset.validation_set))
    curves = card_curves(losses, accuracies)
    network = finished(recipe, state.network, recipe.seed, dataset, curves=curves)
    assert network.to_bytes() == train_network(recipe).to_bytes()


def test_a_network_whose_training_was_stopped_says_so_on_its_card() -> None:
    dataset = load_dataset(QUICK)
    state = begin(initial_network(QUICK, 0), hyperparameters(QUICK, 0), len(dataset.inputs))
    network = advance(state, dataset, 7).state.network
    stopped = finished(QUICK, network, 0, dataset, curves=NO_CURVES, stopped_after=7)
    whole = finished(QUICK, network, 0, dataset, curves=NO_CURVES)
    assert stopped.card == {**whole.card, "stopped after step": 7}
    assert "stopped after step" not in whole.card


PEN = {"title": "Pen", "learned pen strokes": True, "held out": ["ced"]}


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ({}, {"began as": "784-16-16-10", "held out": [], "learned pen strokes": False}),
        (PEN, {"began as": "Pen", "held out": ["ced"], "learned pen strokes": True}),
        ({"data": "Somebody's digits."}, {"data": f"Somebody's digits. {MNIST_ATTRIBUTION}"}),
        ({"data": "None."}, {"data": MNIST_ATTRIBUTION}),
        ({"data": f"{MNIST_ATTRIBUTION} Pens."}, {"data": f"{MNIST_ATTRIBUTION} Pens."}),
    ],
    ids=str,
)
def test_a_card_states_what_a_network_that_was_trained_further_had_learned_before(
    before: dict[str, Any], expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset, network = load_dataset(QUICK), initial_network(RECIPES["plain"], 0)
    few = dataset.validation_set[:100]
    monkeypatch.setattr(centred_mnist, "load", lambda split, **more: few)
    start = Network(network.layers, before)
    found = finished(QUICK, network, 0, dataset, curves=NO_CURVES, start=start).card
    assert {name: found[name] for name in expected} == expected
    assert "command" not in found
    assert found["settings"] == replace(QUICK, title=Recipe().title).options


def test_synthetic_digits_are_learned_from_where_there_is_no_mnist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: dict[str, list[float]] = {}
    monkeypatch.setattr("core.training.dataset._N_SYNTHETIC_VALIDATION", 400)
    recipe = replace(QUICK, dataset="synthetic", images=1000, hidden=(16,), batch_size=10, epochs=4)
    with monkeypatch.context() as patch:
        patch.setenv("MNIST_DIR", str(tmp_path))
        network = train_network(
            recipe, lambda what, share, note="": heard.setdefault(what, []).append(share)
        )
    assert network.card["accuracy"].keys() == {"validation"}
    assert network.card["accuracy"]["validation"] > 0.5
    assert {"scribbles", "validation"} <= network.card["rejected"].keys()
    assert "made for this project" in network.card["data"]
    assert heard["Drawing"] == [0.5, 1, 1]
    assert network.to_bytes() == train_network(recipe).to_bytes()


def test_synthetic_digits_to_validate_by_are_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.training.dataset._N_SYNTHETIC_VALIDATION", 50)
    dataset = load_dataset(replace(QUICK, dataset="synthetic", images=60, lens="both"))
    assert isinstance(dataset.inputs, np.ndarray)
    assert (len(dataset.inputs), len(dataset.validation_set)) == (120, 100)
    drawn, centred = np.split(dataset.inputs, 2)
    np.testing.assert_array_equal(centred, centre_images(drawn))
    assert dataset.targets.argmax(axis=1).tolist() == [*range(10)] * 12
    for one, others in (
        (drawn[:50], dataset.validation_set.images[:50]),
        (drawn[:50], synthetic(50).images),
        (dataset.validation_set.images[:50], synthetic(50).images),
    ):
        assert (one != others).any(axis=1).all()
    fewer = load_dataset(replace(QUICK, dataset="synthetic", images=20))
    np.testing.assert_array_equal(fewer.inputs[np.arange(20)], drawn[:20])


def test_nobody_needs_to_listen() -> None:
    quiet = train_network(replace(QUICK, dataset="nothing", init_std=1.0))
    assert quiet.card["accuracy"]["MNIST test"] < 0.3


def test_a_number_for_the_first_weights_goes_before_a_name() -> None:
    zeros = replace(QUICK, init="zeros")
    assert not any(layer.weights.any() for layer in initial_network(zeros, 3).layers)
    normal, number = replace(QUICK, init="normal"), replace(zeros, init_std=1.0)
    layers = zip(initial_network(normal, 3).layers, initial_network(number, 3).layers, strict=True)
    assert all(np.array_equal(one.weights, other.weights) for one, other in layers)


def test_every_setting_says_what_it_is_for_and_accepts_its_default() -> None:
    for name, setting in settings().items():
        assert len(setting.doc) > 5, name
        assert str(setting.kind), name
    assert set(RECIPES) == {"plain", "lesson", "people", "untrained"}
    assert all(recipe.recipe == name for name, recipe in RECIPES.items())
    with pytest.raises(FrozenInstanceError):
        QUICK.epochs = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"epochs": 0}, "A recipe's epochs must be a whole number from 1 to 1,000,000, not 0."),
        ({"epochs": 2.5}, "epochs must be"),
        ({"epochs": True}, "epochs must be"),
        ({"epochs": None}, "epochs must be"),
        ({"epochs": 10**400}, "epochs must be"),
        ({"seed": -1}, "seed must be a whole number from 0"),
        ({"learning_rate": float("nan")}, "learning_rate must be a number above 0"),
        ({"learning_rate": "3"}, "learning_rate must be"),
        ({"weight_decay": 1.0}, "weight_decay must be a number from 0 to below 1"),
        ({"hidden": ()}, "hidden must be 1 to 16 of"),
        ({"hidden": [16, 16]}, "hidden must be"),
        ({"hidden": 16}, "hidden must be"),
        ({"hidden": (999_999, 999_999)}, "16,000,000 weights and biases"),
        ({"teacher": (9_999, 9_999)}, "16,000,000 weights and biases"),
        ({"dataset": "everything"}, "dataset must be one of mnist, people, synthetic, nothing"),
        ({"hold_out": ("",)}, "hold_out must be"),
        ({"title": "\ud800"}, "title must be"),
        ({"init": "ones"}, "init must be one of scaled, normal, xavier, he, zeros"),
        ({"recipe": "mine"}, "no recipe 'mine'"),
        ({"dataset": "people", "rounds": 100}, "9,000,000|more than the 3,000,000"),
        ({"dataset": "synthetic", "images": 200_001}, "200,001 .* more than the 200,000"),
    ],
)
def test_a_recipe_that_cannot_be_is_refused_in_one_sentence(
    changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        replace(QUICK, **changes)
    assert isinstance(caught.value, RecipeError) or "weights" in words
    assert len(str(caught.value).splitlines()) == 1
