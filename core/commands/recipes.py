"""Recipes: named sets of choices for ``python -m core train``."""

import argparse
import shlex
from types import MappingProxyType
from typing import Any, Final

_NOT_IN_COMMANDS: Final = {"run", "output"}

PLAIN: Final = MappingProxyType(
    {
        "title": "My network",
        "learn": "mnist",
        "lens": "off",
        "images": None,
        "rounds": 4,
        "composed": 90_000,
        "nonsense": 4.0,
        "hold_out": (),
        "teacher": (),
        "trust": 0.7,
        "hidden": (16, 16),
        "activation": "sigmoid",
        "output_activation": "sigmoid",
        "spread": None,
        "cost": "quadratic",
        "optimiser": "sgd",
        "schedule": "constant",
        "rate": 3.0,
        "decay": 0.0,
        "batch": 10,
        "epochs": 30,
        "seed": 0,
        "seeds": 1,
        "doubted": 0.02,
    }
)

_PEOPLE: Final = {
    "title": "Reads people's digits",
    "learn": "people",
    "lens": "on",
    "teacher": (256, 128),
    "cost": "digit-or-none",
    "optimiser": "adam",
    "schedule": "one-cycle",
    "rate": 0.01,
    "decay": 0.02,
    "batch": 200,
    "epochs": 200,
    "seeds": 3,
    "doubted": 0.025,
}

TEACHER: Final = MappingProxyType(
    {"activation": "relu", "rate": 0.002, "decay": 0.05, "batch": 200, "epochs": 12}
)
"""How a teacher is trained, where it differs from its pupil."""

RECIPES: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "lesson": {"title": "The lesson's recipe", "spread": 1.0},
    "people": _PEOPLE,
    "untrained": {"title": "Untrained", "learn": "nothing", "spread": 1.0},
}
"""What each recipe chooses; the rest is as in ``PLAIN``."""


def complete(options: argparse.Namespace) -> argparse.Namespace:
    """The options with whatever was not given filled in from the recipe."""
    given = {name: value for name, value in vars(options).items() if value is not None}
    recipe = given.pop("recipe", "plain")
    return argparse.Namespace(**{**PLAIN, **RECIPES[recipe], **given, "recipe": recipe})


def command(options: argparse.Namespace) -> str:
    """The command that repeats this training, every choice spelled out but the recipe's title."""
    words = ["python", "-m", "core", "train"]
    own_title = RECIPES[options.recipe].get("title", PLAIN["title"])
    for name, value in vars(options).items():
        if name in _NOT_IN_COMMANDS or value is None or value == ():
            continue
        if name == "title" and value == own_title:
            continue
        values = value if isinstance(value, list | tuple) else (value,)
        words += [f"--{name.replace('_', '-')}", *map(str, values)]
    return shlex.join(words)
