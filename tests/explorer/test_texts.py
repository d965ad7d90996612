"""Every text of the page is in the catalogue, and the catalogue has no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import explorer
from explorer.texts import catalogue, number, text

EXPLORER = Path(explorer.__file__).parent
SCRIPTS = sorted(EXPLORER.rglob("*.js"))
DOCUMENTS = sorted(EXPLORER.rglob("*.html"))

LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`')

#: What reads like a text for people.
WORDS = re.compile(r"\b[A-Z][a-z]+|[a-z]{2,} [a-z]")

#: What reads like one and is none: keys, classes, names in a browser's storage, errors for us.
TECHNICAL = re.compile(
    r"Escape|Arrow|Control\+.*|bk-Tooltip|group line|neuron-explorer \w+"
    r"|there is no text .*|.* needs a value for .*|a frame of another version"
)


def keys_in_python() -> Iterator[str]:
    for file in EXPLORER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="text"), args=[ast.Constant(value=str(key))]):
                    yield key


def keys_in_scripts_and_documents() -> Iterator[str]:
    for file in (*SCRIPTS, *DOCUMENTS):
        yield from re.findall(r'\btext\("([^"]+)"', file.read_text(encoding="utf-8"))


def own_texts(script: str) -> list[str]:
    """Texts for people that stand in a script, outside of comments and markup."""
    code = re.sub(r"(^|\s)//.*", "", script)
    literals = ("".join(groups) for groups in LITERAL.findall(code))
    plain = [re.sub(r"\$\{[^}]*\}|<[^>]*>", "", literal) for literal in literals]
    return [each for each in plain if WORDS.search(each) and not TECHNICAL.fullmatch(each)]


def test_every_text_that_is_asked_for_is_there_and_every_text_is_asked_for() -> None:
    assert {*keys_in_python(), *keys_in_scripts_and_documents()} == set(catalogue())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_has_a_text_of_its_own(script: Path) -> None:
    assert own_texts(script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_no_document_has_a_text_of_its_own(document: Path) -> None:
    markup = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>|\{[{%#].*?[}%#]\}|\{\w+\}", re.DOTALL)
    assert re.findall(r"\w+", markup.sub("", document.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        'close.setAttribute("aria-label", "Close the message")',
        'element("p", {textContent: "draw here"})',
        "words.textContent = `Pen down at ${place}`",
        'const clear = button("Clear", act)',
        'opener.innerHTML = "Examples<span> and files</span>"',
        'return sure ? "I see a seven" : "Not sure"',
    ],
)
def test_a_text_in_a_script_would_be_seen(line: str) -> None:
    assert own_texts(line)


def placeholders(pattern: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(pattern)} - {None}


def test_plural_forms_have_the_same_placeholders() -> None:
    for key, entry in catalogue().items():
        if isinstance(entry, dict):
            assert set(entry) == {"one", "other"}, key
            one, other = (placeholders(form) for form in entry.values())
            assert one == other, key
            assert "count" in one, key


def test_a_number_chooses_the_form_and_thousands_are_set_apart() -> None:
    assert text("stage.weights", count=1) == "1 weight"
    assert text("stage.weights", count=12544) == "12,544 weights"
    assert number(0.5, 2) == "0.50"


def test_an_unknown_text_and_a_missing_value_are_errors() -> None:
    with pytest.raises(KeyError):
        text("page.nothing")
    with pytest.raises(KeyError):
        text("notice.file", file="a.json")
