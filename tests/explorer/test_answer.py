"""What a network says: the largest output, from its threshold on; nothing to a blank pad."""

from __future__ import annotations

import numpy as np
import pytest

from core import Network
from core.nn.activations import ACTIVATIONS
from explorer.state.answer import Answer, answer_of

NETWORK = Network.random((784, 4, 10), seed=0)  # its card names no threshold, so that is a half
INK = np.ones(784, np.float32)


@pytest.mark.parametrize(("output", "sure"), [(0.49, False), (0.5, True), (0.51, True)])
def test_an_answer_counts_from_the_threshold_on(output: float, sure: bool) -> None:
    outputs = np.full(10, 0.1, np.float32)
    outputs[7] = output
    assert answer_of(NETWORK, INK, outputs) == Answer(7, sure)


def test_a_blank_pad_has_no_answer() -> None:
    assert answer_of(NETWORK, 0 * INK, np.ones(10, np.float32)) == Answer(None, False)


def with_outputs(function: str, **card: object) -> Network:
    random = Network.random((784, 4, 3), seed=0, output=ACTIVATIONS[function])
    return Network(random.layers, card)


@pytest.mark.parametrize(("ahead", "sure"), [(0.6, False), (0.75, True), (90.0, True)])
@pytest.mark.parametrize("level", [-40.0, 0.0, 300.0])
def test_outputs_without_a_bound_count_by_their_softmax(
    level: float, ahead: float, sure: bool
) -> None:
    """With two others, e^x is to be 2 or more: from x = ln 2 on."""
    outputs = np.array([level, level + ahead, level], np.float32)
    assert answer_of(with_outputs("identity"), INK, outputs) == Answer(1, sure)


def test_a_threshold_on_the_card_is_one_of_the_outputs() -> None:
    outputs = np.array([2.9, 3.1, 2.9], np.float32)
    assert answer_of(with_outputs("relu", threshold=0.9), INK, outputs).sure
    assert not answer_of(with_outputs("relu"), INK, outputs).sure
