"""Convolutional layers: windows, shared weights, training, files, and what edits do to them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.arrays import Array
from core.edit.damage import pruned, quantized, with_noise
from core.edit.neurons import inverted, silenced, swapped
from core.errors import InputError
from core.nn.activations import relu, sigmoid
from core.nn.convolution import chained, convolution
from core.nn.feature_maps import FeatureMaps, FeatureMapsError
from core.nn.layer import Layer, NetworkError
from core.nn.network import Network
from core.training.backward_pass import backward_pass
from core.training.gradient_check import check_gradient, random_places
from core.training.loop import Hyperparameters, train
from core.training.losses import cross_entropy
from core.training.objective import Objective
from core.training.parameters import ParameterVector, with_parameters
from core.training.pipeline import initial_network
from core.training.recipes import RECIPES, RecipeError

RECIPE = replace(RECIPES["plain"], feature_maps=(4, 8), hidden=(), activation="sigmoid")
NETWORK = initial_network(RECIPE, seed=1)
RNG = np.random.default_rng(0)
IMAGES: Array = RNG.random((6, 784), dtype=np.float32)
TARGETS: Array = np.eye(10, dtype=np.float32)[[3, 1, 4, 1, 5, 9]]


def convolved(maps: Array, filters: Array) -> Array:
    """The sums of (sources, side, side) with (count, sources, 3, 3), place by place."""
    side = (maps.shape[1] - 3) // 2 + 1
    sums = np.zeros((len(filters), side, side))
    for number, one in enumerate(filters):
        for row in range(side):
            for column in range(side):
                window = maps[:, 2 * row : 2 * row + 3, 2 * column : 2 * column + 3]
                sums[number, row, column] = (one * window).sum()
    return sums


def test_the_layers_compute_what_a_convolution_is_defined_as() -> None:
    first, second, _ = NETWORK.layers
    trace = NETWORK.trace(IMAGES[0])
    expected = convolved(IMAGES[0].reshape(1, 28, 28), first.free_weights.reshape(4, 1, 3, 3))
    assert trace.z[0] == pytest.approx(expected.ravel(), abs=1e-5)
    seen = trace.a[0].reshape(4, 13, 13)
    expected = convolved(seen, second.free_weights.reshape(8, 4, 3, 3))
    assert trace.z[1] == pytest.approx(expected.ravel(), abs=1e-5)


def test_shared_weights_count_once() -> None:
    assert NETWORK.sizes == RECIPE.sizes == (784, 676, 288, 10)
    assert [layer.n_parameters for layer in NETWORK.layers] == [40, 296, 2890]
    assert NETWORK.n_parameters == RECIPE.n_parameters == 3_226
    assert NETWORK.n_stored == 784 * 676 + 676 + 676 * 288 + 288 + 2890


def test_a_neuron_looks_at_the_pixels_of_its_window() -> None:
    (maps,) = chained([4], 28)
    neuron = 2 * 169 + 5 * 13 + 7
    assert maps.place(neuron) == (2, 5, 7)
    rows, columns = np.divmod(maps.seen_by(neuron), 28)
    assert rows.tolist() == [10, 10, 10, 11, 11, 11, 12, 12, 12]
    assert columns.tolist() == [14, 15, 16] * 3
    assert np.flatnonzero(NETWORK.layers[0].weights[neuron]).tolist() == list(maps.seen_by(neuron))


def test_the_gradient_of_a_shared_weight_is_that_of_all_its_copies() -> None:
    objective = Objective(IMAGES, TARGETS, cross_entropy)
    check = check_gradient(NETWORK, objective, random_places(NETWORK, 300, seed=3))
    assert check.largest < 1e-5
    parameters = ParameterVector(NETWORK)
    objective.write_gradient(parameters)
    copies = parameters.gradients[0].weights
    windows = NETWORK.layers[0].maps.windows  # type: ignore[union-attr]
    by_hand = sum(copies[169 + place, windows[place]] for place in range(169))
    assert parameters.gradient[9:18] == pytest.approx(by_hand, rel=1e-4, abs=1e-7)


def test_the_backward_pass_of_one_example_tells_the_slope_of_each_copy() -> None:
    backward = backward_pass(NETWORK, IMAGES[0], TARGETS[0], cross_entropy)
    parameters = ParameterVector(NETWORK, np.float64)
    Objective(IMAGES[:1], TARGETS[:1], cross_entropy).write_gradient(parameters)
    of_biases = backward.layers[0].biases.reshape(4, 169).sum(axis=1)
    assert parameters.gradient[36:40] == pytest.approx(of_biases)


def test_a_training_keeps_weights_shared_and_lowers_the_loss() -> None:
    hyper = Hyperparameters(epochs=30, batch_size=6, learning_rate=1.0, loss=cross_entropy)
    steps = list(train(NETWORK, IMAGES, TARGETS, hyper))
    assert steps[-1].loss < steps[0].loss / 2
    for before, after in zip(NETWORK.layers[:2], steps[-1].network.layers[:2], strict=True):
        assert after.shared == before.shared is not None
        assert not np.array_equal(before.weights, after.weights)


def test_weight_decay_draws_shared_weights_towards_0() -> None:
    hyper = Hyperparameters(
        epochs=1, batch_size=6, learning_rate=1e-9, weight_decay=1e8, loss=cross_entropy
    )
    (step,) = train(NETWORK, IMAGES, TARGETS, hyper)
    before, after = (each.layers[0].free_weights for each in (NETWORK, step.network))
    assert after == pytest.approx(0.9 * before, rel=1e-4, abs=1e-6)


def test_a_file_keeps_the_maps_and_another_program_finds_all_weights(tmp_path: Path) -> None:
    path = tmp_path / "maps.npz"
    NETWORK.save(path)
    again = Network.load(path)
    assert [layer.maps for layer in again.layers] == [layer.maps for layer in NETWORK.layers]
    assert np.array_equal(again(IMAGES), NETWORK(IMAGES))
    assert np.load(path)["weights_1"].shape == (676, 784)


@pytest.mark.parametrize(
    "table", [7, {}, {"count": 4}, {"count": 4, "sources": 1, "source_side": 28, "kernel": 30,
                                    "stride": 2}, {"count": True, "sources": 1, "source_side": 28,
                                                   "kernel": 3, "stride": 2},
              {"count": 10**9, "sources": 1, "source_side": 28, "kernel": 3, "stride": 2}],
)  # fmt: skip
def test_what_describes_no_maps_is_refused(table: object) -> None:
    with pytest.raises(FeatureMapsError):
        FeatureMaps.from_table(table)


def test_maps_that_do_not_fit_or_look_elsewhere_are_refused() -> None:
    maps = FeatureMaps(1, 1, 5, 3, 2)
    weights = maps.dense(np.ones((1, 9), np.float32))
    with pytest.raises(NetworkError, match="do not fit"):
        Layer(weights[:3], np.zeros(3, np.float32), maps=maps)
    outside = weights.copy()
    outside[0, 24] = 1
    with pytest.raises(NetworkError, match="its own window"):
        Layer(outside, np.zeros(4, np.float32), maps=maps)


def test_one_neuron_can_be_changed_and_then_shares_no_more() -> None:
    seen = NETWORK.layers[0].maps.seen_by(200)  # type: ignore[union-attr]
    changed = NETWORK.with_weight(1, 200, int(seen[4]), 5.0)
    assert changed.layers[0].shared is None
    assert changed.layers[0].maps is not None
    assert changed.n_parameters == NETWORK.n_parameters - 40 + 676 * 10
    with pytest.raises(NetworkError, match="its own window"):
        NETWORK.with_weight(1, 200, 0, 5.0)
    painted = NETWORK.with_weights(1, 200, np.ones(784, np.float32)).layers[0].weights[200]
    assert np.flatnonzero(painted).tolist() == seen.tolist()
    point = ParameterVector(changed)
    point.spread()
    again = with_parameters(changed, point.values)
    assert np.array_equal(again.layers[0].weights, changed.layers[0].weights)


def test_silent_and_inverted_neurons_keep_their_windows_and_others_cannot_swap() -> None:
    for edited in (silenced(NETWORK, 1, 9), inverted(NETWORK, 2, 9)):
        assert [layer.maps for layer in edited.layers] == [layer.maps for layer in NETWORK.layers]
    with pytest.raises(InputError, match="its own window"):
        swapped(NETWORK, 1, 0, 7)


def test_damage_changes_filters_as_one() -> None:
    for damaged in (with_noise(NETWORK, 0.5, 1), pruned(NETWORK, 0.5), quantized(NETWORK, 1)):
        assert all(layer.shared for layer in damaged.layers[:2])
    assert np.count_nonzero(pruned(NETWORK, 0.5).layers[0].free_weights) == 18
    assert len(np.unique(abs(quantized(NETWORK, 1).layers[0].free_weights))) == 1


def test_a_filter_and_a_bias_make_a_layer() -> None:
    maps = FeatureMaps(2, 1, 5, 3, 2)
    filters = np.arange(18, dtype=np.float32).reshape(2, 9)
    layer = convolution(maps, filters, np.array([0, 1], np.float32), relu)
    assert layer.weighted_sums(np.ones(25, np.float32)).tolist() == [36] * 4 + [118] * 4
    assert layer.free_biases.tolist() == [0, 1]


def test_a_recipe_needs_something_between_pixels_and_digits() -> None:
    with pytest.raises(RecipeError, match="feature_maps"):
        replace(RECIPES["plain"], hidden=())
    assert RECIPE.options.startswith("--recipe plain --hidden --feature-maps 4 8 --activation")
    assert NETWORK.layers[0].activation is sigmoid


def test_a_bias_of_its_own_ends_the_sharing_as_a_weight_does() -> None:
    assert NETWORK.with_bias(1, 200, 0.5).layers[0].shared is None
