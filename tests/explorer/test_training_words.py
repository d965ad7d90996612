"""How a run differs from the one before it, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.training.recipes import RECIPES
from explorer.training.words import clock, difference_words

LESSON = RECIPES["lesson"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Dotted: the run before, with the same settings."),
        ({"learning_rate": 30.0}, "Dotted: the run before · Learning rate 3 → 30"),
        ({"activation": "relu"}, "Dotted: the run before · Activation sigmoid → ReLU"),
        (
            {"hidden": (8,), "batch_size": 20, "seed": 7},
            "Dotted: the run before · Hidden layers 16, 16 → 8 · Mini-batch size 10 → 20"
            " · Seed 0 → 7",
        ),
        (
            {"hidden": (8,), "batch_size": 20, "seed": 7, "epochs": 2},
            "Dotted: the run before, with 4 other settings.",
        ),
    ],
    ids=str,
)
def test_what_differs_is_named_as_long_as_it_is_little(changes: dict[str, Any], said: str) -> None:
    assert difference_words(LESSON, replace(LESSON, **changes)) == said


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "0:00"), (65, "1:05"), (3600, "60:00")])
def test_a_duration_is_minutes_and_seconds(seconds: float, said: str) -> None:
    assert clock(seconds) == said
