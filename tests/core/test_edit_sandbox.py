"""The lesson's edge detector answers to the four quiz images as the lesson says."""

from __future__ import annotations

import numpy as np
import pytest

from core.edit.sandbox import BIAS, LAYER, QUIZ, SPARE, edge_detector, sandbox

SUMS = {"bar": 24, "blob": 8, "blank": 0, "inverse": -16}


def test_the_preset_is_a_bar_with_a_surround() -> None:
    values, counts = np.unique(edge_detector(), return_counts=True)
    assert dict(zip(values.tolist(), counts.tolist(), strict=True)) == {-1: 16, 0: 744, 1: 24}
    picture = edge_detector().reshape(28, 28)
    rows = picture[:, picture.any(axis=0)]
    assert rows[rows.any(axis=1)].tolist() == [[-1] * 8, *[[1] * 8] * 3, [-1] * 8]


@pytest.mark.parametrize("name", SUMS)
def test_the_spare_neuron_with_the_preset_solves_the_quiz(name: str) -> None:
    built = sandbox().with_weights(LAYER, SPARE, edge_detector())
    assert built.trace(QUIZ[name].ravel()).z[0][SPARE] == SUMS[name]
    biased = built.with_bias(LAYER, SPARE, BIAS).trace(QUIZ[name].ravel())
    assert biased.z[0][SPARE] == SUMS[name] - 10
    assert (biased.a[0][SPARE] > 0.5) == (name == "bar")


def test_there_are_four_images_that_nobody_can_change() -> None:
    assert list(QUIZ) == list(SUMS)
    for image in QUIZ.values():
        assert (image.shape, image.dtype) == ((28, 28), np.float32)
        with pytest.raises(ValueError, match="read-only"):
            image[0, 0] = 1


def test_the_spare_neuron_is_empty_and_the_outputs_say_nothing() -> None:
    network = sandbox()
    assert network.sizes == (784, 3, 10)
    assert not network.layers[0].weights[SPARE].any()
    assert network.layers[0].biases[SPARE] == 0
    for image in QUIZ.values():
        outputs = network(image.ravel())
        assert outputs.max() < 0.05
        assert (outputs == outputs[0]).all()


def test_the_examples_are_another_detector_and_one_of_any_ink() -> None:
    upright = QUIZ["bar"].T.ravel()
    trace = sandbox().trace(np.stack([upright, *(image.ravel() for image in QUIZ.values())]))
    assert (trace.a[0][:, 0] > 0.5).tolist() == [True, False, False, False, False]
    assert (trace.a[0][1:, 1] > 0.5).tolist() == [True, True, False, True]
