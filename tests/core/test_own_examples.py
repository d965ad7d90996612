"""One's own examples are mixed in by their share, always the same way, and stated on the card."""

import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core import Network
from core.data import centred_mnist
from core.data.images import Images
from core.training.card_curves import card_curves
from core.training.dataset import Dataset
from core.training.loop import Hyperparameters, one_hot
from core.training.model_card import MNIST_ATTRIBUTION, OWN_ATTRIBUTION
from core.training.own_examples import OwnExamples, OwnExamplesError, with_own
from core.training.pipeline import finished, initial_network
from core.training.recipes import RECIPES
from core.training.stretch import advance, begin

N_OTHERS = 90
SEVENS = bytes([7, 7, 3])
PIXELS = bytes(range(256)) * 9 + bytes(48)


def own(percent: int = 10) -> OwnExamples:
    return OwnExamples(PIXELS, SEVENS, percent)


def dataset(n: int = N_OTHERS, weighted: bool = False) -> Dataset:
    rng = np.random.default_rng(1)
    images = Images(rng.random((n, 784), np.float32), rng.integers(0, 10, n).astype(np.uint8))
    weights = np.full(n, 0.5, np.float32) if weighted else None
    return Dataset(images.images, one_hot(images.labels), {"validation": images}, weights)


def every(data: Dataset) -> np.ndarray:
    return data.inputs[np.arange(len(data.inputs))]


def test_an_image_has_the_greys_of_its_bytes() -> None:
    images = own().images
    np.testing.assert_array_equal(images.labels, [7, 7, 3])
    assert np.round(255 * images.images).astype(np.uint8).tobytes() == PIXELS
    assert images.images.dtype == np.float32
    assert 0 <= images.images.min() <= images.images.max() <= 1


@pytest.mark.parametrize(("percent", "expected"), [(1, 3), (10, 10), (50, 90), (90, 810)])
def test_their_share_of_an_epoch_is_what_was_asked_for_and_each_is_in_it(
    percent: int, expected: int
) -> None:
    data = with_own(dataset(), own(percent))
    assert len(data.inputs) == len(data.targets) == N_OTHERS + expected
    times = [
        sum(np.array_equal(row, image) for row in every(data)[N_OTHERS:])
        for image in own().images.images
    ]
    assert sum(times) == expected
    assert max(times) - min(times) <= 1 <= min(times)


def test_the_others_stay_as_they_are_and_targets_go_with_their_images() -> None:
    before, data = dataset(), with_own(dataset(), own(50))
    np.testing.assert_array_equal(every(data)[:N_OTHERS], before.inputs)
    np.testing.assert_array_equal(data.targets[:N_OTHERS], before.targets)
    chosen = np.array([N_OTHERS + 2, 0, N_OTHERS, N_OTHERS + 4])
    expected = own().images.images
    np.testing.assert_array_equal(data.inputs[chosen][[0, 2, 3]], expected[[2, 0, 1]])
    np.testing.assert_array_equal(data.inputs[chosen][1], before.inputs[0])
    np.testing.assert_array_equal(data.targets[chosen].argmax(1)[[0, 2, 3]], [3, 7, 7])
    assert data.validation is not None
    np.testing.assert_array_equal(data.validation_set.images, before.validation_set.images)


def test_alone_each_is_learned_from_as_often_as_any_other_and_validation_is_by_the_others() -> None:
    data = with_own(dataset(), own(100))
    assert len(data.inputs) == 3 * 334
    np.testing.assert_array_equal(data.targets.sum(0)[[3, 7]], [334, 668])
    assert len(data.validation_set) == N_OTHERS


def test_where_the_others_are_weighted_own_examples_count_once_each() -> None:
    data = with_own(dataset(weighted=True), own(10))
    assert data.weights is not None
    np.testing.assert_array_equal(data.weights, [0.5] * N_OTHERS + [1] * 10)
    alone = with_own(dataset(weighted=True), own(100))
    assert alone.weights is not None
    assert len(alone.weights) == len(alone.inputs)


def test_the_same_examples_give_the_same_training_bit_for_bit_and_others_another() -> None:
    def trained(examples: OwnExamples) -> bytes:
        data = with_own(dataset(), examples)
        state = begin(Network.random((784, 8, 10), seed=1), Hyperparameters(), len(data.inputs))
        return advance(state, data, 40).state.parameters.tobytes()

    again = pickle.loads(pickle.dumps(own(50)))
    assert again == own(50)
    assert hash(again) == hash(own(50))
    assert trained(again) == trained(own(50))
    assert trained(OwnExamples(PIXELS, bytes([7, 7, 4]), 50)) != trained(own(50))


@pytest.mark.parametrize(
    ("pixels", "digits", "percent", "words"),
    [
        (b"", b"", 10, "784 pixels"),
        (PIXELS[1:], SEVENS, 10, "784 pixels"),
        (PIXELS, bytes([7, 7, 10]), 10, "up to 9"),
        (PIXELS, SEVENS, 0, "from 1 to 100"),
        (PIXELS, SEVENS, 101, "from 1 to 100"),
        (PIXELS, SEVENS, True, "from 1 to 100"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(
    pixels: bytes, digits: bytes, percent: int, words: str
) -> None:
    with pytest.raises(OwnExamplesError, match=words):
        OwnExamples(pixels, digits, percent)


@pytest.mark.parametrize(
    ("before", "examples", "expected"),
    [
        (
            None,
            own(10),
            {
                "own drawings": {"3": 1, "7": 2},
                "share of own drawings": 0.1,
                "data": MNIST_ATTRIBUTION,
            },
        ),
        (None, own(100), {"data": OWN_ATTRIBUTION, "share of own drawings": 1.0}),
        ({"own drawings": {"0": 4, "7": 1}}, own(10), {"own drawings": {"0": 4, "3": 1, "7": 2}}),
        ({"own drawings": {"0": 4}}, None, {"own drawings": {"0": 4}}),
    ],
    ids=str,
)
def test_the_card_says_how_many_of_which_digits_and_holds_none_of_them(
    before: dict[str, Any] | None,
    examples: OwnExamples | None,
    expected: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = dataset()
    monkeypatch.setattr(centred_mnist, "load", lambda split, **more: data.validation_set)
    recipe = replace(RECIPES["plain"], epochs=1)
    network = initial_network(recipe, 0)
    start = None if before is None else Network(network.layers, before)
    found = finished(
        recipe, network, 0, data, curves=card_curves([], []), start=start, own=examples
    ).card
    assert {name: found[name] for name in expected} == expected
    assert "command" not in found
    assert found["settings"] == recipe.options
    is_read = None if examples is None else found["accuracy"]["own drawings, learned from"]
    assert is_read is None or 0 <= is_read <= 1


def test_a_network_without_own_examples_says_nothing_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = dataset()
    monkeypatch.setattr(centred_mnist, "load", lambda split, **more: data.validation_set)
    recipe = RECIPES["plain"]
    card = finished(recipe, initial_network(recipe, 0), 0, data, curves=card_curves([], [])).card
    assert not [name for name in card if "own" in name]
    assert "own drawings, learned from" not in card["accuracy"]
    assert card["command"] == recipe.command
