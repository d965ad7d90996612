"""A small change that flips the answer does so, and is as small as it is said to be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core import Layer, Network
from core.evaluation.sample import sample
from core.explain.smallest_change import Change, fewest_pixels, smallest_change
from core.nn.activations import identity
from core.nn.image_values import ImageError
from core.nn.pretrained import pretrained

Search = Callable[[Network, np.ndarray], Change | None]
BOTH = pytest.mark.parametrize("search", [smallest_change, fewest_pixels])
BLANK = np.zeros((28, 28), np.float32)


def linear(*rows: dict[int, float], biases: tuple[float, ...]) -> Network:
    """Outputs that are weighted sums of a few pixels."""
    weights = np.zeros((len(rows), 784))
    for weight, row in zip(weights, rows, strict=True):
        weight[list(row)] = list(row.values())
    return Network([Layer(weights, np.array(biases), identity)])


@BOTH
@pytest.mark.parametrize("name", pretrained())
def test_the_changed_image_gets_another_answer(search: Search, name: str) -> None:
    network = pretrained()[name]
    images = sample(network.card["lens"] != "off").images.images[:20].reshape(-1, 28, 28)
    for image in images:
        change = search(network, image)
        assert change is not None
        before, after = (network(each.ravel()).argmax() for each in (image, change.image))
        assert (change.answer_before, change.answer) == (before, after)
        assert before != after
        np.testing.assert_array_equal(change.before, image)
        assert (change.image.shape, change.image.dtype) == ((28, 28), np.float32)
        assert 0 <= change.image.min() <= change.image.max() <= 1
        difference = abs(change.image - image)
        visible = difference[difference > 1 / 255]
        assert change.n_pixels == len(visible)
        assert change.mean == pytest.approx(visible.mean() if len(visible) else 0)
        assert change.largest == pytest.approx(difference.max())
        assert change.distance == pytest.approx(np.sqrt((difference**2).sum()))


def test_a_straight_boundary_is_met_where_it_is_nearest() -> None:
    network = linear({0: 1, 5: 2}, {9: 4}, biases=(0.5, 0.0))
    image = np.full((28, 28), 0.25, np.float32)
    change = smallest_change(network, image)
    slopes = np.zeros(784)
    slopes[[0, 5, 9]] = -1, -2, 4
    gap = 0.5 + 0.25 * 3 - 0.25 * 4
    assert change is not None
    assert change.distance == pytest.approx(gap / np.sqrt(21), rel=0.01)
    np.testing.assert_allclose(change.differences.ravel(), slopes * gap / 21, atol=1e-3)


def test_the_nearest_of_several_answers_is_taken() -> None:
    network = linear({0: 1}, {1: 1}, {2: 3}, biases=(0.5, 0.0, 0.0))
    for search in (smallest_change, fewest_pixels):
        change = search(network, BLANK)
        assert change is not None
        assert (change.answer_before, change.answer) == (0, 2)


def test_pixels_that_are_full_go_no_further() -> None:
    network = linear({}, {0: 10, 1: 1}, biases=(10.5, 0.0))
    image = BLANK.copy()
    image[0, 0] = 1
    for search in (smallest_change, fewest_pixels):
        change = search(network, image)
        assert change is not None
        assert change.n_pixels == 1
        assert change.image[0, 1] == pytest.approx(0.5, abs=0.02)


def test_the_strongest_pixel_is_filled_and_only_as_far_as_needed() -> None:
    network = linear({}, {3: 1, 40: 4, 41: 3, 500: 2}, biases=(6.0, 0.0))
    change = fewest_pixels(network, BLANK)
    assert change is not None
    assert np.flatnonzero(change.differences).tolist() == [40, 41]
    np.testing.assert_allclose(change.image.ravel()[[40, 41]], 6 / 7, atol=0.01)


def test_fewer_pixels_are_changed_and_by_more() -> None:
    network = pretrained()["default"]
    images = sample(centred=True).images.images[:30].reshape(-1, 28, 28)
    both = ((fewest_pixels(network, each), smallest_change(network, each)) for each in images)
    pairs = [(few, near) for few, near in both if few and near]
    assert len(pairs) == 30
    assert np.mean([one.n_pixels < other.n_pixels for one, other in pairs]) > 0.9
    assert np.mean([one.distance > other.distance for one, other in pairs]) > 0.9
    assert np.median([one.n_pixels for one, _ in pairs]) <= 12
    assert np.median([other.largest for _, other in pairs]) < 0.5


@BOTH
def test_where_nothing_changes_the_answer_nothing_is_found(search: Search) -> None:
    assert search(linear({}, {}, biases=(1.0, 0.0)), BLANK) is None
    assert search(linear({}, {7: 1}, biases=(2.0, 0.0)), BLANK) is None


@BOTH
def test_what_is_no_image_is_refused(search: Search) -> None:
    with pytest.raises(ImageError, match="from 2 to 2"):
        search(pretrained()["default"], np.full((28, 28), 2, np.float32))
