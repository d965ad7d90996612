"""Files of pen strokes hold digits and other signs, by people who can be named by patterns."""

import os
from pathlib import Path

import numpy as np
import pytest

from core.data import pen_digits
from core.data.images import DataError
from core.data.lookalikes import resembles_digit
from core.data.pen_digits import PenDigit, PenSign, is_by

LINE = (np.array([[0.0, 0.0], [3.0, 9.0]]),)


def saved(path: Path, *labels: int | str, contributor: str = "here") -> Path:
    signs = [PenSign(label, contributor, f"{contributor}/anna", LINE) for label in labels]
    pen_digits.write(path, signs, f"from {path.stem}", "free")
    return path


def test_several_files_are_read_in_turn_and_labels_tell_digits_from_other_signs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = saved(tmp_path / "first", 3, "k", "7")
    second = saved(tmp_path / "second", "Greek/character10", "12", 0)
    monkeypatch.setenv("STROKES_FILE", f"{first}{os.pathsep}{second}")
    assert [digit.label for digit in pen_digits.load()] == [3, 7, 0]
    assert [sign.label for sign in pen_digits.load_all().signs] == ["k", "Greek/character10", "12"]
    assert "Pen strokes: from first, free; from second, free; scaled" in pen_digits.attribution()


@pytest.mark.parametrize("label", [10, -1, "", None], ids=str)
def test_what_is_neither_a_digit_nor_named_is_refused(label: int | str, tmp_path: Path) -> None:
    path = saved(tmp_path / "odd.json.gz", label)
    with pytest.raises(DataError, match=r"odd\.json\.gz is not a file of pen strokes"):
        pen_digits.read(path)


def test_people_are_named_by_who_collected_them_their_alphabet_and_themselves() -> None:
    digit = PenDigit(3, "ced", "ced/42ec", LINE)
    letter = PenSign("Greek/character10", "omniglot", "07", LINE)
    assert digit.person == "ced/42ec"
    assert letter.person == "omniglot/Greek/07"
    for sign, names in (
        (digit, ["ced"]),
        (digit, ["app", "ced/4*"]),
        (letter, ["omniglot/Greek"]),
        (letter, ["omniglot/*/0[5-9]"]),
    ):
        assert is_by(sign, names)
    for sign, names in (
        (digit, ["ce", "ced/5*"]),
        (letter, ["omniglot/*/08", "Greek"]),
        (digit, []),
    ):
        assert not is_by(sign, names)


def test_letters_that_look_like_digits_are_known_by_their_names() -> None:
    assert all(map(resembles_digit, ["O", "l", "S", "Z", "B", "q", "Latin/character15"]))
    assert not any(map(resembles_digit, ["k", "W", "Latin/character11", "Korean/character02"]))
