"""What a training is told to be in words, and how two runs differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.nn.network import Network
from core.training.own_examples import OwnExamples
from core.training.pipeline import initial_network
from core.training.recipes import RECIPES
from explorer.training.data_words import data_words
from explorer.training.run_difference import difference_words
from explorer.training.run_state import RunState
from explorer.training.words import clock

LESSON = RECIPES["lesson"]
START = Network(initial_network(LESSON, 4).layers, {"title": "Mine"})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "A and B have the same settings."),
        ({"title": "Another"}, "A and B have the same settings."),
        ({"learning_rate": 30.0}, "From A to B: Learning rate 3 → 30"),
        ({"activation": "relu"}, "From A to B: Activation sigmoid → ReLU"),
        (
            {"hidden": (8,), "batch_size": 20, "seed": 7},
            "From A to B: Hidden layers 16, 16 → 8 · Mini-batch size 10 → 20 · Seed 0 → 7",
        ),
        (
            {"hidden": (8,), "batch_size": 20, "seed": 7, "epochs": 2},
            "From A to B: 4 other settings.",
        ),
    ],
    ids=str,
)
def test_what_differs_is_named_as_long_as_it_is_little(changes: dict[str, Any], said: str) -> None:
    second = RunState(replace(LESSON, **changes))
    assert difference_words(RunState(LESSON), second) == said


def test_another_start_differs_as_well() -> None:
    further = RunState(LESSON)
    further.param.update(start=START, start_name="own-1")
    said = "From A to B: Begin with random weights → Mine"
    assert difference_words(RunState(LESSON), further) == said


def test_own_drawings_among_the_data_differ_as_well() -> None:
    taught = RunState(LESSON)
    taught.own = OwnExamples(bytes(784), bytes([7]), 10)
    said = difference_words(RunState(LESSON), taught)
    assert said == f"From A to B: Data MNIST → {data_words(taught)}"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0:00"), (29, "0:29"), (66, "1:05"), (128, "2:10"), (3_570, "60:00")],
)
def test_a_duration_is_minutes_and_seconds(seconds: float, said: str) -> None:
    assert clock(seconds) == said
