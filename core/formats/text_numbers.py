"""Numbers in text: CSV, tab-separated, or with blanks; a matrix a block, or all in one line."""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from core.arrays import Doubles, Floats
from core.formats.found import FormatError, FoundNetwork
from core.formats.named_arrays import network_of
from core.formats.source import Source

_NUMBER: Final = re.compile(
    r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan|inf(?:inity)?)", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"[\s,;]+")
_MOST_LINES: Final = 200_000


def read_text(source: Source) -> FoundNetwork:
    """Blocks of rows with equally many numbers, apart by blank lines, remarks or their lengths."""
    text = source.content.decode("utf-8-sig")
    if text.count("\n") > _MOST_LINES:
        source.too_large()
    blocks = list(_blocks(source, text))
    if not blocks:
        raise source.no_network([])
    arrays: dict[str, Floats] = {
        name or f"block {number}": np.array(rows)
        for number, (name, rows) in enumerate(blocks, start=1)
    }
    if len(blocks) == 1 and 1 not in next(iter(arrays.values())).shape:
        return network_of(source, arrays)
    try:
        return network_of(source, arrays)
    except FormatError:
        line = np.concatenate([each.ravel() for each in arrays.values()])
        return network_of(source, {"weights": line})


def _blocks(source: Source, text: str) -> Iterator[tuple[str, list[Doubles]]]:
    """Each block's name, from a remark before it, if any, and its rows."""
    name, rows = "", list[Doubles]()
    columns_named = False
    for line in text.splitlines():
        named = _label(line)
        if named is None and not rows and line.startswith((",", ";", "\t")):
            columns_named = True  # a table with names of its rows and columns, as of pandas
            continue
        row = None if named is not None else _row(source, line)
        if row is None or (rows and len(rows[-1]) != len(row)):
            if rows:
                yield name, rows
                name = ""
            rows = []
        if row is not None:
            rows.append(row[1:] if columns_named else row)
        name = named or name
        columns_named = columns_named and bool(line.strip())
    if rows:
        yield name, rows


def _label(line: str) -> str | None:
    """What a line says that is no row of numbers: a remark or a name; None for a row."""
    stripped = line.strip().strip('"')
    if not stripped or stripped[0] in "#%/":
        return stripped.strip("#%/ :=")[:60]
    if stripped[0].isalpha() and not _NUMBER.match(stripped):
        return stripped.strip(" :=,")[:60]
    return None


def _row(source: Source, line: str) -> Doubles:
    parts = _BETWEEN.split(line.strip().strip("[]").strip().strip(",;"))
    if not all(map(_NUMBER.fullmatch, parts)):
        wrong = next((each for each in parts if not _NUMBER.fullmatch(each)), "")
        raise source.no_network([wrong[:60]])
    return np.array(parts, dtype=np.float64)
