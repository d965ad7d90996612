"""The house keeps its order: one direction of imports, no name that shadows another."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import core
import explorer

CORE, EXPLORER = (Path(room.__file__).parent for room in (core, explorer))


def imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_core_never_asks_the_explorer() -> None:
    for file in CORE.rglob("*.py"):
        assert not any(name.split(".")[0] == "explorer" for name in imported(file)), file.name


def test_no_module_hides_one_of_the_standard_library() -> None:
    """`panel serve` puts the folder of `app.py` first on the path."""
    names = {file.stem for file in EXPLORER.glob("*.py")}
    assert names & set(sys.stdlib_module_names) == set()


def test_no_module_of_the_explorer_reaches_into_another_folder_by_a_dot() -> None:
    """`panel serve explorer/app.py` runs a file that belongs to no package."""
    for node in ast.walk(ast.parse((EXPLORER / "app.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0


def test_every_script_and_style_is_there_beside_the_class_that_names_it() -> None:
    for file in EXPLORER.rglob("*.css"):
        assert file.with_suffix(".js").exists(), file.name
    for file in EXPLORER.rglob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert "http://" not in text.replace("http://www.w3.org", ""), file.name
        assert "https://" not in text, file.name
