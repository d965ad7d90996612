"""Anyone who downloads the UNIPEN release gets the same pen strokes as the project."""

from pathlib import Path

import numpy as np
import pytest

from core.__main__ import main
from core.data import pen_digits
from core.data.images import DataError
from core.data.unipen import read_unipen

PAGE = """.VERSION 1.0
.DATA_SOURCE XYZ
.COMMENT .SEGMENT in a comment
stays a comment
.HIERARCHY SETUP PAGE DIGIT
.SEGMENT DIGIT 0 ? "1"
.SEGMENT DIGIT 2-4 OK "4"
.SEGMENT DIGIT 6:1-6:2 BAD "7"
.SEGMENT WORD 0-6 ? "147"
.SEGMENT CHARACTER 0,2 ? "x"
.INCLUDE inks/page.dat
"""

INK = """.WRITER_ID anna
.COORD X Y T
.PEN_DOWN
10 90 1
11 50 2
12 10 3
.PEN_UP
20 20 4
.PEN_DOWN
 30 90 5
 20 40 6
 60 40 7
.PEN_UP
.PEN_DOWN
50 60 8
50 10 9
.PEN_UP
.PEN_DOWN
0 0 10
70 90 11
90 90 12
80 10 13
"""


@pytest.fixture
def release(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "include" / "inks").mkdir(parents=True)
    (tmp_path / "data" / "xyz01.dat").write_text(PAGE)
    (tmp_path / "include" / "inks" / "page.dat").write_text(INK)
    return tmp_path


def test_segments_become_digits_with_their_strokes_the_right_way_up(release: Path) -> None:
    one, four, seven = read_unipen(release / "data" / "xyz01.dat", "xyz", release / "include")
    assert (one.label, four.label, seven.label) == (1, 4, 7)
    assert {digit.writer for digit in (one, four, seven)} == {"xyz/anna"}
    assert [stroke.tolist() for stroke in one.strokes] == [[[10, -90], [11, -50], [12, -10]]]
    assert [len(stroke) for stroke in four.strokes] == [3, 2]
    assert seven.strokes[0].tolist() == [[70, -90], [90, -90]]


def test_the_command_writes_a_file_that_strokes_file_can_name(
    release: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = release / "pen.json.gz"
    command = ["strokes", str(release / "data"), "--includes", str(release / "include")]
    assert main([*command, "--output", str(output)]) == 0
    assert "3 digits of 1 writers" in capsys.readouterr().out
    monkeypatch.setenv("STROKES_FILE", str(output))
    digits = pen_digits.load()
    assert [digit.label for digit in digits] == [1, 4, 7]
    assert digits[0].contributor == "xyz"
    assert not digits[0].strokes[0].flags.writeable
    first = output.read_bytes()
    assert main([*command, "--output", str(output)]) == 0
    assert output.read_bytes() == first


@pytest.mark.parametrize(
    ("ink", "sentence"),
    [
        (".PEN_DOWN\n1 2 3\n", "xyz01.dat is not in the UNIPEN format"),
        (".INCLUDE inks/page.dat\n", "include each other"),
        (".PEN_DOWN\n1 2\n", "contradicts itself"),
    ],
    ids=["half a point", "a file in itself", "too few components"],
)
def test_a_file_that_cannot_be_right_is_named(release: Path, ink: str, sentence: str) -> None:
    (release / "include" / "inks" / "page.dat").write_text(ink)
    with pytest.raises(DataError, match=sentence):
        read_unipen(release / "data" / "xyz01.dat", "xyz", release / "include")


def test_a_missing_file_or_folder_without_digits_gives_one_sentence(
    release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = str(release / "pen.json.gz")
    (release / "empty").mkdir()
    (release / "plain.dat").write_text(".VERSION 1.0\n")
    for given, sentence in (
        (release / "absent.dat", "absent.dat: No such file"),
        (release / "empty", "There is no .dat file in"),
        (release / "plain.dat", "There is no digit in these files"),
        (release / "data", "page.dat: No such file"),
    ):
        assert main(["strokes", str(given), "--output", output]) == 1
        printed = capsys.readouterr().err
        assert sentence in printed
        assert printed.count("\n") == 1
    assert not (release / "pen.json.gz").exists()


def test_a_damaged_file_of_pen_strokes_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pen.json.gz"
    digit = pen_digits.PenDigit(3, "xyz", "xyz/a", (np.array([[0.0, 1.0], [2.0, 3.0]]),))
    pen_digits.write(path, [digit], "here", "free")
    whole = path.read_bytes()
    assert pen_digits.read(path)[0].strokes[0].tolist() == [[0, 1], [2, 3]]
    path.write_bytes(whole[:-20])
    with pytest.raises(DataError, match=r"pen.json.gz is truncated"):
        pen_digits.read(path)
    path.write_bytes(b"neither gzip nor JSON")
    with pytest.raises(DataError, match=r"pen.json.gz is truncated or damaged"):
        pen_digits.read(path)
    monkeypatch.delenv("STROKES_FILE", raising=False)
    with pytest.raises(DataError, match="STROKES_FILE does not say"):
        pen_digits.load()


def test_the_shared_pen_strokes_are_digits_of_five_contributors_and_more() -> None:
    digits = pen_digits.load()
    assert len(digits) > 10_000
    assert {"apb", "app", "ced", "syn", "val"} <= set(pen_digits.contributors(digits))
    assert {digit.label for digit in digits} == set(range(10))
