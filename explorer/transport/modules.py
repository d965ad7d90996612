"""Modules of the repository, put together in one text in which a browser runs each of them once.

This understands what the scripts use and refuses anything else: `import {a, b} from "./path.js"`
and `export` in front of a function, a class or a constant, at the start of a line; and texts that
end in the line in which they begin, so that what looks like a line of comment is one. Each module
becomes a function that is run once and returns what it exports. A file of JSON is a module that
exports its `content`, of which what no script names stays in the repository, like lines of comment
and indentation: together they would be a quarter of the page's scripts, compressed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from explorer.texts import catalogue_of
from explorer.texts.languages import ENGLISH, catalogue_file

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]*)"$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
#: What scripts may ask a file of JSON for: whatever stands between two quotes, or behind a point.
_NAMED = re.compile(r'(?<=")[^"\s]+(?=")|(?<=\bcontent\.)\w+')
_INDENTATION = re.compile(r"^\s+", re.MULTILINE)  # and empty lines
_FOLDER = Path(__file__).parents[1]
#: What scripts import as their texts.
_CATALOGUE = catalogue_file(ENGLISH)


class ScriptError(Exception):
    """A script imports or exports in a way that cannot be put together, or in a circle."""


def in_order(scripts: Iterable[Path]) -> list[Path]:
    """These modules and all that they import, each after those that it imports itself.

    Raises:
        ScriptError: two modules import each other.
    """
    done: dict[Path, bool] = {}
    for script in scripts:
        _visit(script.resolve(), done)
    return list(done)


def _visit(script: Path, done: dict[Path, bool]) -> None:
    if done.get(script) is False:
        raise ScriptError(f"{script.name} is imported by a module that it imports")
    if script in done:
        return
    done[script] = False
    for path in imported(script):
        _visit(path, done)
    del done[script]  # to stand behind what it imports
    done[script] = True


def imported(script: Path) -> list[Path]:
    """The modules that one names itself."""
    return [(script.parent / path).resolve() for _, path in _IMPORT.findall(_read(script))]


def put_together(scripts: Iterable[Path]) -> tuple[str, dict[Path, str]]:
    """These modules and all that they import in one text, and what each is called in it.

    Raises:
        ScriptError: a module is written otherwise than is understood here.
    """
    modules = in_order(scripts)
    names = {module: f"module_{number}" for number, module in enumerate(modules)}
    return written(modules, names), names


def written(modules: Collection[Path], names: dict[Path, str], language: str = ENGLISH) -> str:
    """Modules as a text in which each is called by its name, as those are that they import.

    In another language than English the catalogue of that one stands in the place of the English.

    Raises:
        ScriptError: a module is written otherwise than is understood here.
    """
    return "".join(_wrapped(module, names, language) for module in modules)


def _wrapped(module: Path, names: dict[Path, str], language: str) -> str:
    """A module as a function that is run at once and returns what the module exports."""

    def taken(match: re.Match[str]) -> str:
        return f"const {{{match[1]}}} = {names[(module.parent / match[2]).resolve()]}"

    is_content = module.suffix == ".json"
    text = _content(module, names, language) if is_content else _read(module)
    exports = ", ".join(_EXPORT.findall(text))
    code = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub(taken, text)))
    body = _INDENTATION.sub("", code)
    if (line := _not_understood(body)) is not None:
        raise ScriptError(f"{module.name}: {line}")
    name = f"// {title(module)}\nconst {names[module]}"
    return f"{name} = (() => {{\n{body}\nreturn {{{exports}}}\n}})()\n\n"


def _content(file: Path, modules: Collection[Path], language: str) -> str:
    """A module that exports the entries of a file which one of these modules names."""
    named = frozenset[str]().union(*(_named_in(module) for module in modules if module != file))
    every = catalogue_of(language) if file == _CATALOGUE else _entries(file)
    entries = {name: entry for name, entry in every.items() if name in named}
    return f"export const content = {json.dumps(entries, ensure_ascii=False)}"


@cache
def _named_in(module: Path) -> frozenset[str]:
    return frozenset(_NAMED.findall(_read(module)))


@cache
def _entries(file: Path) -> dict[str, Any]:
    entries: dict[str, Any] = json.loads(_read(file))
    return entries


def _not_understood(body: str) -> str | None:
    """A line that imports or exports otherwise, or begins a text that goes on in the next."""
    if other := _OTHER.search(body):
        return other[0]
    return next((line for line in body.splitlines() if line.count("`") % 2), None)


def title(module: Path) -> str:
    """What a module is called among people: its path below `explorer/`."""
    is_ours = module.is_relative_to(_FOLDER)
    return module.relative_to(_FOLDER).as_posix() if is_ours else module.name


@cache
def _read(script: Path) -> str:
    return script.read_text(encoding="utf-8")
