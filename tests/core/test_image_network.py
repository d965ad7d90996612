"""What image a network looks at, and what its outputs stand for."""

import numpy as np
import pytest

from core import Network
from core.ink.resize import resized
from core.nn.image_network import (
    ImageNetworkError,
    check_image_network,
    labels,
    reads_digits,
    side,
)
from core.nn.model_card import CardError


def network(*sizes, **card):
    return Network(Network.random(sizes, seed=1).layers, card)


def test_labels_and_side_of_a_network_of_letters():
    letters = network(256, 20, 26, labels=[*"abcdefghijklmnopqrstuvwxyz"])
    check_image_network(letters)
    assert side(letters) == 16
    assert labels(letters)[3] == "d"
    assert not reads_digits(letters)


def test_without_labels_outputs_are_counted_and_ten_are_digits():
    assert labels(network(64, 3)) == ("0", "1", "2")
    assert reads_digits(network(784, 16, 10))
    assert not reads_digits(network(784, 16, 10, labels=[*"1234567890"]))


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ((785, 10), "785 inputs"),
        ((49, 10), "49 inputs"),
        ((65 * 65, 10), "4225 inputs"),
        ((784, 1), "this one has 1"),
        ((784, 37), "this one has 37"),
        ((64, *[8] * 6, 10), "7 layers"),
        ((64, 513, 10), "513 neurons"),
    ],
)
def test_what_cannot_be_shown_is_said_with_its_number(sizes, said):
    with pytest.raises(ImageNetworkError, match=said):
        check_image_network(network(*sizes))


@pytest.mark.parametrize("wrong", [["a"], ["a", "a"], ["", "b"], ["a" * 13, "b"], "ab", [1, 2]])
def test_labels_that_cannot_be_are_refused(wrong):
    with pytest.raises(CardError, match="labels"):
        network(64, 2, labels=wrong)


@pytest.mark.parametrize("after", [8, 14, 16, 20, 32, 64])
def test_resizing_keeps_ink_and_its_centre(after):
    image = np.zeros((28, 28), np.float32)
    image[5:20, 7:12] = 1
    small = resized(image, after)
    assert small.shape == (after, after)
    assert small.mean() == pytest.approx(image.mean(), rel=1e-5)
    assert centre(small) == pytest.approx(centre(image), abs=0.02)


def test_halving_takes_the_mean_of_four_pixels():
    image = np.random.default_rng(3).random((2, 28, 28), np.float32)
    means = image.reshape(2, 14, 2, 14, 2).mean(axis=(2, 4))
    np.testing.assert_allclose(resized(image, 14), means, atol=1e-6)
    assert resized(image, 28) is image


def centre(image):
    middles = (np.arange(len(image)) + 0.5) / len(image)
    return [(image.sum(axis) @ middles) / image.sum() for axis in (0, 1)]
