"""`core` is mathematics: it must stay usable without a screen and without other packages."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import core

ROOM = Path(core.__file__).parent


def imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "core" if node.level else (node.module or "").partition(".")[0]


def test_core_imports_numpy_and_the_standard_library_only() -> None:
    allowed = {"core", "numpy"} | sys.stdlib_module_names
    files = sorted(ROOM.rglob("*.py"))
    assert len(files) > 5
    strangers = {f"{file.name}: {name}" for file in files for name in imported(file)}
    assert {line for line in strangers if line.split(": ")[1] not in allowed} == set()
