"""The guide to `core` says what is so: all of its lines are run, in their order."""

from __future__ import annotations

import doctest
import inspect
import pydoc
import re
from pathlib import Path
from typing import Any

import pytest

import core

GUIDE = Path(core.__file__).with_name("GUIDE.md")
LINES = re.compile(r"```pycon\n(.*?)```", re.DOTALL)


def run(lines: str, names: dict[str, Any]) -> str:
    """Run a block of lines with what those before have named; returns what is not as it says."""
    said: list[str] = []
    test = doctest.DocTestParser().get_doctest(lines, names, GUIDE.name, str(GUIDE), 0)
    doctest.DocTestRunner(verbose=False).run(test, out=said.append, clear_globs=False)
    names |= test.globs
    return "".join(said)


def test_the_guide_says_what_is_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = LINES.findall(GUIDE.read_text(encoding="utf-8"))
    assert len(blocks) >= 8
    names: dict[str, Any] = {}
    for block in blocks:
        assert run(block, names) == ""


def test_a_line_of_the_guide_that_is_wrong_would_be_noticed() -> None:
    assert "Expected" in run(">>> 1 + 1\n3\n", {})


def test_the_package_says_what_it_is_for_in_lines_that_run() -> None:
    text = pydoc.plain(pydoc.render_doc(core))
    assert "Small neural networks that read images" in text
    example = re.findall(r"^(?: {4}.+\n|\n)+", inspect.getdoc(core) or "", re.MULTILINE)
    names: dict[str, Any] = {}
    exec(inspect.cleandoc("".join(example)), names)
    assert names["trace"].outputs.argmax() == 7


def test_every_name_of_the_package_is_there_and_says_what_it_is() -> None:
    for name in core.__all__:
        assert hasattr(core, name)
        if inspect.isclass(each := getattr(core, name)) or inspect.isfunction(each):
            assert each.__doc__
