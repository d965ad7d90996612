"""Frames say what has changed, as the table in `explorer.transport.frames` has it."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.transport.frames import Changes, encode
from support.frames import decode


def test_a_frame_tells_what_has_changed_and_how_many_messages_were_answered() -> None:
    changes = Changes(np.array([0.25, 1.0, -3.5]))
    changes.change_component("page.0", {"marked": 7, "held": None})
    changes.change_source("winner", {"x": np.array([1.5])})
    told = decode(encode(changes, 300))
    assert told.answered == 300
    assert told.activations.tolist() == [0.25, 1.0, -3.5]
    assert told.components == {"page.0": {"marked": 7, "held": None}}
    assert told.sources == {"winner": {"x": [1.5]}}


def test_what_changes_twice_is_told_once_as_it_is_at_last() -> None:
    changes = Changes()
    changes.change_component("page.0", {"a": 1, "b": 1})
    changes.change_component("page.0", {"a": 2})
    assert decode(encode(changes, 1)).components == {"page.0": {"a": 2, "b": 1}}


def test_many_numbers_travel_as_32_bits_each() -> None:
    numbers = np.linspace(-1, 1, 1000)
    changes = Changes()
    changes.change_component("page.0", {"weights": numbers})
    frame = encode(changes, 1)
    found = decode(frame).components["page.0"]["weights"]
    np.testing.assert_array_equal(found, numbers.astype(np.float32))
    assert len(frame) < 6000


@pytest.mark.parametrize("value", [float("nan"), object()])
def test_what_no_page_can_be_told_is_an_error_here(value: object) -> None:
    changes = Changes()
    changes.change_component("page.0", {"a": value})
    with pytest.raises((TypeError, ValueError)):
        encode(changes, 1)
