"""A recipe as a text: what a class shares comes back the same, and what is none is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from core.training.recipes import RECIPES
from explorer.training.recipe_text import LONGEST_RECIPE, NoRecipeError, recipe_of, recipe_text
from explorer.training.starting_points import STARTING_POINTS

LESSON = json.loads(recipe_text(RECIPES["lesson"]))


@pytest.mark.parametrize("name", STARTING_POINTS)
def test_what_a_page_lets_one_set_comes_back(name: str) -> None:
    recipe = replace(STARTING_POINTS[name], hidden=(128, 7, 1), seed=999_999_999)
    assert recipe_of(recipe_text(recipe)) == recipe
    assert len(recipe_text(recipe)) < LONGEST_RECIPE


def test_what_no_page_lets_one_set_stays_as_it_is_in_the_recipe_that_it_began_as() -> None:
    assert recipe_of(recipe_text(replace(RECIPES["lesson"], images=10))) == RECIPES["lesson"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "garbage",
        "[]",
        "[" * 900,
        "{}",
        "x" * 10**6,
        json.dumps({name: value for name, value in LESSON.items() if name != "seed"}),
        json.dumps(LESSON | {"teacher": [10]}),
    ],
    ids=lambda text: text[:20],
)
def test_a_text_that_is_no_recipe_is_refused(text: str) -> None:
    with pytest.raises(NoRecipeError):
        recipe_of(text)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("recipe", "people"),
        ("recipe", ["lesson"]),
        ("hidden", [10**6] * 16),
        ("hidden", "16"),
        ("activation", "softmax"),
        ("dataset", "people"),
        ("learning_rate", float("nan")),
        ("learning_rate", float("inf")),
        ("learning_rate", "3"),
        ("epochs", 10**6),
        ("batch_size", True),
        ("seed", -1),
    ],
)
def test_a_recipe_that_no_page_trains_is_refused(name: str, value: Any) -> None:
    with pytest.raises(NoRecipeError):
        recipe_of(json.dumps(LESSON | {name: value}))
