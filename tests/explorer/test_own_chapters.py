"""Chapters of a teacher's own reach the whole class, and no file does any harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.errors import InputError
from explorer.__main__ import main
from explorer.lesson.chapter import LARGEST, MOST_FAULTS, ChapterError, read_chapter
from explorer.lesson.chapters import MOST_ADDED, NAMES, add, chapters, read_folder
from support.room import Room
from support.telling import tell

OURS = {
    "format": "neuron-explorer/chapter",
    "version": 1,
    "title": "<b>Ours</b>",
    "cards": [
        {"text": "<img src=x onerror=alert(1)>", "check": {"draw": {}}, "done": "It is {label}."},
        {"text": "Then clear it.", "check": {"clear": {}}},
    ],
}


def write(folder: Path, name: str = "ours.json", **changes: Any) -> Path:
    (folder / name).write_text(json.dumps(OURS | changes), encoding="utf-8")
    return folder


@pytest.fixture
def added(tmp_path: Path) -> Iterator[None]:
    add(read_folder(write(tmp_path)))
    yield
    add({})


@pytest.mark.usefixtures("added")
def test_a_teachers_chapter_reaches_the_whole_class() -> None:
    room = Room()
    pages = [room.whole_page(name)[0] for name in ("Ada", "Bob")]
    teacher = room.teacher()
    tell(teacher.lessons, {"type": "open"})
    assert teacher.lessons.chapters[-1][:2] == ["ours", "<b>Ours</b>"]
    tell(teacher.lessons, {"type": "call", "chapter": "ours", "card": 1})
    room.step()
    for page in pages:
        (guide,) = page.guide.objects
        assert (guide.title, guide.card) == ("<b>Ours</b>", 1)
        assert [name for name, *_ in guide.contents] == [*NAMES, "ours"]
    room.step()
    assert teacher.lessons.counts == {"ours.2": 2}


def test_a_chapter_with_the_name_of_another_takes_its_place(tmp_path: Path) -> None:
    add(read_folder(write(tmp_path, "neuron.json")))
    try:
        assert list(chapters()) == list(NAMES)
        assert chapters()["neuron"].title == "<b>Ours</b>"
    finally:
        add({})


FAULTY: dict[str, tuple[str, str, str]] = {
    "no json": ("ours.json", "{", "is no chapter: It is not JSON"),
    "another table": ("ours.json", "{}", "is no chapter: A chapter is a table"),
    "too large": ("ours.json", " " * (LARGEST + 1), "can have 200000 characters"),
    "nested too deeply": ("ours.json", "[" * LARGEST, "is not JSON"),
    "a name for no address": ("Our chapter.json", json.dumps(OURS), "small letters"),
    "half a character": (
        "ours.json",
        json.dumps(OURS | {"title": "\ud800"}),
        "A chapter has a title",
    ),
    "thousands of cards": (
        "ours.json",
        json.dumps(OURS | {"cards": [{"text": "a"}] * 5000}),
        "1 to 40 cards",
    ),
}


@pytest.mark.parametrize(("name", "content", "sentence"), FAULTY.values(), ids=FAULTY)
def test_what_is_wrong_is_said_in_a_sentence(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=sentence):
        read_folder(tmp_path)


def test_a_folder_must_have_chapters_and_not_too_many(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no folder"):
        read_folder(tmp_path / "nowhere")
    with pytest.raises(InputError, match="has 0 files"):
        read_folder(tmp_path)
    for number in range(MOST_ADDED + 1):
        write(tmp_path, f"{number}.json")
    with pytest.raises(InputError, match="has 41 files"):
        read_folder(tmp_path)
    (tmp_path / "binary").mkdir()
    (tmp_path / "binary" / "ours.json").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="cannot be read"):
        read_folder(tmp_path / "binary")


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, title="")
    assert main(["--port", "0", "--chapters", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "ours.json is no chapter: A chapter has a title" in said
    assert len(said.splitlines()) == 1


def test_a_file_that_is_all_wrong_takes_no_time() -> None:
    """Of thousands of names that are not known, the first hundred are said."""
    card = {"text": "a"} | {f"{number}": 0 for number in range(400)}
    with pytest.raises(ChapterError) as caught:
        read_chapter(json.dumps(OURS | {"cards": [card] * 40}))
    assert len(caught.value.faults) == MOST_FAULTS
