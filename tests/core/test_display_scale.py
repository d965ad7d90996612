"""Full brightness: what a layer cannot exceed, else its scale, else what is measured."""

from __future__ import annotations

import numpy as np
import pytest

from core import Network
from core.nn.activations import ACTIVATIONS
from core.nn.display_scale import brightness, full_brightness
from core.nn.layer import Layer

IMAGES = np.array([[0.5, 1.0], [0.75, 0.0]], np.float32)


def network(activation: str, scale: float = 1.0) -> Network:
    return Network([Layer(np.full((1, 2), 4.0), np.zeros(1), ACTIVATIONS[activation], scale)])


@pytest.mark.parametrize("activation", ["sigmoid", "softmax", "tanh"])
def test_what_is_bounded_is_full_at_its_bound(activation: str) -> None:
    assert full_brightness(network(activation), IMAGES) == (1.0,)


def test_a_scale_that_is_stored_counts() -> None:
    assert full_brightness(network("relu", 2.5), IMAGES) == (2.5,)


@pytest.mark.parametrize("activation", ["relu", "identity"])
def test_a_scale_that_is_missing_is_measured(activation: str) -> None:
    assert full_brightness(network(activation), IMAGES) == (6.0,)


def test_what_is_far_below_zero_is_bright_as_well() -> None:
    below = Network([Layer(np.full((1, 2), -4.0), np.zeros(1), ACTIVATIONS["identity"])])
    assert full_brightness(below, IMAGES) == (6.0,)


def test_a_layer_that_is_never_on_has_a_scale_all_the_same() -> None:
    dead = Network([Layer(np.full((1, 2), -4.0), np.zeros(1), ACTIVATIONS["relu"])])
    assert full_brightness(dead, IMAGES) == (1.0,)


def test_nothing_is_brighter_than_full_and_nothing_darker_than_dark() -> None:
    shown = brightness(np.array([0, 1, 2, 5, -1], np.float32), 2)
    assert shown.tolist() == [0, 0.5, 1, 1, 0.5]
    assert shown.dtype == np.float32
