"""The page's scripts: modules in the repository, a few files in the browser.

The script of a component is a module that imports what it shares with others from
`explorer/browser/`. A browser could load them as they are, but a page would make forty requests
in three rounds; and a notebook has no server of ours to ask, so that Panel hands it the script of
each component as a text, which has no address to import anything from. Therefore the modules are
put together (`explorer.transport.modules`), once for a process:

- where the server offers `ROUTE`, as bundles, which a browser keeps for good. A component names
  its own (`LiveComponent.bundle`). Most are in the page's, which every page loads at first; what
  only some places need is in another, which is loaded when its first component is shown;
- elsewhere (a notebook, a saved page, `panel serve` without the plugin) each component as a text
  of its own, together with what it imports.

Each bundle is there in each language, with the texts that scripts name in the page's; a document
says by its own language which one it wants. They are put together when somebody asks for them.

A module is in one bundle alone, so that its state is there once: in the page's if that or more
than one other needs it. The others take it from there, by its path.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from explorer.texts.languages import ENGLISH, catalogue_file, offered_languages
from explorer.transport.modules import imported, in_order, put_together, title, written

#: The path of a bundle, with its name, language and version.
ROUTE = r"/scripts/([a-z]+-[a-z]{2}-[0-9a-f]{16})\.js"

#: The bundle that every page loads.
PAGE = "page"

#: The language of the document that asks, as a script says it.
_LANGUAGE = "${document.documentElement.lang.slice(0, 2)}"

#: What a browser needs nothing of in a style sheet: comments, indentation, empty lines.
_FOR_READERS = re.compile(r"/\*.*?\*/\s*|^\s+", re.MULTILINE | re.DOTALL)
_SHEET = re.compile(r'^@import "(\.[^"]*)";$', re.MULTILINE)
#: What connects every component with its page's link.
_LINK = Path(__file__).with_name("link.js")
#: A style sheet that every component has which has one.
_EVERY = Path(__file__).parents[1] / "browser" / "every.css"
#: What loads the other bundles.
_BUNDLE = Path(__file__).with_name("bundle.js")

#: By bundle: its components' scripts, by their names. And the kinds of components by their names.
_bundles: dict[str, dict[str, Path]] = {PAGE: {}}
_kinds: dict[str, type[Any]] = {}
_offered: list[str] = []


def register(component: type[Any], script: Path, bundle: str = PAGE) -> None:
    """Let a component have this script, and be in this bundle, whose name is of small letters."""
    name = component.__name__
    _bundles.setdefault(bundle, {})[name] = script
    _kinds[name] = component
    component._esm = _loader(name, bundle) if _offered else single_script(name)


def offer_scripts() -> None:
    """From now on pages count on the route of the bundles."""
    _offered.append(ROUTE)
    for bundle, scripts in _bundles.items():
        for name in scripts:
            _kinds[name]._esm = _loader(name, bundle)


def _loader(component: str, bundle: str) -> str:
    """A script that loads a bundle, and takes one component from it."""
    page = f"const page = await {_import(PAGE)}\n"
    if bundle == PAGE:
        return f"{page}export default page.default.{component}\n"
    load = f'page.modules["{title(_BUNDLE)}"].componentOf'
    return f'{page}export default await {load}(() => {_import(bundle)}, "{component}")\n'


def _import(bundle: str) -> str:
    address = address_of(bundle, _LANGUAGE)
    return f"import(new URL(`{address}`, document.baseURI).href)"


def address_of(bundle: str, language: str) -> str:
    """Where a bundle is, seen from a page; it changes with every change of a script or a text."""
    return f"scripts/{named(bundle, language)}.js"


def named(bundle: str, language: str) -> str:
    """The name of a bundle in its address, with its version, which is the same in all languages.

    Raises:
        KeyError: there is no bundle of this name.
    """
    return _named(bundle, language, script_of(bundle, ENGLISH))


def _named(bundle: str, language: str, in_english: str) -> str:
    return f"{bundle}-{language}-{_version(_version(in_english) + _version_of_texts())}"


def script_of(bundle: str, language: str) -> str:
    """All components of a bundle that are known, in one text that exports them by their names.

    Raises:
        KeyError: there is no bundle of this name.
    """
    known = ((name, tuple(sorted(scripts.items()))) for name, scripts in _bundles.items())
    return _written(tuple(sorted(known)), language)[bundle]


def packed_script_of(bundle: str, language: str) -> bytes:
    """The same, compressed.

    Raises:
        KeyError: there is no bundle of this name, or no such language.
    """
    if language not in offered_languages():
        raise KeyError(language)
    return _packed(script_of(bundle, language))


def single_script(component: str) -> str:
    """One component, and all that it imports, in a text that exports the component."""
    (script,) = (each[component] for each in _bundles.values() if component in each)
    text, names = put_together((_LINK, script))
    return f"{text}export default {_linked(script, names)}\n"


@cache
def _written(
    known: tuple[tuple[str, tuple[tuple[str, Path], ...]], ...], language: str
) -> dict[str, str]:
    """The text of each bundle, from the names and scripts of its components in their order."""
    bundles = {bundle: dict(components) for bundle, components in known}
    modules = modules_of({name: scripts.values() for name, scripts in bundles.items()})
    every = (module for held in modules.values() for module in held)
    names = {module: f"module_{number}" for number, module in enumerate(every)}
    texts = {
        bundle: written(modules[bundle], names, language) + _exporting(components, names)
        for bundle, components in bundles.items()
    }
    taken = {
        name: _taken(held, bundles[name].values()) for name, held in modules.items() if name != PAGE
    }
    texts[PAGE] += _giving({_BUNDLE}.union(*taken.values()), names)
    english = texts[PAGE] if language == ENGLISH else _written(known, ENGLISH)[PAGE]
    page = _named(PAGE, language, english)
    return texts | {name: _taking(each, names, page) + texts[name] for name, each in taken.items()}


def modules_of(scripts: Mapping[str, Iterable[Path]]) -> dict[str, list[Path]]:
    """The modules that each bundle holds, from its components' scripts: each in one alone."""
    needed = {bundle: in_order(each) for bundle, each in scripts.items()}
    needed[PAGE] = in_order((_LINK, _BUNDLE, *needed[PAGE]))
    times = Counter(module for each in needed.values() for module in each)
    shared = [module for each in needed.values() for module in each if times[module] > 1]
    own = {bundle: [m for m in each if times[m] == 1] for bundle, each in needed.items()}
    return own | {PAGE: in_order((*needed[PAGE], *shared))}


def _taken(modules: Iterable[Path], components: Iterable[Path]) -> set[Path]:
    """What a bundle of these modules needs from the page's, for them and for its components.

    A component's own script is there if one of the page has the same.
    """
    own = set(modules)
    scripts = {script.resolve() for script in components}
    return {_LINK}.union(scripts, *(imported(module) for module in own)) - own


def _giving(modules: Iterable[Path], names: Mapping[Path, str]) -> str:
    given = ", ".join(f'"{title(module)}": {names[module]}' for module in sorted(modules))
    return f"export const modules = {{{given}}}\n"


def _taking(modules: Iterable[Path], names: Mapping[Path, str], page: str) -> str:
    given = (f'const {names[each]} = modules["{title(each)}"]\n' for each in sorted(modules))
    return f'import {{modules}} from "./{page}.js"\n{"".join(given)}\n'


def _exporting(components: Mapping[str, Path], names: dict[Path, str]) -> str:
    """The end of a bundle: its components by their names."""
    listed = (f"{name}: {_linked(script, names)}" for name, script in components.items())
    return f"export default {{{', '.join(listed)}}}\n"


def _linked(script: Path, names: dict[Path, str]) -> str:
    """A component with its style, and its messages on the page's link."""
    return f"{names[_LINK]}.linked({names[script.resolve()]}, {_style(script)})"


def _style(script: Path) -> str:
    """The style sheet beside a script as a text in a script; empty if there is none."""
    sheet = script.with_suffix(".css")
    if not sheet.exists():
        return '""'
    return json.dumps(_FOR_READERS.sub("", _text(_EVERY) + _with_imports(sheet)))


def _with_imports(sheet: Path) -> str:
    """A style sheet with those that it imports in their places: a shadow root could fetch none."""
    return _SHEET.sub(lambda match: _with_imports(sheet.parent / match[1]), _text(sheet))


@cache
def _version_of_texts() -> str:
    """That of all catalogues: a change of one is a change of the bundles."""
    return _version("".join(_text(catalogue_file(language)) for language in offered_languages()))


@cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def _version(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


@cache
def _packed(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)
