"""A network that is not sure says so, at the brightness its card asks for."""

import numpy as np
import pytest

from core import Layer, Network
from core.evaluation.rejection import (
    DEFAULT_THRESHOLD,
    choose_threshold,
    rejection_rate,
    threshold,
    with_threshold_of_half,
)
from core.nn.activations import identity
from core.nn.layer import NetworkError


def mirror(**card: object) -> Network:
    """A network whose two outputs are its two inputs."""
    return Network([Layer(np.eye(2, dtype=np.float32), np.zeros(2), identity)], card)


IMAGES = np.column_stack((np.linspace(0, 1, 101), np.zeros(101))).astype(np.float32)


def test_the_threshold_doubts_the_share_that_was_asked_for() -> None:
    least = choose_threshold(mirror(), IMAGES, 0.03)
    assert least == pytest.approx(0.03)
    assert rejection_rate(mirror(threshold=least + 0.001), IMAGES) == pytest.approx(4 / 101)


def test_a_card_without_a_threshold_means_a_half() -> None:
    assert threshold(mirror()) == DEFAULT_THRESHOLD
    assert rejection_rate(mirror(), IMAGES) == pytest.approx(50 / 101)


def test_a_network_that_counts_from_a_half_turns_the_same_images_away() -> None:
    network = Network.random((784, 5, 10), seed=4, init_std=0.3)
    images = np.random.default_rng(5).random((500, 784), np.float32)
    least = choose_threshold(network, images, 0.3)
    moved = with_threshold_of_half(network, least)
    np.testing.assert_array_equal(moved(images).argmax(1), network(images).argmax(1))
    turned_away = network(images).max(1) < least
    clear = abs(moved(images).max(1) - 0.5) > 1e-5  # the one at the threshold is a matter of luck
    np.testing.assert_array_equal((moved(images).max(1) < 0.5)[clear], turned_away[clear])
    assert clear.sum() > 490


@pytest.mark.parametrize("least", [0.0, 1.0, 1e-300, 1 - 1e-16])
def test_outputs_that_were_never_or_always_reached_can_be_moved(least: float) -> None:
    network = Network.random((784, 5, 10), seed=4)
    moved = with_threshold_of_half(network, least).layers[-1].biases
    assert np.isfinite(moved).all()
    assert (moved > 10).all() if least < 0.5 else (moved < -10).all()


def test_a_threshold_is_a_share_whatever_the_outputs_are() -> None:
    for outputs in (np.full(2, -7), np.full(2, 7)):
        network = Network([Layer(np.zeros((2, 2)), outputs, identity)])
        assert choose_threshold(network, IMAGES, 0.02) in (0.0, 1.0)


def test_only_sigmoids_can_be_made_to_count_from_a_half() -> None:
    with pytest.raises(NetworkError, match="sigmoids"):
        with_threshold_of_half(mirror(), 0.2)
