"""Accuracy and confusion matrix count what a person would count."""

import numpy as np
import pytest

from core import Layer, Network
from core.data.images import Images
from core.evaluation.metrics import accuracy, confusion_matrix
from core.nn.activations import identity, relu
from core.nn.display_scale import with_scales


def test_every_image_is_counted_in_the_row_of_its_digit() -> None:
    network = Network([Layer(np.eye(3, dtype=np.float32), np.zeros(3), identity)])
    shown = np.eye(3, dtype=np.float32)[[0, 1, 1, 2, 0]]
    images = Images(shown, np.array([0, 1, 2, 2, 1], np.uint8))
    assert accuracy(network, images) == pytest.approx(0.6)
    assert confusion_matrix(network, images).tolist() == [[1, 0, 0], [1, 1, 0], [0, 1, 1]]


def test_unbounded_layers_get_the_largest_activation_seen_as_their_scale() -> None:
    first = Layer(np.array([[4.0, 0.0], [0.0, -9.0]]), np.zeros(2), relu)
    network = Network([first, Layer(np.ones((1, 2)), np.zeros(1))], {"title": "t"})
    scaled = with_scales(network, np.array([[0.5, 1.0], [0.75, 0.0]], np.float32))
    assert [layer.scale for layer in scaled.layers] == [3.0, 1.0]
    assert scaled.card == network.card
