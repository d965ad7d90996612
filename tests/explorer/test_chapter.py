"""What is wrong with a chapter is said, all of it, and where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from explorer.lesson.__main__ import main
from explorer.lesson.chapter import FORMAT, MOST_WORDS, ChapterError, read_chapter
from explorer.lesson.chapters import NAMES, chapters
from explorer.lesson.guide import Guide
from explorer.state.session import Session


def written(*cards: Any, **entries: Any) -> str:
    said = {"format": FORMAT, "version": 1, "title": "Ours", "cards": list(cards)}
    return json.dumps(said | entries)


def faults(content: str) -> list[str]:
    with pytest.raises(ChapterError) as caught:
        read_chapter(content)
    return caught.value.faults


GOOD = {"text": "One idea.", "check": {"select": {"above": 0.9}}, "done": "{neuron}: {activation}"}


def test_a_teachers_chapter_is_read() -> None:
    chapter = read_chapter(written(GOOD, {"text": "Another."}))
    assert chapter.title == "Ours"
    assert chapter.cards[0].check.name == "select"
    assert chapter.cards[1].task == ""


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ({}, "no text"),
        ({"text": "a " * (MOST_WORDS + 1)}, f"{MOST_WORDS + 1} words"),
        ({"text": "a", "chek": {}}, "check"),
        ({"text": "a", "check": {"selct": {}}}, "select"),
        ({"text": "a", "check": {"select": {"above": 2}}}, "above"),
        ({"text": "a", "check": {"select": {"abov": 0.5}}}, "above"),
        ({"text": "a", "check": {"draw": {}}, "question": {"sum": {}}}, "not both"),
        ({"text": "a", "question": {"sums": {}}}, "sum"),
        ({"text": "a", "show": {"place": "home"}}, "explore"),
        ({"text": "a", "show": {"network": "mine"}}, "default"),
        ({"text": "a", "show": {"drawing": "horse"}}, "horse"),
        ({"text": "a", "show": 7}, "table"),
        ({"text": "a", "highlight": "stages"}, "stage"),
        ({"text": "a", "check": {"draw": {}}, "done": "{neuron}"}, "neuron"),
        ({"text": "a", "check": {"draw": {}}, "done": "{label"}, "brace"),
        ({"text": "a", "check": {"draw": {}}, "done": "{label:>99999999}"}, "brace"),
        ({"text": "a", "check": {"draw": {}}, "done": "{label.__class__}"}, "brace"),
        ({"text": "a", "check": "draw"}, "one name"),
        ({"text": 7}, "text"),
        (7, "table"),
    ],
)
def test_a_fault_of_a_card_is_said_with_its_number(card: Any, said: str) -> None:
    (fault,) = faults(written(GOOD, card))
    assert fault.startswith("Card 2:")
    assert said in fault


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ("[]", FORMAT),
        (written(version=2), "version"),
        (written(GOOD, title=""), "title"),
        (written(), "cards"),
        (written(*[GOOD] * 41), "40"),
        (" " * 200_001, "200000"),
    ],
)
def test_a_fault_of_the_file_is_said(content: str, said: str) -> None:
    assert any(said in fault for fault in faults(content))


def test_all_faults_are_said_at_once() -> None:
    assert len(faults(written({}, {"text": "a", "show": {"place": "x"}}))) == 2


def test_a_chapter_from_a_file_is_opened_and_a_damaged_one_loses_nothing() -> None:
    session = Session()
    guide = Guide(session)
    guide.receive({"type": "file", "content": written(GOOD)})
    assert (guide.title, guide.cards) == ("Ours", 1)
    guide.receive({"type": "file", "content": written({})})
    assert guide.title == "Ours"
    assert "Card 1" in session.notice


def test_every_chapter_has_four_to_eight_cards_with_something_to_do() -> None:
    for name in NAMES:
        cards = chapters()[name].cards
        assert 4 <= len(cards) <= 8
        assert all(card.task and card.hint for card in cards)
        assert all(card.check.name or card.question.name for card in cards)


def test_the_checker_says_all_that_is_wrong_and_nothing_of_what_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(written(GOOD), encoding="utf-8")
    bad.write_text(written({}, {"text": "a", "show": {"place": "x"}}), encoding="utf-8")
    assert main([str(good)]) == 0
    assert main([str(good), str(bad), str(tmp_path / "none.json")]) == 1
    said = capsys.readouterr().err.splitlines()
    paths = [str(bad), str(bad), str(tmp_path / "none.json")]
    assert [line.split(":")[0] for line in said] == paths
