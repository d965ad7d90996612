"""The folder of a study: each result is written as soon as it is there, and found again later.

``study.json`` says what is studied. ``16-16-seed-0.npz`` is a network as ``train`` writes it, and
``16-16-seed-0.json`` its result, which is written after it: where there is a result, its network
is whole.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from sys import float_info
from typing import Any, Final

from core.errors import InputError
from core.files import read_regular, write_content
from core.training.recipes import Recipe
from core.training.study import Result, Study, architecture

FORMAT: Final = "neuron-explorer study"
VERSION: Final = 1

_PLAN: Final = "study.json"
_LARGEST_FILE: Final = 2**20
_NOT_JSON = (ValueError, TypeError, KeyError, RecursionError)


class StudyError(InputError):
    """A folder cannot hold a study, or holds another; the sentence names it."""


class StudyFolder:
    """The results of one study in the folder ``path``, which is made if it is missing.

    Files that belong to no study are left alone. Raises ``StudyError`` for a folder that cannot be
    written, that holds another study, or that holds other files and no study.
    """

    def __init__(self, path: Path, study: Study) -> None:
        self.path = path
        self.study = study
        plan = _plan(study)
        if self._is_new():
            self._write(_PLAN, _as_json(plan))
        elif differing := _differing(self._plan_found(), plan):
            raise StudyError(
                f"The folder {path} holds another study, which differs in {', '.join(differing)}; "
                "give the same options to go on with it, or choose another folder."
            )

    @property
    def missing(self) -> tuple[Recipe, ...]:
        """The recipes of the networks that are still to be trained, in the study's order."""
        return tuple(each for each in self.study.recipes if not self._path(each).exists())

    def results(self) -> tuple[Result, ...]:
        """All results so far, in the study's order. ``StudyError`` names one that is damaged."""
        there = (each for each in self.study.recipes if self._path(each).exists())
        return tuple(map(self._result, there))

    def add(self, result: Result, network: bytes) -> None:
        """Keep a result and, unless it is empty, the content of its network's file."""
        name = _name(result.hidden, result.seed)
        if network:
            self._write(f"{name}.npz", network)
        self._write(f"{name}.json", _as_json(asdict(result)))

    def _is_new(self) -> bool:
        """Whether the folder holds nothing yet; it is made if need be."""
        try:
            self.path.mkdir(exist_ok=True)
            names = {each.name for each in self.path.iterdir()}
        except OSError as error:
            raise StudyError(
                f"Cannot use the folder {self.path}: {error.strerror or error}."
            ) from error
        if _PLAN in names:
            return False
        if any(not name.startswith(".") for name in names):  # such as of a start that was killed
            raise StudyError(
                f"The folder {self.path} holds files, but no study; choose an empty or a new one."
            )
        return True

    def _plan_found(self) -> dict[str, Any]:
        path = self.path / _PLAN
        content = _read(path)
        with suppress(*_NOT_JSON):
            plan = json.loads(content)
            if (plan["format"], plan["version"]) == (FORMAT, VERSION):
                return dict(plan)
        raise StudyError(f"{path} is damaged, or no study of this version; choose another folder.")

    def _result(self, recipe: Recipe) -> Result:
        path = self._path(recipe)
        content = _read(path)
        with suppress(*_NOT_JSON):
            result = _parsed(json.loads(content))
            if _belongs(result, recipe):
                return result
        raise StudyError(
            f"{path} is damaged, or no result of this study; delete it, and its network is "
            "trained again."
        )

    def _path(self, recipe: Recipe) -> Path:
        return self.path / f"{_name(recipe.hidden, recipe.seed)}.json"

    def _write(self, name: str, content: bytes) -> None:
        write_content(self.path / name, content, StudyError)


def _plan(study: Study) -> dict[str, Any]:
    """All that is chosen, by the names of the options that choose it, as JSON holds it."""
    choices = asdict(study.recipe) | {
        "hidden": study.widths,
        "layers": study.depths,
        "seeds": study.n_seeds,
    }
    plan: dict[str, Any] = json.loads(_as_json({"format": FORMAT, "version": VERSION, **choices}))
    return plan


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [name for name in {**other, **one} if one.get(name) != other.get(name)]


def _name(hidden: tuple[int, ...], seed: int) -> str:
    return f"{architecture(hidden)}-seed-{seed}"


def _as_json(values: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(values, indent=2)}\n".encode()


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, _LARGEST_FILE)
    except OSError as error:
        raise StudyError(f"Cannot read {path}: {error.strerror or error}.") from error


def _parsed(found: dict[str, Any]) -> Result:
    return Result(**{**found, "hidden": tuple(found["hidden"])})


def _belongs(result: Result, recipe: Recipe) -> bool:
    """Whether a result can be that of a recipe."""
    of_recipe = (recipe.hidden, recipe.seed, recipe.n_parameters)
    if (result.hidden, result.seed, result.n_parameters) != of_recipe:
        return False
    if not _is_number(result.seconds, float_info.max) or not isinstance(result.failure, str):
        return False
    return bool(result.failure) if result.accuracy is None else _is_number(result.accuracy, 1)


def _is_number(value: object, most: float) -> bool:
    return type(value) in (int, float) and 0 <= value <= most  # type: ignore[operator]
