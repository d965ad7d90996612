"""`core` is mathematics, laid out in wings: which may know which, and what they may know at all."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import core

ROOT = Path(core.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

BASE = {
    *("arrays", "assets", "csv_table", "errors", "file_format", "files"),
    *("packed_text", "progress", "version", "worker_processes"),
}
"""Modules that belong to no wing: all may know them, and they know each other only."""

MAY_IMPORT = {
    "nn": set(),
    "ink": set(),
    "pictures": {"ink"},
    "data": {"ink"},
    "explain": {"nn"},
    "edit": {"nn", "ink"},
    "formats": {"nn", "ink", "data", "evaluation"},
    "evaluation": {"nn", "ink", "data", "pictures"},
    "training": {"nn", "ink", "data", "evaluation"},
    "cli": {"nn", "ink", "data", "evaluation", "training", "formats"},
    "__init__": {"nn", "formats"},
    "__main__": {"cli"},
}


OPTIONAL = {"safetensors", "onnx", "h5py", "scipy"}


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


MODULES = {module_of(file): file for file in FILES}


def imported(file: Path) -> Iterator[str]:
    """The modules that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports by a relative name"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (each if each in MODULES else str(node.module) for each in whole)


def wing(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def test_core_imports_numpy_and_the_standard_library_only() -> None:
    allowed = {"core", "numpy"} | sys.stdlib_module_names
    assert len(FILES) > 50
    found = {
        (str(file.relative_to(ROOT)), each.split(".")[0])
        for file in FILES
        for each in imported(file)
    }
    others = {(file, package) for file, package in found if package not in allowed}
    # The optional readers of other programs' files, each imported only when one is to be read.
    assert others == {("formats/libraries.py", package) for package in OPTIONAL}


def test_the_optional_packages_are_imported_inside_of_functions_only() -> None:
    tree = ast.parse((ROOT / "formats/libraries.py").read_text(encoding="utf-8"))
    at_once = {name for node in tree.body if isinstance(node, ast.Import) for name in node.names}
    assert at_once == set()


def test_every_module_belongs_to_a_wing_or_to_the_base() -> None:
    assert {wing(module) for module in MODULES} == BASE | set(MAY_IMPORT)


@pytest.mark.parametrize("module", MODULES)
def test_a_wing_knows_only_those_below_it(module: str) -> None:
    own = wing(module)
    allowed = BASE | MAY_IMPORT.get(own, set()) | ({own} - {"__init__", "__main__"})
    known = {wing(each) for each in imported(MODULES[module]) if each.split(".")[0] == "core"}
    assert known <= allowed


def test_no_module_needs_itself() -> None:
    needs = {
        module: {each for each in imported(file) if each in MODULES}
        for module, file in MODULES.items()
    }
    while free := {module for module, others in needs.items() if not others}:
        needs = {module: others - free for module, others in needs.items() if module not in free}
    assert needs == {}


def called(file: Path) -> set[str]:
    """The functions that a file calls by their names."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    calls = (node.func for node in nodes if isinstance(node, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}


def test_only_the_command_line_reads_arguments_and_prints() -> None:
    for module, file in MODULES.items():
        if wing(module) not in ("cli", "__main__"):
            assert "argparse" not in set(imported(file)), module
            assert "print" not in called(file), module
