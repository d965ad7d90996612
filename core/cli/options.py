"""The options that the commands share which train: one for each setting of a recipe.

None has a default of its own: what is not given comes from the recipe that is named.
"""

import argparse
from collections.abc import Callable, Collection
from dataclasses import replace
from reprlib import repr as shortened
from typing import Any, Final

from core.training.recipes import RECIPES, Recipe, settings
from core.training.settings import Choice, Kind, Setting, Several

_FORMER_NAMES: Final = {
    "dataset": "learn",
    "synthetic": "composed",
    "negative_weight": "nonsense",
    "distill": "trust",
    "init_std": "spread",
    "loss": "cost",
    "optimizer": "optimiser",
    "learning_rate": "rate",
    "weight_decay": "decay",
    "batch_size": "batch",
    "reject_rate": "doubted",
}
"""Names that the commands on older model cards have for settings; they go on working."""

_METAVARS: Final = {"title": "TITLE", "hold_out": "NAME"}


def add_recipe(parser: argparse.ArgumentParser, usual: str, without: Collection[str] = ()) -> None:
    """Add everything that decides how a network is trained, ``without`` some settings."""
    parser.add_argument(
        "--recipe",
        choices=RECIPES,
        default=usual,
        help="a set of choices, each of which an option below changes. lesson: as in the lesson; "
        "people: MNIST and pen strokes in many styles, and negatives; untrained: a random start; "
        "plain: as the options below say (default: %(default)s)",
    )
    groups: dict[str, argparse._ArgumentGroup] = {}
    for name, setting in settings().items():
        if name in without:
            continue
        if setting.group not in groups:
            groups[setting.group] = parser.add_argument_group(setting.group)
        _add(groups[setting.group], name, setting)


def recipe_of(options: argparse.Namespace) -> Recipe:
    """The recipe that was named, with whatever else was given. Raises ``RecipeError``."""
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in vars(options).items()
        if name in settings() and value is not None
    }
    return replace(RECIPES[options.recipe], **given)


def _add(group: "argparse._ArgumentGroup", name: str, setting: Setting) -> None:
    how = _argument(setting.kind) | {"dest": name}
    if "choices" not in how:
        how["metavar"] = _METAVARS.get(name, "N")
    group.add_argument(_option(name), help=setting.doc + _default(name), **how)
    if name in _FORMER_NAMES:
        former = _option(_FORMER_NAMES[name])
        group.add_argument(former, help=argparse.SUPPRESS, default=argparse.SUPPRESS, **how)


def _argument(kind: Kind) -> dict[str, Any]:
    if isinstance(kind, Several):
        return {"type": reader(kind.kind), "nargs": "+" if kind.least else "*"}
    if isinstance(kind, Choice):
        return {"choices": kind.names}
    return {"type": reader(kind)}


def reader(kind: Kind) -> Callable[[str], Any]:
    """A function that reads values of a kind, for the ``type`` of an argument.

    For a text that is none it raises ``ArgumentTypeError``, with what is wrong in words.
    """

    def read(text: str) -> Any:
        try:
            value = kind.read(text)
        except ValueError:
            value = None
        if not kind.holds(value):
            raise argparse.ArgumentTypeError(f"{shortened(text)} is not {kind}")
        return value

    return read


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _default(name: str) -> str:
    """What the setting is if nothing is given, by the recipe."""
    usual = _words(getattr(RECIPES["plain"], name))
    others = [
        f"{_words(getattr(recipe, name))} for {key}"
        for key, recipe in RECIPES.items()
        if getattr(recipe, name) != getattr(RECIPES["plain"], name)
    ]
    return f" (default: {', '.join([usual, *others])})".replace("%", "%%")


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
