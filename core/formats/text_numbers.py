"""Numbers in text: CSV, tab-separated, or with blanks; a matrix a block, or all in one line."""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from core.arrays import Doubles, Floats
from core.formats.found import FormatError, FoundNetwork
from core.formats.named_arrays import LINE, network_of
from core.formats.source import Source

_NUMBER: Final = re.compile(
    r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan|inf(?:inity)?)", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"[\s,;]+")
_DECIMAL_COMMA: Final = re.compile(r"(?<=\d),(?=\d)")
_HEADER: Final = re.compile(r'(?:"")?[,;\t]')
_OF_OCTAVE: Final = re.compile(r"(?:type|rows|columns|ndims): ", re.IGNORECASE)
_MOST_LINES: Final = 200_000


def read_text(source: Source) -> FoundNetwork:
    """Blocks of rows with equally many numbers, apart by blank lines, remarks or their lengths.

    Where these do not fit one another, all of their numbers are taken as one line.
    """
    arrays = blocks(source)
    line = np.concatenate([each.ravel() for each in arrays.values()])
    try:
        return network_of(source, arrays)
    except FormatError:
        if len(line) < LINE:
            raise
        return network_of(source, {"weights": line})


def blocks(source: Source) -> dict[str, Floats]:
    """The blocks of a text by their names; `FormatError` if there is none."""
    text = _with_points(source.content.decode("utf-8-sig"))
    if text.count("\n") > _MOST_LINES:
        source.too_large()
    found = list(_Blocks(source, text))
    if not found:
        raise source.no_network([])
    return _named(found)


def _with_points(text: str) -> str:
    """The text with decimal points, where a spreadsheet has written commas: 0,5; 1,25."""
    is_of_commas = ";" in text and "," in text and "." not in text
    return _DECIMAL_COMMA.sub(".", text) if is_of_commas else text


def _named(blocks: list[tuple[str, list[Doubles]]]) -> dict[str, Floats]:
    """The blocks by their names; none takes the place of another that is called the same."""
    arrays: dict[str, Floats] = {}
    for number, (name, rows) in enumerate(blocks, start=1):
        is_free = name and name not in arrays
        arrays[name if is_free else f"{name} block {number}".strip()] = np.array(rows)
    return arrays


class _Blocks:
    """The blocks of a text: each one's name, from a remark before it, if any, and its rows."""

    def __init__(self, source: Source, text: str) -> None:
        self._source = source
        self._lines = text.splitlines()
        self._has_header = bool(self._lines) and _HEADER.match(self._lines[0]) is not None

    def __iter__(self) -> Iterator[tuple[str, list[Doubles]]]:
        name, rows = "", list[Doubles]()
        for line in self._lines[self._has_header :]:
            named = _label(line)
            row = None if named is not None else self._row(line)
            if rows and (row is None or len(rows[-1]) != len(row)):
                yield name, rows
                name, rows = "", []
            if row is not None:
                rows.append(row)
            name = named or name
        if rows:
            yield name, rows

    def _row(self, line: str) -> Doubles:
        """The numbers of a line, without the row's name in a table that has a header."""
        parts = _BETWEEN.split(line.strip().strip("[]").strip().strip(",;"))[self._has_header :]
        for each in parts:
            if not _NUMBER.fullmatch(each):
                raise self._source.no_network([each])
        return np.array(parts, dtype=np.float64)


def _label(line: str) -> str | None:
    """What a line says that is no row of numbers: a remark or a name; None for a row.

    Octave's remarks on what it saves are several, only one of which is a name.
    """
    stripped = line.strip().strip('"')
    if not stripped or stripped[0] in "#%/":
        remark = stripped.strip("#%/ :=")
        return "" if _OF_OCTAVE.match(remark) else remark.removeprefix("name: ")[:60]
    if stripped[0].isalpha() and not _NUMBER.match(stripped):
        return stripped.strip(" :=,")[:60]
    return None
