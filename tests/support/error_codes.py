"""The sentences of `core` that a page may have to show, as they stand in the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import core

CORE = Path(core.__file__).parent


def codes_in(*folders: str) -> Iterator[str]:
    """The codes, second arguments, of all errors and notes in these wings that have one."""
    for file in (file for folder in folders for file in (CORE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id=error), args=[_, ast.Constant(value=str(code)), *_]
                ) if error.endswith("Error") or error == "Note":
                    yield code
