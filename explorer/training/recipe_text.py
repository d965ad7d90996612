"""A recipe as a short text, which a class shares and a tab keeps: all that a page lets one set."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from core.training.recipes import RECIPES, Recipe
from explorer.training.fields import FIELDS
from explorer.training.limits import check_recipe

#: The longest text of a recipe, in characters.
LONGEST_RECIPE: Final = 1_000


class NoRecipeError(ValueError):
    """A text is no recipe that can be trained in a page."""


def recipe_text(recipe: Recipe) -> str:
    """The recipe for `recipe_of`; what no page lets one set of it is left out."""
    values = {name: getattr(recipe, name) for name in FIELDS}
    return json.dumps({"recipe": recipe.recipe, **values}, separators=(",", ":"))


@lru_cache(maxsize=4)
def recipe_of(text: str) -> Recipe:
    """The recipe that `recipe_text` wrote.

    Raises:
        NoRecipeError: the text is no such recipe, or none that can be trained in a page.
    """
    if len(text) > LONGEST_RECIPE:
        raise NoRecipeError("a recipe is shorter")
    try:
        recipe = _recipe(json.loads(text))
        check_recipe(recipe)
    except (ValueError, RecursionError) as error:
        raise NoRecipeError(str(error)) from None
    return recipe


def _recipe(values: Any) -> Recipe:
    if not isinstance(values, dict) or values.keys() != {"recipe", *FIELDS}:
        raise NoRecipeError("a recipe has a value for each field, and no other")
    name = values["recipe"]
    if not isinstance(name, str) or name not in RECIPES:
        raise NoRecipeError(f"there is no recipe {name!r:.40}")
    return replace(RECIPES[name], **{each: _checked(each, values[each]) for each in FIELDS})


def _checked(name: str, value: Any) -> Any:
    """A value of a field; JSON knows lists alone where a recipe has tuples."""
    value = tuple(value) if isinstance(value, list) else value
    if not FIELDS[name].kind.holds(value):
        raise NoRecipeError(f"{name} cannot be {value!r:.40}")
    return value
