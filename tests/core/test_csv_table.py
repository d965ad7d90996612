"""Tables read back as they were written, and no cell runs as a formula."""

from __future__ import annotations

import csv
from io import StringIO

import numpy as np
import pytest

from core.csv_table import csv_text


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


def test_cells_come_back_whatever_they_hold() -> None:
    rows = [["a, b", 'say "1"', "two\nlines"], ["ü", "", "3"]]
    assert read(csv_text(rows)) == rows


def test_numbers_come_back_to_the_last_bit() -> None:
    narrow, wide = np.float32(0.1), 0.1 * 3
    row = read(csv_text([[narrow, wide, 7, None]]))[0]
    assert np.float32(row[0]) == narrow
    assert float(row[1]) == wide
    assert row[2:] == ["7", ""]
    assert row[0] == "0.1", "as few digits as it takes"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_would_run_as_a_formula_is_a_text(text: str) -> None:
    assert read(csv_text([[text]])) == [[f"'{text}"]]


def test_a_negative_number_is_a_number() -> None:
    assert read(csv_text([[-1.5]])) == [["-1.5"]]
