"""The page's scripts: modules in the repository, one file in the browser.

The script of a component is a module that imports what it shares with others from
`explorer/browser/`. A browser could load them as they are, but a page would make forty requests
in three rounds; and a notebook has no server of ours to ask, so that Panel hands it the script of
each component as a text, which has no address to import anything from. Therefore the modules are
put together here, once for a process:

- where the server offers `ROUTE`, all components as one file, which a browser keeps for good;
- elsewhere (a notebook, a saved page, `panel serve` without the plugin) each component as a text
  of its own, together with what it imports.

Putting together understands what the scripts use and refuses anything else: `import {a, b} from
"./path.js"` and `export` in front of a function, a class or a constant, at the start of a line.
Each module becomes a function that is run once and returns what it exports. A file of JSON is a
module that exports its `content`.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

#: The path of the file, with its version.
ROUTE = r"/scripts/([0-9a-f]{16})\.js"

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]*)"$', re.MULTILINE)
_SHEET = re.compile(r'^@import "(\.[^"]*)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_FOLDER = Path(__file__).parents[1]
#: What connects every component with its page's link.
_LINK = _FOLDER / "transport" / "link.js"

#: Name and script of each kind of component that this process knows, and the kinds.
_components: dict[str, Path] = {}
_kinds: set[type[Any]] = set()
_offered: list[str] = []


class ScriptError(Exception):
    """A script imports or exports in a way that cannot be put together, or in a circle."""


def register(component: type[Any], script: Path) -> None:
    """Let a component have this script, and be in the file that all pages share."""
    _components[component.__name__] = script
    _kinds.add(component)
    component._esm = _loader(component.__name__) if _offered else single_script(component.__name__)


def _loader(component: str) -> str:
    """A script that loads the file of all, and takes one component from it."""
    return (
        f'const all = await import(new URL("{address_of_all()}", document.baseURI).href)\n'
        f"export default all.default.{component}\n"
    )


def address_of_all() -> str:
    """Where the file of all is, seen from a page; it changes with every change of a script."""
    return f"scripts/{version_of_scripts()}.js"


def all_scripts() -> str:
    """All components that are known, in one text that exports them by their names."""
    return _exporting_all(tuple(sorted(_components.items())))


@cache
def _exporting_all(components: tuple[tuple[str, Path], ...]) -> str:
    text, names = put_together((_LINK, *(script for _, script in components)))
    exported = ", ".join(f"{name}: {_linked(script, names)}" for name, script in components)
    return f"{text}export default {{{exported}}}\n"


def single_script(component: str) -> str:
    """One component, and all that it imports, in a text that exports the component."""
    script = _components[component]
    text, names = put_together((_LINK, script))
    return f"{text}export default {_linked(script, names)}\n"


def _linked(script: Path, names: dict[Path, str]) -> str:
    """A component with its style, and its messages on the page's link."""
    return f"{names[_LINK]}.linked({names[script.resolve()]}, {_style(script)})"


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
    for _, path in _IMPORT.findall(_read(script)):
        _visit((script.parent / path).resolve(), done)
    del done[script]  # to stand behind what it imports
    done[script] = True


@cache
def put_together(scripts: tuple[Path, ...]) -> tuple[str, dict[Path, str]]:
    """These modules and all that they import in one text, and what each is called in it.

    Raises:
        ScriptError: a module is written otherwise than is understood here.
    """
    modules = in_order(scripts)
    names = {module: f"module_{number}" for number, module in enumerate(modules)}
    return "".join(_wrapped(module, names) for module in modules), names


def _wrapped(module: Path, names: dict[Path, str]) -> str:
    """A module as a function that is run at once and returns what the module exports."""

    def imported(match: re.Match[str]) -> str:
        return f"const {{{match[1]}}} = {names[(module.parent / match[2]).resolve()]}"

    text = _read(module)
    exports = ", ".join(_EXPORT.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(imported, text))
    if other := _OTHER.search(body):
        raise ScriptError(f"{module.name}: {other[0]}")
    title = module.relative_to(_FOLDER) if module.is_relative_to(_FOLDER) else module.name
    return f"// {title}\nconst {names[module]} = (() => {{\n{body}\nreturn {{{exports}}}\n}})()\n\n"


def _style(script: Path) -> str:
    """The style sheet beside a script as a text in a script; empty if there is none."""
    sheet = script.with_suffix(".css")
    return json.dumps(_with_imports(sheet) if sheet.exists() else "")


def _with_imports(sheet: Path) -> str:
    """A style sheet with those that it imports in their places: a shadow root could fetch none."""
    return _SHEET.sub(lambda match: _read(sheet.parent / match[1]), _read(sheet))


@cache
def _read(script: Path) -> str:
    text = script.read_text(encoding="utf-8")
    return f"export const content = {text}" if script.suffix == ".json" else text


def packed_scripts() -> bytes:
    """All components that are known, compressed."""
    return _packed(all_scripts())


def version_of_scripts() -> str:
    """What stands in the address of the file."""
    return _version(all_scripts())


@cache
def _version(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


@cache
def _packed(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


def offer_scripts() -> None:
    """From now on pages count on the route of the file."""
    _offered.append(ROUTE)
    for component in _kinds:
        component._esm = _loader(component.__name__)
