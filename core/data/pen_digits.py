"""Digits that people wrote with a pen: the way of the pen, its digit and who wrote it.

They are kept as gzipped JSON, ``{"source", "license", "axes", "digits": [{"label", "contributor",
"writer", "strokes": [[[x, y], …], …]}]}``, x to the right and y down in any unit, in the file that
the environment variable ``STROKES_FILE`` names. ``python -m core strokes`` makes such a file from
the UNIPEN release.
"""

import gzip
import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np

from core.arrays import Doubles, read_only
from core.data.augmentation.handwriting import PenPath
from core.data.images import DataError
from core.files import read_regular, write_content
from core.ink.stroke import InkError

ATTRIBUTION: Final = (
    "Pen strokes: UNIPEN train_r01_v07, category 1a, International Unipen Foundation, CC BY 4.0, "
    "doi:10.5281/zenodo.1195803; scaled, and drawn in changed copies. The network holds none of "
    "them."
)

_LARGEST: Final = 64 * 2**20
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError)
_NOT_STROKES = (KeyError, TypeError, ValueError, OverflowError, RecursionError, InkError)


@dataclass(frozen=True, eq=False)
class PenDigit:
    """One digit: ``label`` 0-9, who collected it, who wrote it, and its strokes.

    Each stroke is a read-only (n, 2) array of (x, y), y down, in any unit.
    """

    label: int
    contributor: str
    writer: str
    strokes: PenPath


def load() -> tuple[PenDigit, ...]:
    """All digits of ``STROKES_FILE``. Raises ``DataError`` that says what to do."""
    named = os.environ.get("STROKES_FILE")
    if not named:
        raise DataError(
            "Pen strokes are needed, and STROKES_FILE does not say where they are; set it to the "
            "file that python -m core strokes wrote from the UNIPEN release."
        )
    return read(Path(named))


def read(path: Path) -> tuple[PenDigit, ...]:
    """The digits in one file, in its order. Raises ``DataError``."""
    try:
        with gzip.open(BytesIO(read_regular(path, _LARGEST))) as file:
            saved = json.loads(file.read(_LARGEST))
        return tuple(_digit(each) for each in saved["digits"])
    except _DAMAGED as error:
        raise DataError(f"{path} is truncated or damaged; make or copy it again.") from error
    except OSError as error:
        raise DataError(
            f"Cannot read the pen strokes in {path}: {error.strerror or error}."
        ) from error
    except _NOT_STROKES as error:
        raise DataError(
            f"{path} is not a file of pen strokes; make one by python -m core strokes."
        ) from error


def write(path: Path, digits: Sequence[PenDigit], source: str, licence: str) -> None:
    """Write digits for ``read``, whole or not at all; equal digits give equal bytes."""
    content = {
        "source": source,
        "license": licence,
        "axes": "x right, y down, arbitrary units per contributor",
        "digits": [_plain(digit) for digit in digits],
    }
    text = json.dumps(content, separators=(",", ":")).encode()
    write_content(path, gzip.compress(text, mtime=0), DataError)


def contributors(digits: Sequence[PenDigit]) -> tuple[str, ...]:
    """Who collected the digits, in alphabetical order."""
    return tuple(sorted({digit.contributor for digit in digits}))


def _plain(digit: PenDigit) -> dict[str, Any]:
    return {
        "label": digit.label,
        "contributor": digit.contributor,
        "writer": digit.writer,
        "strokes": [stroke.tolist() for stroke in digit.strokes],
    }


def _digit(saved: Mapping[str, Any]) -> PenDigit:
    strokes = tuple(_stroke(points) for points in saved["strokes"])
    label = int(saved["label"])
    if not (0 <= label <= 9 and strokes):
        raise ValueError("not a digit, or without ink")
    return PenDigit(label, str(saved["contributor"]), str(saved["writer"]), strokes)


def _stroke(points: Any) -> Doubles:
    array = np.array(points, np.float64)
    if array.ndim != 2 or array.shape[1] != 2 or not (len(array) and np.isfinite(array).all()):
        raise ValueError("not points")
    return read_only(array)
