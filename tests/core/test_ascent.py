"""Gradient ascent climbs to an image that activates a neuron, and never goes down on the way."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from core import Layer, Network
from core.data import mnist
from core.explain.ascent import ascend, noise
from core.nn.activations import relu
from core.nn.image_values import ImageError
from core.nn.layer import NetworkError
from core.nn.pretrained import pretrained

NETWORKS = {
    **{name: pretrained()[name] for name in ("default", "mnist", "relu")},
    "784-20-10 relu": Network.random((784, 20, 10), seed=2, activation=relu, init_std=0.1),
}
BLANK = np.zeros((28, 28), np.float32)


@pytest.fixture(scope="module")
def digit() -> np.ndarray:
    return mnist.load("test").images[0].reshape(28, 28)


def single(weights: np.ndarray) -> Network:
    return Network([Layer(weights.reshape(1, 784), np.zeros(1))])


def z_of(network: Network, layer: int, neuron: int, image: np.ndarray) -> float:
    return float(network.trace(image.reshape(784)).z[layer - 1][neuron])


def roughness(image: np.ndarray) -> float:
    """How much neighbours differ, for the ink that there is."""
    return float((np.diff(image, axis=0) ** 2).sum() + (np.diff(image, axis=1) ** 2).sum()) / float(
        (image**2).sum()
    )


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
@pytest.mark.parametrize(("layer", "neuron"), [(1, 6), (2, 3), (-1, 7)])
@pytest.mark.parametrize("smoothness", [0, 1.5])
def test_every_image_gives_a_larger_z_than_the_one_before(
    network: Network, layer: int, neuron: int, smoothness: float, digit: np.ndarray
) -> None:
    layer %= len(network.layers) + 1
    for start in (noise(1), digit):
        images = [*islice(ascend(network, layer, neuron, start, smoothness=smoothness), 30)]
        assert images
        climbed = [z_of(network, layer, neuron, image) for image in (start, *images)]
        assert (np.diff(climbed) > 0).all()
        for image in images:
            assert (image.shape, image.dtype) == ((28, 28), np.float32)
            assert 0 <= image.min() <= image.max() <= 1


def test_of_one_layer_it_ends_where_ink_is_where_weights_are_above_0() -> None:
    weights = np.random.default_rng(0).normal(0, 1, 784)
    *_, last = ascend(single(weights), 1, 0, np.full((28, 28), 0.5, np.float32))
    best = float(weights[weights > 0].sum())
    assert z_of(single(weights), 1, 0, last) == pytest.approx(best, rel=1e-3)
    large = abs(weights) > 0.1
    np.testing.assert_array_equal(last.ravel()[large], (weights > 0)[large])


def test_it_ends_where_sums_are_so_large_that_a_thousandth_is_lost_in_them() -> None:
    weights = np.random.default_rng(0).normal(0, 1e4, 784)
    *_, last = ascend(single(weights), 1, 0, np.full((28, 28), 0.5, np.float32))
    best = float(weights[weights > 0].sum())
    assert z_of(single(weights), 1, 0, last) == pytest.approx(best, rel=1e-3)


def test_a_step_is_as_long_as_it_is_said_to_be() -> None:
    weights = np.random.default_rng(0).normal(0, 1, 784)
    middle = np.full((28, 28), 0.5, np.float32)
    for step in (0.25, 1.0):
        image = next(ascend(single(weights), 1, 0, middle, step=step))
        moved = (image - middle).ravel()
        assert np.linalg.norm(moved) == pytest.approx(step, rel=1e-5)
        assert moved @ weights == pytest.approx(step * np.linalg.norm(weights), rel=1e-5)


def test_smoothness_gives_larger_shapes() -> None:
    network = NETWORKS["default"]
    rough, smooth = (
        [*islice(ascend(network, 3, 3, BLANK, smoothness=deviation), 25)][-1]
        for deviation in (0, 2.0)
    )
    assert roughness(smooth) < roughness(rough) / 2


def test_a_pixel_that_is_full_does_not_push_its_neighbours_through_the_blur() -> None:
    weights = np.zeros((28, 28))
    weights[14, 14:16] = 100, -1
    start = BLANK.copy()
    start[14, 14:16] = 1, 0.5
    *_, last = ascend(single(weights), 1, 0, start, smoothness=1.0)
    assert last[14, 14] == 1
    assert last[14, 15] < 0.01


def test_an_output_can_be_made_sure_of_nearly_anything(digit: np.ndarray) -> None:
    network = NETWORKS["default"]
    for wanted in range(10):
        *_, last = islice(ascend(network, 3, wanted, digit), 100)
        assert network(last.ravel()).argmax() == wanted
        assert network(last.ravel())[wanted] > 0.99


def test_longer_steps_lead_off_a_plateau(digit: np.ndarray) -> None:
    saturated = pretrained()["lesson"]
    first = next(ascend(saturated, 3, 2, digit))
    assert np.linalg.norm(first - digit) > 1.5
    assert z_of(saturated, 3, 2, first) > z_of(saturated, 3, 2, digit) + 0.1


def test_where_nothing_can_grow_there_is_no_image() -> None:
    assert list(ascend(single(np.zeros(784)), 1, 0, noise(3))) == []
    assert list(ascend(single(-np.ones(784)), 1, 0, BLANK)) == []


def test_noise_is_faint_and_follows_from_its_seed() -> None:
    np.testing.assert_array_equal(noise(5), noise(5))
    assert (noise(5) != noise(6)).any()
    assert 0 <= noise(5).min() < 0.01 < 0.19 < noise(5).max() <= 0.2


@pytest.mark.parametrize(("layer", "neuron"), [(0, 3), (4, 0), (1, 16)])
def test_a_neuron_without_a_sum_is_refused_at_once(layer: int, neuron: int) -> None:
    with pytest.raises(NetworkError):
        ascend(NETWORKS["default"], layer, neuron, BLANK)


def test_what_is_no_image_is_refused_at_once() -> None:
    with pytest.raises(ImageError, match="contains NaN"):
        ascend(NETWORKS["default"], 1, 0, np.full((28, 28), np.nan, np.float32))
