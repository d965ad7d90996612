"""Before and after an edit: what is counted is what a person would count."""

from __future__ import annotations

import numpy as np
import pytest

from core import Layer, Network
from core.data.images import Images
from core.evaluation.comparison import compare, read
from core.evaluation.metrics import accuracy, confusion_matrix
from core.evaluation.sample import sample
from core.nn.activations import identity
from core.nn.image_values import ImageError
from core.nn.pretrained import pretrained

LABELS = np.array([0, 1, 1, 2, 2, 2], np.uint8)
SHOWN = Images(np.eye(3, dtype=np.float32)[[0, 1, 0, 2, 2, 1]], LABELS)


def reading_as(*digits: int) -> Network:
    """A network that reads image k of three as digits[k]."""
    return Network([Layer(np.eye(10, dtype=np.float32)[:, list(digits)], np.zeros(10), identity)])


def test_right_and_wrong_are_counted_before_and_now() -> None:
    found = compare(reading_as(0, 1, 2), reading_as(1, 1, 7), SHOWN)
    assert found.before.digits.tolist() == [0, 1, 0, 2, 2, 1]
    assert found.now.digits.tolist() == [1, 1, 1, 7, 7, 1]
    assert found.before.accuracy == pytest.approx(4 / 6)
    assert found.now.accuracy == pytest.approx(2 / 6)
    assert found.newly_misread.tolist() == [0, 3, 4]
    assert found.newly_read.tolist() == [2]


def test_each_digit_has_its_own_share_and_none_where_there_is_none() -> None:
    shares = read(reading_as(0, 1, 2), SHOWN).accuracy_by_digit
    np.testing.assert_allclose(shares, [1, 0.5, 2 / 3, *[np.nan] * 7])


def test_a_network_compared_with_itself_has_changed_nothing() -> None:
    found = compare(reading_as(0, 1, 2), reading_as(0, 1, 2), SHOWN)
    assert found.newly_misread.size == found.newly_read.size == 0


def test_images_of_another_size_are_refused() -> None:
    with pytest.raises(ImageError, match="784 numbers"):
        read(pretrained()["default"], SHOWN)


def test_the_counts_agree_with_the_metrics() -> None:
    network, images = pretrained()["default"], sample(centred=True).images
    reading, counts = read(network, images), confusion_matrix(network, images)
    assert reading.accuracy == accuracy(network, images)
    np.testing.assert_allclose(reading.accuracy_by_digit, counts.diagonal() / counts.sum(axis=1))
