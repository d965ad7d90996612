"""The UNIPEN release's own text format (Guyon and others, "UNIPEN 1.0 format definition", 1994).

A file is a sequence of statements: a keyword with a dot in the first column, and its arguments up
to the next. What is read here:

- ``.COORD X Y …`` names the columns of the points that follow;
- ``.PEN_DOWN`` and ``.PEN_UP`` each begin a *component*, numbered from 0, of points one a line;
- ``.SEGMENT DIGIT 3-5 ? "7"`` says that components 3 to 5 are a 7; ``0,2:10-3:5`` lists components
  and, after a colon, the first and last point within them;
- ``.INCLUDE path`` stands for another file's statements;
- ``.WRITER_ID name`` says who writes from there on.

The release's y points up; what is returned points down.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from core.arrays import Doubles, read_only
from core.data.images import DataError
from core.data.pen_digits import PenDigit
from core.files import read_regular

_STATEMENT: Final = re.compile(r"^\.([A-Z_]+)(.*?)(?=^\.|\Z)", re.MULTILINE | re.DOTALL)
_SEGMENT: Final = re.compile(r'\s*(\S+)\s+([\d,:\-\s]+?)\s+\S*\s*"((?:[^"\\]|\\.)*)"')
_RANGE: Final = re.compile(r"(\d+)(?::(\d+))?(?:-(\d+)(?::(\d+))?)?")
_KINDS: Final = {"DIGIT", "CHARACTER"}
_LABELS: Final = set("0123456789")
_DEEPEST: Final = 8
_LARGEST: Final = 64 * 2**20


@dataclass
class _Sheet:
    """What the statements have said so far."""

    columns: list[str] = field(default_factory=lambda: ["X", "Y"])
    writer: str = ""
    components: list[tuple[bool, Doubles]] = field(default_factory=list)
    segments: list[tuple[str, str, str, str]] = field(default_factory=list)


def read_unipen(path: Path, contributor: str, includes: Path) -> tuple[PenDigit, ...]:
    """The digits of one ``.dat`` file, with what it includes from the folder ``includes``.

    Raises ``DataError`` naming the file when it cannot be read or contradicts itself.
    """
    sheet = _Sheet()
    try:
        for keyword, arguments in _statements(path, includes):
            _note(sheet, keyword, arguments)
        return tuple(_digits(sheet, contributor, path.stem))
    except (ValueError, IndexError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(
            f"{path} is not in the UNIPEN format, or contradicts itself; leave it out."
        ) from error


def _statements(path: Path, includes: Path, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Keywords with their arguments, those of included files in their place."""
    if depth > _DEEPEST:
        raise DataError(f"{path} includes files that include each other; leave it out.")
    for match in _STATEMENT.finditer(_text(path)):
        keyword, arguments = match[1], match[2]
        if keyword == "INCLUDE":
            yield from _statements(includes / arguments.strip().strip('"'), includes, depth + 1)
        else:
            yield keyword, arguments


def _text(path: Path) -> str:
    try:
        return read_regular(path, _LARGEST).decode("latin-1")
    except OSError as error:
        raise DataError(f"Cannot read {path}: {error.strerror or error}.") from error


def _note(sheet: _Sheet, keyword: str, arguments: str) -> None:
    if keyword == "COORD":
        sheet.columns = arguments.split()
    elif keyword == "WRITER_ID":
        sheet.writer = arguments.strip()
    elif keyword in ("PEN_DOWN", "PEN_UP"):
        sheet.components.append((keyword == "PEN_DOWN", _points(arguments, sheet.columns)))
    elif keyword == "SEGMENT" and (found := _SEGMENT.match(arguments)):
        sheet.segments.append((found[1], found[2], found[3], sheet.writer))


def _points(arguments: str, columns: list[str]) -> Doubles:
    """(n, 2) x and y, y down, of the points in a component."""
    numbers = np.array(arguments.split(), np.float64).reshape(-1, len(columns))
    if not np.isfinite(numbers).all():
        raise ValueError("not a place")
    return numbers[:, [columns.index("X"), columns.index("Y")]] * (1, -1)


def _digits(sheet: _Sheet, contributor: str, name: str) -> Iterator[PenDigit]:
    for kind, delineation, label, writer in sheet.segments:
        if kind not in _KINDS or label not in _LABELS:
            continue
        if strokes := tuple(_strokes(sheet, delineation)):
            who = f"{contributor}/{writer or sheet.writer or name}"
            yield PenDigit(int(label), contributor, who, strokes)


def _strokes(sheet: _Sheet, delineation: str) -> Iterable[Doubles]:
    """The parts of the components that a segment lists, where the pen was down."""
    for part in delineation.replace(" ", "").split(","):
        found = _RANGE.fullmatch(part)
        if found is None:
            raise ValueError("not a delineation")
        first, last = int(found[1]), int(found[3] or found[1])
        for number in range(first, last + 1):
            down, points = sheet.components[number]
            start = int(found[2] or 0) if number == first else 0
            stop = int(found[4]) + 1 if found[4] and number == last else len(points)
            if down and len(points[start:stop]):
                yield read_only(points[start:stop].copy())
