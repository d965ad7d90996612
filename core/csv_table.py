"""Tables as CSV (RFC 4180): the same bytes in every locale, and safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final

import numpy as np

Cell = str | int | float | np.floating | None
"""None is an empty cell."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""With what a spreadsheet takes a text for a formula, which it would run."""


def csv_text(rows: Iterable[Iterable[Cell]]) -> str:
    """The rows as one text: commas between cells, points in numbers, CR and LF after each row.

    Numbers have as many digits as it takes to read the same number again, of float32 as of float64.
    A text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    text = StringIO()
    csv.writer(text).writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return str(cell)
