"""The languages of the page: which one a visitor gets, and that each of them is complete."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from contextvars import copy_context
from string import Formatter
from unicodedata import category, east_asian_width

import pytest

from core.errors import InputError
from explorer.drawing.examples import Examples
from explorer.lesson.chapter import MOST_WORDS
from explorer.lesson.chapters import NAMES as CHAPTERS
from explorer.lesson.chapters import chapters, translation
from explorer.server.rules import Rules
from explorer.state.session import Session
from explorer.texts import catalogue_of, number, text
from explorer.texts.known import translated
from explorer.texts.languages import (
    ENGLISH,
    NAMES,
    catalogue_file,
    direction,
    language_for,
    offered_languages,
    speak,
    speaking,
    spoken,
)
from explorer.texts.plurals import FORMS, plural_form
from explorer.transport.background import in_background
from support.server import Server

OTHERS = [language for language in offered_languages() if language != ENGLISH]
ENTRIES = catalogue_of(ENGLISH)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-CH", "de"),
        ("DE-at,en;q=0.5", "de"),
        ("en;q=0.5, de;q=0.8", "de"),
        ("en-US,en;q=0.9,de;q=0.8", "en"),
        ("nl,pl;q=0.9,de;q=0.1", "de"),
        ("nl, pl", "en"),
        ("de;q=0, en;q=0.1", "en"),
        ("de;q=0", "en"),
        ("*", "en"),
        ("de;q=2", "en"),
        ("de;q=nan,;;;,=", "en"),
        ("\x00\xff, de", "de"),
        ("x" * 100_000 + ",de", "en"),
        ("a," * 400 + "de", "en"),
    ],
)
def test_a_page_is_in_the_language_that_a_browser_likes_best(header: str, language: str) -> None:
    assert language_for("", None, header) == language


@pytest.mark.parametrize(("header", "language"), [("iw-IL", "he"), ("zh-CN,zh;q=0.9", "zh")])
def test_a_language_is_known_by_its_other_names(
    header: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.texts.languages.offered_languages", lambda: tuple(NAMES))
    assert language_for("", None, header) == language


def test_what_was_chosen_comes_before_the_server_s_language_and_that_before_the_browser_s() -> None:
    assert language_for("en", "de", "de") == "en"
    assert language_for("", "de", "en") == "de"
    assert language_for("nonsense", None, "de") == "de"


def test_a_server_can_be_in_any_language_that_there_is() -> None:
    assert Rules(language="de").language == "de"
    with pytest.raises(InputError, match="no language 'xx': choose en, de"):
        Rules(language="xx")


def test_a_text_is_in_the_language_that_is_spoken() -> None:
    assert text("page.language") == "Language"
    with speaking("de"):
        assert spoken() == "de"
        assert text("page.language") == "Sprache"
        assert number(12544.5, 1) == "12.544,5"
        with speaking("en"):
            assert text("page.language") == "Language"
        assert text("page.language") == "Sprache"
    assert text("page.language") == "Language"


def test_what_a_task_speaks_is_spoken_in_that_task_alone() -> None:
    context = copy_context()
    context.run(speak, "de")
    assert (context.run(spoken), spoken()) == ("de", ENGLISH)


def test_what_is_done_in_the_background_speaks_the_same() -> None:
    with speaking("de"):
        told = asyncio.run(in_background(lambda _: None, text, "page.language"))
    assert told == "Sprache"


def test_what_is_made_once_for_all_pages_is_made_once_in_each_language() -> None:
    def titles() -> list[str]:
        return [each["title"] for each in Examples(Session()).thumbnails]

    english = titles()
    with speaking("de"):
        assert titles() != english
        assert translated("seed") == text("card.seed") != "seed"
    assert titles() == english
    assert translated("seed") == "seed"


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_says_whose_it_is(language: str) -> None:
    assert str(catalogue_of(language)["language"]).partition("-")[0] == language
    assert direction(language) == ("rtl" if language == "he" else "ltr")


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_text_once_and_no_other(language: str) -> None:
    pairs = json.loads(catalogue_file(language).read_text("utf-8"), object_pairs_hook=list)
    names = [name for name, _ in pairs]
    assert sorted(names) == sorted(set(names))
    assert set(names) == set(ENTRIES)


def forms(entry: str | dict[str, str]) -> dict[str, str]:
    return entry if isinstance(entry, dict) else {"": entry}


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


def entries(language: str) -> Iterator[tuple[str, str, str, str]]:
    """Key, form, text and English text of all that a catalogue has."""
    for key, entry in catalogue_of(language).items():
        for form, pattern in forms(entry).items():
            english = forms(ENTRIES[key])
            yield key, form, pattern, english.get(form, english.get("other", ""))


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_depends_on_a_number_where_the_english_does_and_has_the_language_s_forms(
    language: str,
) -> None:
    needed = {"one", "other"} & set(FORMS[language])
    for key, entry in catalogue_of(language).items():
        assert isinstance(entry, dict) == isinstance(ENTRIES[key], dict), key
        if isinstance(entry, dict):
            assert needed <= set(entry) <= set(FORMS[language]), key


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_the_placeholders_of_the_english(language: str) -> None:
    for key, form, pattern, english in entries(language):
        missing = placeholders(english) - placeholders(pattern)
        assert placeholders(pattern) <= placeholders(english), key
        # "Ein Bild" and "שתי תמונות" say the number as a word.
        assert missing <= ({"count"} if form in ("one", "two") else set()), key


def width_of(pattern: str) -> int:
    """How many letters wide a text is: a Chinese character is as wide as two."""
    kinds = [(east_asian_width(each), category(each)) for each in pattern]
    return sum(0 if kind == "Cf" else 2 if width in "WF" else 1 for width, kind in kinds)


def room_for(english: str) -> float:
    """So many letters fit where the English text stands: labels may grow more than sentences."""
    share = 1.6 if len(english) <= 30 else 1.35
    return max(share * len(english), len(english) + 8)


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_too_long(language: str) -> None:
    long = {
        f"{key} {form}": f"{width_of(pattern)} > {room_for(english):.0f}: {pattern}"
        for key, form, pattern, english in entries(language)
        if width_of(pattern) > room_for(english)
    }
    assert long == {}


#: Buttons that stand in a row: so many letters have room together where the page is narrow.
ROWS = {
    ("control.undo", "control.redo", "control.clear", "control.eraser", "control.centre"): 32,
    ("place.explore", "place.edit", "place.train", "place.test", "place.lesson"): 36,
    ("control.play", "control.signal", "control.pin", "backward.open", "page.settings"): 43,
}


@pytest.mark.parametrize("language", offered_languages())
@pytest.mark.parametrize("row", ROWS)
def test_buttons_in_a_row_have_room(language: str, row: tuple[str, ...]) -> None:
    labels = [str(catalogue_of(language)[key]) for key in row]
    assert width_of("".join(labels)) <= ROWS[row], labels


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_was_left_in_english(language: str) -> None:
    """A sentence of four words and more is nowhere the same in two languages."""
    same = [
        key
        for key, _, pattern, english in entries(language)
        if pattern == english
        and "://" not in pattern
        and len(re.findall(r"[^\W\d_]{3,}", pattern)) >= 4
    ]
    assert same == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_of_the_lesson_is_complete(language: str, name: str) -> None:
    (english, words) = chapters()[name], translation(name, language)
    assert words["title"]
    assert len(words["cards"]) == len(english.cards)
    for card, said in zip(english.cards, words["cards"], strict=True):
        there = {entry for entry in ("text", "task", "hint", "done") if getattr(card, entry)}
        assert set(said) == there
        for entry in there:
            assert placeholders(said[entry]) == placeholders(getattr(card, entry)), entry
        size = len(said["text"]) / 2.5 if language == "zh" else len(said["text"].split())
        assert size <= MOST_WORDS, said["text"]


def test_a_chapter_is_in_the_language_that_is_spoken() -> None:
    english = chapters()["neuron"]
    with speaking("de"):
        german = chapters()["neuron"]
    assert german.title != english.title
    assert [card.check for card in german.cards] == [card.check for card in english.cards]
    assert [card.show for card in german.cards] == [card.show for card in english.cards]


def test_plural_forms_are_those_of_browsers() -> None:
    counts = [*range(130), 1000, 10_000, 1_000_000, 2_000_000, 1_000_001]
    script = (
        "const [languages, counts] = JSON.parse(process.argv[1]);"
        "console.log(JSON.stringify(Object.fromEntries(languages.map(each => [each,"
        "counts.map(count => new Intl.PluralRules(each).select(count))]))))"
    )
    asked = json.dumps([list(FORMS), counts])
    told = subprocess.run(["node", "-e", script, asked], capture_output=True, check=True)
    expected = json.loads(told.stdout)
    for language, wanted in expected.items():
        assert [plural_form(language, count) for count in counts] == wanted, language
    assert list(FORMS) == list(NAMES)


def test_thousands_are_set_apart_where_browsers_do() -> None:
    values = [0, 7, 999, 1000, 9999, 9999.96, 10_000, 12_544.5, 1_234_567]
    script = (
        "const [languages, values] = JSON.parse(process.argv[1]);"
        "const digits = {minimumFractionDigits: 1, maximumFractionDigits: 1};"
        "console.log(JSON.stringify(Object.fromEntries(languages.map(each => [each,"
        "values.map(value => new Intl.NumberFormat(each, digits).formatToParts(value)"
        ".map(({type, value}) => type === 'group' ? '_' : value).join(''))]))))"
    )
    asked = json.dumps([list(NAMES), values])
    told = subprocess.run(["node", "-e", script, asked], capture_output=True, check=True)
    for language, wanted in json.loads(told.stdout).items():
        apart = str(catalogue_of(language)["number.thousands"])
        with speaking(language):
            assert [number(value, 1) for value in values] == [
                each.replace("_", apart) for each in wanted
            ], language


@pytest.fixture(scope="module")
def address(own_server: Server) -> str:
    return own_server.address


def fetched(url: str, header: str) -> str:
    request = urllib.request.Request(url, headers={"Accept-Language": header})
    with urllib.request.urlopen(request) as answer:
        return str(answer.read().decode())


def test_a_document_is_in_the_language_that_is_asked_for(address: str) -> None:
    assert '"lang": "de"' in fetched(address, "de-DE,de;q=0.9,en;q=0.5")
    assert '"lang": "en"' in fetched(address, "nl")
    assert '"lang": "en"' in fetched(f"{address}?language=en", "de")
    assert '"lang": "de"' in fetched(f"{address}?language=de", "nl")
    assert '"lang": "en"' in fetched(f"{address}?language=%3Cscript%3E", "nl")
    assert 'hreflang="de" title="Deutsch"' in fetched(address, "nl")
