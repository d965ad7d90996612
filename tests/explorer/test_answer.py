"""What a network says: the largest output, from its threshold on; nothing to a blank pad."""

from __future__ import annotations

import numpy as np
import pytest

from core import Network
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
