"""A network that is not sure says so, at the brightness its card asks for."""

import numpy as np
import pytest

from core import Layer, Network
from core.activations import identity
from core.doubt import DEFAULT, rejected, sure, threshold


def mirror(**card: object) -> Network:
    """A network whose two outputs are its two inputs."""
    return Network([Layer(np.eye(2, dtype=np.float32), np.zeros(2), identity)], card)


IMAGES = np.column_stack((np.linspace(0, 1, 101), np.zeros(101))).astype(np.float32)


def test_the_threshold_doubts_the_share_that_was_asked_for() -> None:
    least = threshold(mirror(), IMAGES, 0.03)
    assert least == pytest.approx(0.03)
    assert rejected(mirror(sure=least + 0.001), IMAGES) == pytest.approx(4 / 101)


@pytest.mark.parametrize("card", [{}, {"sure": "much"}, {"sure": 7}])
def test_a_card_without_a_usable_threshold_means_a_half(card: dict[str, object]) -> None:
    assert sure(mirror(**card)) == DEFAULT
    assert rejected(mirror(**card), IMAGES) == pytest.approx(50 / 101)
