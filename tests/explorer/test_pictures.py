"""A picture is opened: a digit of it is on the pad, the others can be chosen, nothing is lost."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from core.ink import Drawing
from core.pictures import LONGEST_SIDE
from explorer.drawing.examples import Examples
from explorer.drawing.examples import examples as drawings
from explorer.drawing.picture_sheet import PictureSheet
from explorer.state.session import Session
from support.telling import tell


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def examples(session: Session) -> Examples:
    return Examples(session)


def paper(*names: str) -> npt.NDArray[np.uint8]:
    """Example drawings side by side, dark on white, five times as large as the pad."""
    digits = [np.kron(drawings()[name].drawing.image, np.ones((5, 5))) for name in names]
    return np.round(255 * (1 - np.hstack(digits or [np.zeros((140, 140))]))).astype(np.uint8)


def told(grey: npt.NDArray[np.uint8], **other: Any) -> dict[str, Any]:
    """What the browser tells of a picture."""
    height, width = grey.shape
    pixels = b64encode(grey.tobytes()).decode()
    return {
        "type": "picture",
        "file": "photo.jpg",
        "width": width,
        "height": height,
        "grey": pixels,
    } | other


def sheet_of(examples: Examples) -> PictureSheet:
    (sheet,) = examples.select(PictureSheet)
    assert isinstance(sheet, PictureSheet)
    return sheet


def test_the_first_digit_is_on_the_pad_at_once_and_undo_brings_back_what_was(
    session: Session, examples: Examples
) -> None:
    session.replace_drawing(before := drawings()["0-round"].drawing)
    tell(examples, told(paper("7-plain", "3-round")))
    assert session.answer == (7, True)
    assert session.notice == ""
    sheet = sheet_of(examples)
    assert [(digit["digit"], digit["sure"]) for digit in sheet.digits] == [("7", True), ("3", True)]
    pixels = np.frombuffer(b64decode(sheet.digits[0]["pixels"]), np.uint8).reshape(28, 28)
    np.testing.assert_allclose(session.drawing.image, pixels / 255, atol=1e-6)
    session.undo()
    assert session.drawing == before


def test_what_is_no_digit_is_offered_but_does_not_go_before_one(
    session: Session, examples: Examples
) -> None:
    tell(examples, told(paper("letter-a", "3-round")))
    sheet = sheet_of(examples)
    assert [digit["sure"] for digit in sheet.digits] == [False, True]
    assert (session.answer.digit, sheet.chosen) == (3, 1)
    tell(examples, told(paper("letter-a")))
    assert (session.answer.sure, sheet.chosen) == (False, 0)


def test_another_digit_takes_its_place_and_is_the_same_step(
    session: Session, examples: Examples
) -> None:
    session.replace_drawing(before := drawings()["0-round"].drawing)
    tell(examples, told(paper("7-plain", "3-round")))
    sheet = sheet_of(examples)
    tell(sheet, {"type": "choose", "number": 1})
    assert (session.answer.digit, sheet.chosen) == (3, 1)
    session.undo()
    assert session.drawing == before
    tell(sheet, {"type": "choose", "number": 0})
    tell(sheet, {"type": "cancel"})
    assert session.drawing == before


def test_what_was_drawn_since_is_not_taken_back(session: Session, examples: Examples) -> None:
    tell(examples, told(paper("7-plain")))
    session.begin_stroke([(3, 3), (9, 3)], 2.4, erases=False)
    drawn = session.drawing
    tell(sheet_of(examples), {"type": "cancel"})
    assert session.drawing is drawn


def test_every_step_is_shown_and_the_next_picture_takes_the_place_of_the_last(
    session: Session, examples: Examples
) -> None:
    tell(examples, told(paper("7-plain")))
    tell(examples, told(255 - paper("3-round", "1-plain", "5-bar"), file="board.png"))
    sheet = sheet_of(examples)
    assert (sheet.file, sheet.revision, sheet.is_dark, len(sheet.digits)) == (
        *("board.png", 2, False),
        3,
    )
    assert list(sheet.steps) == ["grey", "flat", "ink", "mask"]
    for step in sheet.steps.values():
        assert len(b64decode(step["pixels"])) == step["width"] * step["height"]
        assert max(step["width"], step["height"]) == 240
    left, top, width, height = sheet.digits[1]["box"]
    assert 1 / 3 < left < left + width < 2 / 3
    assert 0 < top < top + height < 1


def test_an_empty_picture_is_said_to_be_empty(session: Session, examples: Examples) -> None:
    session.replace_drawing(before := drawings()["0-round"].drawing)
    tell(examples, told(paper()))
    assert session.notice.startswith("Nothing can be found on this picture")
    assert session.drawing is before
    tell(examples, told(paper("7-plain")))
    assert session.notice == ""


@pytest.mark.parametrize("locked", ["paused", "presented"])
def test_a_page_that_is_locked_opens_no_picture(
    session: Session, examples: Examples, locked: str
) -> None:
    before = session.canvas
    if locked == "paused":
        session.paused = True
    else:
        session.present(Drawing.blank)
    tell(examples, told(paper("7-plain")))
    assert session.canvas is before
    assert session.notice
    assert examples.select(PictureSheet) == []


@pytest.mark.parametrize(
    "other",
    [
        {"width": 139},
        {"width": 0},
        {"width": LONGEST_SIDE + 1, "height": 1, "grey": "AAAA" * 300},
        {"height": -140, "width": -140},
        {"grey": "not base64!"},
        {"grey": ""},
        {"grey": 7},
        {"width": 140.0},
        {"file": None},
    ],
)
def test_nonsense_opens_nothing(
    session: Session, examples: Examples, other: dict[str, Any]
) -> None:
    before = session.canvas
    tell(examples, told(paper("7-plain")) | other)
    assert session.canvas is before
    assert examples.select(PictureSheet) == []


@pytest.mark.parametrize("number", [-1, 1, 2**70, None, True])
def test_a_digit_that_there_is_not_is_not_chosen(
    session: Session, examples: Examples, number: Any
) -> None:
    tell(examples, told(paper("7-plain")))
    before = session.canvas
    tell(sheet_of(examples), {"type": "choose", "number": number})
    assert session.canvas is before
