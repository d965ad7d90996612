"""What one neuron becomes when it is silenced, clamped, inverted or swapped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core import Layer, Network
from core.assets import asset
from core.edit.neurons import clamped, inverted, shared_by_map, silenced, swapped
from core.errors import InputError
from core.nn.activations import ACTIVATIONS, Activation, identity, relu, sigmoid, softmax, tanh
from core.nn.layer import NetworkError

DEFAULT = Network.load(asset("networks/default.npz"))
CONVOLUTIONAL = Network.load(asset("networks/convolutional.npz"))
IMAGES = np.random.default_rng(0).random((50, 784)).astype(np.float32)


def small(activation: Activation, output: Activation = sigmoid) -> Network:
    """Weights and biases on both sides of 0, in 3-4-2."""
    rng = np.random.default_rng(3)
    return Network(
        [
            Layer(rng.normal(0, 2, (4, 3)), rng.normal(0, 2, 4), activation),
            Layer(rng.normal(0, 2, (2, 4)), rng.normal(0, 2, 2), output),
        ]
    )


INPUTS = np.random.default_rng(1).random((40, 3)).astype(np.float32)

EDITS: dict[str, Callable[[Network, int, int], Network]] = {
    "silenced": silenced,
    "clamped": lambda network, layer, neuron: clamped(network, layer, neuron, 0.25),
    "inverted": inverted,
    "swapped": lambda network, layer, neuron: swapped(network, layer, neuron, neuron - 1),
}


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_a_silenced_neuron_is_exactly_0_for_every_image(activation: Activation) -> None:
    network = small(activation)
    edited = silenced(network, 1, 3)
    activations = edited.trace(INPUTS).a[0]
    assert (activations[:, 3] == 0).all()
    assert (network.trace(INPUTS).a[0][:, 3] != 0).any()
    assert not edited.layers[0].weights[3].any()
    if activation is not softmax:  # whose other neurons share what is left
        np.testing.assert_array_equal(
            np.delete(activations, 3, axis=1), np.delete(network.trace(INPUTS).a[0], 3, axis=1)
        )


def test_a_silenced_neuron_no_longer_reaches_the_next_layer() -> None:
    edited = silenced(DEFAULT, 1, 5)
    rest = np.delete(edited.trace(IMAGES).a[0], 5, axis=1)
    below = DEFAULT.layers[1]
    expected = rest @ np.delete(below.weights, 5, axis=1).T + below.biases
    np.testing.assert_allclose(edited.trace(IMAGES).z[1], expected, atol=1e-4)


@pytest.mark.parametrize(
    ("activation", "values"),
    [
        (sigmoid, (0, 1, 0.5, 0.01, 0.999, 1e-30)),
        (tanh, (-1, 0, 1, 0.5, -0.999)),
        (relu, (0, 0.5, 190)),
        (identity, (-7.5, 0, 1e6)),
    ],
    ids=str,
)
def test_a_clamped_neuron_has_its_value_for_every_image(
    activation: Activation, values: tuple[float, ...]
) -> None:
    for value in values:
        found = clamped(small(activation), 1, 0, value).trace(INPUTS).a[0][:, 0]
        np.testing.assert_allclose(found, value, rtol=1e-5, atol=1e-6)
        if value in (-1, 0, 1):
            assert (found == value).all()


@pytest.mark.parametrize(
    ("activation", "value", "sentence"),
    [
        (sigmoid, 1.5, "An activation of this neuron can be from 0 to 1; 1.5 is not."),
        (sigmoid, -0.1, "An activation of this neuron can be from 0 to 1; -0.1 is not."),
        (sigmoid, np.nan, "An activation of this neuron can be from 0 to 1; nan is not."),
        (tanh, -2, "An activation of this neuron can be from -1 to 1; -2 is not."),
        (relu, 1e39, "An activation of this neuron can be from 0 to 1,000,000; 1e+39 is not."),
        (
            identity,
            -np.inf,
            "An activation of this neuron can be from -1,000,000 to 1,000,000; -inf is not.",
        ),
    ],
)
def test_a_value_that_the_function_never_has_is_refused(
    activation: Activation, value: float, sentence: str
) -> None:
    with pytest.raises(InputError) as caught:
        clamped(small(activation), 1, 0, value)
    assert str(caught.value) == sentence
    assert caught.value.code == "edit.activation"


@pytest.mark.parametrize(
    ("activation", "opposite"),
    [
        (sigmoid, lambda a, z: 1 - a),
        (tanh, lambda a, z: -a),
        (identity, lambda a, z: -a),
        (relu, lambda a, z: np.where(z < 0, -z, 0)),
    ],
    ids=["sigmoid", "tanh", "identity", "relu"],
)
def test_an_inverted_neuron_says_the_opposite(
    activation: Activation, opposite: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> None:
    network = small(activation)
    z, a = network.trace(INPUTS)[0]
    found = inverted(network, 1, 0).trace(INPUTS).a[0]
    assert (z[:, 0] < 0).any()
    assert (z[:, 0] > 0).any()
    np.testing.assert_allclose(found[:, 0], opposite(a[:, 0], z[:, 0]), atol=1e-6)
    np.testing.assert_array_equal(np.delete(found, 0, axis=1), np.delete(a, 0, axis=1))


@pytest.mark.parametrize(("layer", "neuron"), [(1, 0), (2, 15), (3, 9)])
def test_inverting_twice_gives_back_every_bit(layer: int, neuron: int) -> None:
    again = inverted(inverted(DEFAULT, layer, neuron), layer, neuron)
    for new, old in zip(again.layers, DEFAULT.layers, strict=True):
        assert new.weights.tobytes() == old.weights.tobytes()
        assert new.biases.tobytes() == old.biases.tobytes()


@pytest.mark.parametrize("edit", [inverted, EDITS["clamped"]])
def test_an_output_of_a_softmax_is_not_its_own(edit: Callable[..., Network]) -> None:
    with pytest.raises(InputError, match=r"softmax .* clamped or inverted alone\.$") as caught:
        edit(small(relu, softmax), 2, 0)
    assert caught.value.code == "edit.softmax"


@pytest.mark.parametrize("layer", [1, 2])
def test_neurons_that_change_places_change_nothing_else(layer: int) -> None:
    edited = swapped(DEFAULT, layer, 3, 12)
    np.testing.assert_allclose(edited(IMAGES), DEFAULT(IMAGES), atol=1e-6)
    before, after = DEFAULT.trace(IMAGES).a[layer - 1], edited.trace(IMAGES).a[layer - 1]
    np.testing.assert_allclose(after[:, 3], before[:, 12], atol=1e-6)
    np.testing.assert_allclose(after[:, 12], before[:, 3], atol=1e-6)
    np.testing.assert_allclose(np.delete(after, [3, 12], 1), np.delete(before, [3, 12], 1))
    back = swapped(edited, layer, 12, 3)
    for new, old in zip(back.layers, DEFAULT.layers, strict=True):
        assert new.weights.tobytes() == old.weights.tobytes()


def test_outputs_that_change_places_take_each_others_digit() -> None:
    edited = swapped(DEFAULT, 3, 4, 9)
    order = [0, 1, 2, 3, 9, 5, 6, 7, 8, 4]
    np.testing.assert_allclose(edited(IMAGES), DEFAULT(IMAGES)[:, order], atol=1e-6)


def test_a_filter_that_one_neuron_has_is_taken_over_in_every_place_of_its_map() -> None:
    before = CONVOLUTIONAL.layers[1]
    maps = before.maps
    assert maps is not None
    map_of_neurons = slice(3 * 36, 4 * 36)
    neuron = 3 * 36 + 14
    source = int(maps.seen_by(neuron)[5])
    edited = CONVOLUTIONAL.with_weight(2, neuron, source, 2.5).with_bias(2, neuron, -1.0)
    after = shared_by_map(edited, 2, neuron).layers[1]
    filters = before.free_weights.copy()
    filters[3, 5] = 2.5
    np.testing.assert_array_equal(after.free_weights, filters)
    assert (after.biases[map_of_neurons] == -1).all()
    others = np.delete(np.arange(288), map_of_neurons)
    np.testing.assert_array_equal(after.biases[others], before.biases[others])
    assert shared_by_map(CONVOLUTIONAL, 2, neuron).layers[1].n_parameters == before.n_parameters


def test_what_other_maps_have_in_one_place_only_stays_so() -> None:
    maps = CONVOLUTIONAL.layers[0].maps
    assert maps is not None
    edited = CONVOLUTIONAL.with_weight(1, 200, int(maps.seen_by(200)[0]), 2.5)
    shared = shared_by_map(edited, 1, 7)
    np.testing.assert_array_equal(shared.layers[0].weights, edited.layers[0].weights)


def test_a_neuron_without_a_map_has_no_filter_to_take_over() -> None:
    with pytest.raises(InputError, match="no feature map"):
        shared_by_map(DEFAULT, 1, 4)


def test_a_neuron_in_its_own_place_is_no_edit() -> None:
    assert swapped(DEFAULT, 1, 4, 4) is DEFAULT


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_leaves_the_original_and_shares_the_rest(
    edit: Callable[[Network, int, int], Network], tmp_path: Path
) -> None:
    before = [layer.weights.tobytes() + layer.biases.tobytes() for layer in DEFAULT.layers]
    edited = edit(DEFAULT, 1, 5)
    after = [layer.weights.tobytes() + layer.biases.tobytes() for layer in DEFAULT.layers]
    assert after == before
    assert edited.layers[2] is DEFAULT.layers[2]
    assert edited.layers[1].biases is DEFAULT.layers[1].biases
    assert edited.card["edited"] is True
    edited.save(tmp_path / "edited.npz")
    np.testing.assert_array_equal(Network.load(tmp_path / "edited.npz")(IMAGES), edited(IMAGES))


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize(("layer", "neuron"), [(0, 1), (4, 1), (1, 16), (3, 10), (1, -1)])
def test_a_neuron_that_does_not_exist_cannot_be_edited(
    edit: Callable[[Network, int, int], Network], layer: int, neuron: int
) -> None:
    with pytest.raises(NetworkError, match=r"There is no layer|has no neuron"):
        edit(DEFAULT, layer, neuron)
