"""The curves on a model card: few points that tell the whole training, and are what it was."""

import numpy as np
import pytest

from core import Network
from core.training.card_curves import card_curves

LAYERS = Network.random((3, 2), seed=0).layers


@pytest.mark.parametrize("steps", [0, 1, 99, 100, 101, 12_345])
def test_they_span_the_training_in_at_most_100_points(steps: int) -> None:
    losses = np.linspace(1, 0.1, steps)
    curves = card_curves(losses, [0.5] * (steps // 10))
    assert len(curves["step"]) == min(steps, 100)
    assert curves["step"][-1:] == [steps][: min(steps, 1)]
    assert curves["epoch"][-1:] == [steps // 10][: min(steps // 10, 1)]
    assert Network(LAYERS, {"curves": curves}).card["curves"] == curves


def test_a_point_is_the_mean_of_the_steps_up_to_it() -> None:
    losses = np.arange(1_000.0)
    curves = card_curves(losses, [])
    assert curves["step"][:2] == [10, 20]
    assert curves["loss"][:2] == [4.5, 14.5]


def test_each_accuracy_is_that_of_its_epoch() -> None:
    accuracies = [epoch / 1_000 for epoch in range(1, 251)]
    curves = card_curves([], accuracies)
    assert curves["accuracy"] == [epoch / 1_000 for epoch in curves["epoch"]]
    assert curves["epoch"][-1] == 250


def test_a_loss_beyond_all_numbers_is_left_out() -> None:
    curves = card_curves([0.5, np.inf, np.nan, 0.25], [])
    assert curves["step"] == [1, 4]
    assert curves["loss"] == [0.5, 0.25]
