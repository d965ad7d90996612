"""The layout keeps its order: who may import whom, and no private name of another package."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import core
import explorer

CORE, EXPLORER = (Path(package.__file__).parent for package in (core, explorer))

#: The wings of the explorer, and which of them each may import beside `core`.
MAY_IMPORT = {
    "texts": set(),
    "state": {"texts"},
    "patches": set(),
    "transport": {"texts", "state", "patches"},
    "drawing": {"texts", "state", "transport"},
    "diagram": {"texts", "state", "transport"},
    "inspector": {"texts", "state", "transport", "diagram"},
    "edit": {"texts", "state", "transport", "diagram"},
    "training": {"texts", "state", "transport", "drawing", "diagram", "inspector"},
    "testing": {"texts", "state", "transport", "drawing", "diagram"},
    "backpropagation": {"texts", "state", "transport", "diagram"},
    "exchange": {"texts", "state", "transport", "drawing", "diagram", "inspector"},
    "lesson": {"texts", "state", "transport", "drawing"},
    "classroom": {"texts", "state", "transport", "diagram", "training", "lesson"},
    "page": {
        *("texts", "state", "transport", "drawing", "diagram", "inspector"),
        *("edit", "training", "testing", "backpropagation", "exchange", "lesson"),
    },
    "server": {
        *("texts", "state", "transport", "patches", "classroom", "page", "diagram", "training"),
        "lesson",
    },
}


def imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_core_never_asks_the_explorer() -> None:
    for file in CORE.rglob("*.py"):
        assert not any(name.split(".")[0] == "explorer" for name in imported(file)), file.name


@pytest.mark.parametrize("wing", MAY_IMPORT)
def test_a_wing_imports_only_what_lies_below_it(wing: str) -> None:
    for file in (EXPLORER / wing).rglob("*.py"):
        for name in imported(file):
            package, *inside = name.split(".")
            if package == "explorer" and inside:
                assert inside[0] in MAY_IMPORT[wing] | {wing}, f"{file.name} imports {name}"


def test_every_folder_of_the_explorer_is_a_wing_with_a_rule() -> None:
    folders = {each.parent.name for each in EXPLORER.glob("*/__init__.py")}
    assert folders == set(MAY_IMPORT)


def test_the_state_knows_neither_panel_nor_bokeh() -> None:
    for file in (EXPLORER / "state").rglob("*.py"):
        packages = {name.split(".")[0] for name in imported(file)}
        assert not packages & {"panel", "bokeh", "tornado"}, file.name


def own_names(trees: list[ast.Module]) -> set[str]:
    """Every name that the project itself defines or assigns."""
    own: set[str] = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            own.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            own.add(node.id)
        elif isinstance(node, ast.Attribute) and is_assigned_to_self(node):
            own.add(node.attr)
    return own


def is_assigned_to_self(node: ast.Attribute) -> bool:
    owner = node.value.id if isinstance(node.value, ast.Name) else ""
    return isinstance(node.ctx, ast.Store) and owner in {"self", "cls"}


#: Written with an underscore, and documented for those who build on it.
DOCUMENTED = {"_asdict", "_replace", "_esm"}


def test_private_names_of_other_packages_stay_in_patches() -> None:
    files = [*CORE.rglob("*.py"), *EXPLORER.rglob("*.py")]
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}
    own = own_names(list(trees.values())) | DOCUMENTED
    for file, tree in trees.items():
        if "patches" in file.parts:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and re.match(r"_[a-z]", node.attr):
                assert node.attr in own, f"{file.name} uses {node.attr}"
            if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("core"):
                private = [alias.name for alias in node.names if alias.name.startswith("_")]
                assert not private or (node.module or "").startswith("explorer"), file.name


def test_no_module_hides_one_of_the_standard_library() -> None:
    """`panel serve` puts the folder of `app.py` first on the path."""
    names = {each.stem for each in EXPLORER.iterdir() if each.suffix == ".py" or each.is_dir()}
    assert names & (set(sys.stdlib_module_names) | {"notebook"}) == set()


def test_no_module_of_the_explorer_reaches_into_another_folder_by_a_dot() -> None:
    """`panel serve explorer/app.py` runs a file that belongs to no package."""
    for node in ast.walk(ast.parse((EXPLORER / "app.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0


def test_every_style_lies_beside_its_script_and_no_script_asks_another_host() -> None:
    of_all = {"themes.css", "every.css"}
    for file in EXPLORER.rglob("*.css"):
        assert file.with_suffix(".js").exists() or file.name in of_all, file.name
    for file in EXPLORER.rglob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert "http://" not in text.replace("http://www.w3.org", ""), file.name
        assert "https://" not in text, file.name
