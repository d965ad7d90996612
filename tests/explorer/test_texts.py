"""Every text of the page is in the catalogue, and the catalogue has no other."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import explorer
from core.evaluation.robustness import AMOUNTS
from core.formats.aspects import ASPECTS, INKS
from core.formats.image_reading import PIXEL_ORDERS, RANGES
from core.formats.probe import ORDERS
from core.formats.usage import USAGES
from core.ink.example_drawings import load_examples
from core.nn.activations import ACTIVATIONS
from core.nn.pretrained import pretrained
from core.training.losses import LOSSES
from core.training.model_card import SYNTHETIC_ATTRIBUTION
from core.training.settings import Choice
from explorer.state.networks import offered_networks
from explorer.texts import catalogue, number, significant, text, text_or
from explorer.texts.known import KNOWN, translated
from explorer.training.fields import FIELDS
from explorer.training.run_state import STATUSES
from explorer.training.starting_points import STARTING_POINTS
from support.error_codes import codes_in

EXPLORER = Path(explorer.__file__).parent
MODULES = sorted(EXPLORER.rglob("*.py"))
SCRIPTS = sorted(EXPLORER.rglob("*.js"))
DOCUMENTS = sorted(EXPLORER.rglob("*.html"))
SHEETS = sorted(EXPLORER.rglob("*.css"))

#: What the menus of a training offer, but activation functions, which have names of their own.
OPTIONS = [
    name
    for field in FIELDS.values()
    if isinstance(field.kind, Choice)
    for name in field.kind.names
    if name not in ACTIVATIONS
]

#: Texts that are asked for by a name that is put together, by what their names begin with.
FAMILIES = {
    "chapter_value": ("one_of", "whole", "number", "yes_or_no", "name", "neuron"),
    "example": [example.name for example in load_examples()],
    "function": ACTIVATIONS,
    "symbol": ACTIVATIONS,
    "network": offered_networks(),
    "purpose": offered_networks(),
    "setting": FIELDS,
    "setting_hint": FIELDS,
    "setting_value": OPTIONS,
    "robustness": AMOUNTS,
    "start": STARTING_POINTS,
    "start_hint": STARTING_POINTS,
    "train_status": STATUSES,
    "loss_name": LOSSES,
    "loss_formula": LOSSES,
    "delta_formula": LOSSES,
    "save_format": [suffix.removeprefix(".") for suffix in USAGES],
    "save_format_for": [suffix.removeprefix(".") for suffix in USAGES],
    "train_data": ["mnist", "synthetic"],
    "import_aspect": [*ASPECTS, "file", "format", "accuracy", "notes"],
    "import_basis": ["file", "shapes", "sample", "outputs", "person", "assumed"],
    "import_weights": ["rows", "columns", "mixed", "by_rows", "by_columns"],
    "import_biases": ["own", "none", "first", "last", "before", "after", "end", "mixed"],
    "import_range": RANGES,
    "import_ink": INKS,
    "import_pixels": PIXEL_ORDERS,
    "import_order": ORDERS,
    "import_sample": ["mnist", "synthetic"],
    "refusal": re.findall(r"status=(\d+)", (EXPLORER / "server/routes.py").read_text("utf-8")),
}


def test_no_text_is_written_twice() -> None:
    content = (EXPLORER / "texts" / "en.json").read_text(encoding="utf-8")
    names = [name for name, _ in json.loads(content, object_pairs_hook=list)]
    assert sorted(names) == sorted(set(names))


def calls_of_text(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="text" | "text_or"), args=[key, *_]):
                yield key


def keys_in_python() -> Iterator[str]:
    for file in MODULES:
        for key in calls_of_text(ast.parse(file.read_text(encoding="utf-8"))):
            match key:
                case ast.Constant(value=str(name)):
                    yield name
                case ast.JoinedStr(values=[ast.Constant(value=str(family)), _]):
                    yield from (f"{family}{name}" for name in FAMILIES[family.rstrip(".")])


def keys_in_scripts_and_documents() -> Iterator[str]:
    for file in (*SCRIPTS, *DOCUMENTS):
        yield from re.findall(r'\btext\("([^"]+)"', file.read_text(encoding="utf-8"))


def keys_of_errors() -> Iterator[str]:
    # What they say: tests/explorer/test_errors.py
    return codes_in("ink", "edit", "nn", "pictures", "formats")


def test_every_text_that_is_asked_for_is_there_and_every_text_is_asked_for() -> None:
    asked = {*keys_in_python(), *keys_in_scripts_and_documents(), *keys_of_errors()}
    assert asked | {*KNOWN.values(), "language"} == set(catalogue())


def said_once_for_all(tree: ast.AST) -> Iterator[ast.expr]:
    """Texts that a module asks for when it is imported, before anybody has come."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Call(func=ast.Name(id="text" | "text_or")):
                yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (each for part in node.args.defaults for each in said_once_for_all(part))
        elif not isinstance(node, ast.Lambda):
            yield from said_once_for_all(node)


def test_no_module_says_anything_before_it_knows_to_whom() -> None:
    for module in MODULES:
        early = said_once_for_all(ast.parse(module.read_text(encoding="utf-8")))
        assert [ast.unparse(each) for each in early] == [], module.name


def test_a_text_that_is_said_once_for_all_would_be_seen() -> None:
    early = said_once_for_all(ast.parse("FULL = _PAGE.format(title=text('full.title'))"))
    assert [ast.unparse(each) for each in early] == ["text('full.title')"]


#: What reads like a text for people.
WORDS = re.compile(r"\b[A-Z][a-z]+|[a-z]{2,} [a-z]")

#: What reads like one and is none: keys, classes, names in a browser's storage, errors for us.
TECHNICAL = re.compile(
    r"Escape|Enter|Arrow|Control\+.*|bk-Tooltip|group line|neuron-explorer \w+"
    r"|.*system-ui, .*|@(media|page) .*"
    r"|there is no text .*|.* needs a value for .*|a frame of another version"
)

LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|' + r"'((?:[^'\\\n]|\\.)*)'|`([^`]*)`")

#: Where a script puts what people see, however short it is.
SEEN = re.compile(
    r"(?:(?:textContent|innerText|title|alt|placeholder|ariaLabel)\s*[=:]\s*|"
    r'setAttribute\("(?:aria-label|aria-description|title|alt|placeholder)",\s*|'
    r'\bbutton\(|\bnew Option\()["`\']([^"`\']*[A-Za-z]{2}[^"`\']*)["`\']'
)


def own_texts(script: str) -> list[str]:
    """Texts for people that stand in a script, outside of comments and markup."""
    code = re.sub(r"(^|\s)//.*", "", script)
    literals = ("".join(groups) for groups in LITERAL.findall(code))
    plain = [re.sub(r"\$\{[^}]*\}|<[^>]*>", "", literal) for literal in literals]
    written = [each for each in plain if WORDS.search(each) and not TECHNICAL.fullmatch(each)]
    return [*written, *SEEN.findall(re.sub(r"\$\{[^}]*\}", "", code))]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_has_a_text_of_its_own(script: Path) -> None:
    assert own_texts(script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        'close.setAttribute("aria-label", "Close the message")',
        'close.setAttribute("title", "close")',
        'element("p", {textContent: "draw here"})',
        'element("p", {textContent: "others"})',
        "words.textContent = 'Draw a digit'",
        "words.textContent = `Pen down at ${place}`",
        'input.placeholder = "nickname"',
        'const clear = button("clear", act)',
        'opener.innerHTML = "Examples<span> and files</span>"',
        'return sure ? "I see a seven" : "Not sure"',
    ],
)
def test_a_text_in_a_script_would_be_seen(line: str) -> None:
    assert own_texts(line)


#: What is told to the person who starts the server, in the log too; and what files say in English.
FOR_THE_TERMINAL = {
    *("__main__.py", "serving.py", "addresses.py", "redis_board.py"),
    *("log_limit.py", "ignored.py", "messages.py"),
}
FROM_FILES = {"known.py"}
IN_ALL_LANGUAGES = {"languages.py"}

#: Arguments that document a program, and calls that people at a page hear nothing of.
DOCUMENTING = {"doc", "help", "description"}
UNHEARD = {"TypeVar", "ParamSpec", "warning", "info", "exception", "tell", "set_status", "close"}

TECHNICAL_IN_PYTHON = re.compile(
    r"(Access|Cache|Content|Cross|Permissions|Referrer|Retry|Sec|X|Bokeh|Accept)-[\w-]+|Vary|Cookie"
    r"|Server|Explorer|held out|MessageSent|ModelChanged|\(.*\[A-Za-z0-9.*|system-ui, .*"
    r"|\.bk-Canvas .*"
    r"|(\{% |export |const page = |\", document).*\n?.*"
)


def own_texts_in_python(source: str) -> list[str]:
    """Texts for people that stand in a module, outside of what documents it and of its errors."""
    tree = ast.parse(source)
    aside: set[ast.AST] = set(calls_of_text(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Raise():
                aside.update(ast.walk(node))
            case ast.keyword(arg=name) if name in DOCUMENTING:
                aside.update(ast.walk(node))
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if (
                name in UNHEARD or name.endswith("Error")
            ):
                aside.update(ast.walk(node))
    literals = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    texts = [node.value for node in literals if isinstance(node.value, str) and node not in aside]
    return [
        each for each in texts if WORDS.search(each) and not TECHNICAL_IN_PYTHON.fullmatch(each)
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_no_module_has_a_text_of_its_own(module: Path) -> None:
    if module.name not in FOR_THE_TERMINAL | FROM_FILES | IN_ALL_LANGUAGES:
        assert own_texts_in_python(module.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        'Toggle("centred", "Centre", session.centre)',
        'self.show(refusal="That is not the code.")',
        'session.notice = f"{file} cannot be opened"',
        'TITLES = {"default": "Trained on people"}',
    ],
)
def test_a_text_in_a_module_would_be_seen(line: str) -> None:
    assert own_texts_in_python(line)


TEMPLATE = re.compile(r"\{[{%#].*?[}%#]\}|\{\w+\}", re.DOTALL)
TAG = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
ATTRIBUTE = re.compile(r'\b(?:title|alt|placeholder|aria-[a-z]+|label)="([^"]+)"')


def own_texts_in_document(document: str) -> list[str]:
    """Words between tags, and in attributes that people are told; `true` and `false` are none."""
    document = TEMPLATE.sub("", document)
    told = [each for each in ATTRIBUTE.findall(document) if each not in {"true", "false"}]
    scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", document, re.DOTALL)
    return [
        *re.findall(r"\w+", TAG.sub("", document)),
        *told,
        *(each for script in scripts for each in own_texts(script)),
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_no_document_has_a_text_of_its_own(document: Path) -> None:
    assert own_texts_in_document(document.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>wait</p>",
        '<p title="wait">{sentence}</p>',
        '<img alt="a code">',
        '<script>document.title = "wait"</script>',
    ],
)
def test_a_text_in_a_document_would_be_seen(line: str) -> None:
    assert own_texts_in_document(line)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_style_sheet_has_a_text(sheet: Path) -> None:
    assert not re.search(r'\bcontent:\s*"[^"]', sheet.read_text(encoding="utf-8"))


def placeholders(pattern: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(pattern)} - {None}


def test_plural_forms_have_the_same_placeholders() -> None:
    for key, entry in catalogue().items():
        if isinstance(entry, dict):
            assert set(entry) == {"one", "other"}, key
            one, other = (placeholders(form) for form in entry.values())
            assert one == other, key
            assert "count" in one, key


def test_examples_and_networks_are_called_what_their_files_say() -> None:
    for example in load_examples():
        assert text(f"example.{example.name}") == example.title
    for name, network in pretrained().items():
        assert text(f"network.{name}") == network.card["title"]


def test_what_the_files_of_the_own_networks_say_is_known() -> None:
    for network in pretrained().values():
        for name, value in network.card.items():
            assert name == "title" or translated(name) in spoken("card"), name
            if isinstance(value, dict) and name != "curves":  # which are told in a sentence
                for each in value:
                    assert translated(each) != each or each in spoken("card"), each
        assert any(re.fullmatch(pattern, network.card["data"]) for pattern in KNOWN)
        if network.statistics is not None:
            assert "normalised" in translated(network.statistics.means_of)
            assert "normalised" in translated(network.statistics.images_of)


def test_what_the_card_of_a_network_that_was_trained_here_says_is_known() -> None:
    assert translated(SYNTHETIC_ATTRIBUTION) == text("card.data_synthetic")
    assert translated("stopped after step") == text("card.stopped")
    assert translated("began as") == text("card.began_as")
    assert translated("settings") == text("card.settings")


def test_what_nobody_knows_is_shown_as_it_stands() -> None:
    assert translated("who made it") == "who made it"
    assert translated("pen digits of ced") == "pen strokes of ced"
    assert text_or("network.none", "Mine") == "Mine"


def spoken(family: str) -> set[object]:
    return {entry for key, entry in catalogue().items() if key.startswith(f"{family}.")}


def test_a_number_chooses_the_form_and_thousands_are_set_apart() -> None:
    assert text("stage.weights", count=1) == "1 weight"
    assert text("stage.weights", count=12544) == "12,544 weights"
    assert number(0.5, 2) == "0.50"
    assert significant(0.5, 4) == "0.5000"


def test_numbers_are_written_as_the_catalogue_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue(), "number.thousands", ".")
    monkeypatch.setitem(catalogue(), "number.point", ",")
    assert number(12544.5, 1) == "12.544,5"
    assert text("stage.weights", count=12544) == "12.544 weights"


def test_an_unknown_text_and_a_missing_value_are_errors() -> None:
    with pytest.raises(KeyError):
        text("page.nothing")
    with pytest.raises(KeyError):
        text("notice.file", file="a.json")
