"""Digits and other signs that people wrote with a pen: the way of the pen, and who wrote it.

They are kept as gzipped JSON, ``{"source", "license", "axes", "digits": [{"label", "contributor",
"writer", "strokes": [[[x, y], …], …]}]}``, x to the right and y down in any unit, in the files that
the environment variable ``STROKES_FILE`` names. A label is a digit, or the name of a sign that is
none, such as "k" or "Greek/character10". ``python -m core strokes`` makes such a file from the
UNIPEN release.
"""

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from core.arrays import Doubles, read_only
from core.data.augmentation.handwriting import PenPath
from core.data.images import DataError
from core.files import read_regular, write_content
from core.ink.stroke import InkError

_LARGEST: Final = 64 * 2**20
_LONGEST_NAME: Final = 1_000
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError)
_NOT_STROKES = (KeyError, TypeError, ValueError, OverflowError, RecursionError, InkError)


@dataclass(frozen=True, eq=False)
class PenSign:
    """One sign: ``label``, what it is; who collected it, who wrote it, and its strokes.

    Each stroke is a read-only (n, 2) array of (x, y), y down, in any unit.
    """

    label: int | str
    contributor: str
    writer: str
    strokes: PenPath

    @property
    def person(self) -> str:
        """Who wrote it, after who collected it and, for letters, the alphabet: ``ced/42ec5150``."""
        writer = self.writer.removeprefix(f"{self.contributor}/")
        alphabet = str(self.label).rpartition("/")[0]
        return "/".join(filter(None, (self.contributor, alphabet, writer)))


@dataclass(frozen=True, eq=False)
class PenDigit(PenSign):
    """A sign that is a digit: ``label`` 0-9."""

    label: int


class PenStrokes(NamedTuple):
    """What is in files: the digits, and the signs that are none, each in their order."""

    digits: tuple[PenDigit, ...] = ()
    signs: tuple[PenSign, ...] = ()

    def by(self, names: Sequence[str]) -> "PenStrokes":
        """Those of the people who are named, as `is_by` understands it."""
        digits = tuple(each for each in self.digits if is_by(each, names))
        return PenStrokes(digits, tuple(each for each in self.signs if is_by(each, names)))


def load_all() -> PenStrokes:
    """All that is in ``STROKES_FILE``. Raises ``DataError`` that says what to do."""
    return read_all(_files())


def load() -> tuple[PenDigit, ...]:
    """All digits of ``STROKES_FILE``. Raises ``DataError`` that says what to do."""
    return load_all().digits


def read_all(paths: Iterable[Path]) -> PenStrokes:
    """All that is in these files. Raises ``DataError``."""
    every = [sign for path in paths for sign in _signs(path)]
    digits = tuple(sign for sign in every if isinstance(sign, PenDigit))
    return PenStrokes(digits, tuple(sign for sign in every if not isinstance(sign, PenDigit)))


def read(path: Path) -> tuple[PenDigit, ...]:
    """The digits in one file, in its order. Raises ``DataError``."""
    return read_all([path]).digits


def attribution() -> str:
    """What the files of ``STROKES_FILE`` say of where they are from. Raises ``DataError``."""
    named = "; ".join(dict.fromkeys(_source(_content(path), path) for path in _files()))
    return (
        f"Pen strokes: {named}; scaled, and drawn in changed copies. The network holds none of "
        "them."
    )


def write(path: Path, signs: Sequence[PenSign], source: str, licence: str) -> None:
    """Write digits and signs for ``read``, whole or not at all; equal ones give equal bytes."""
    content = {
        "source": source,
        "license": licence,
        "axes": "x right, y down, arbitrary units per contributor",
        "digits": [_plain(sign) for sign in signs],
    }
    text = json.dumps(content, separators=(",", ":")).encode()
    write_content(path, gzip.compress(text, mtime=0), DataError)


def contributors(signs: Sequence[PenSign]) -> tuple[str, ...]:
    """Who collected the digits, in alphabetical order."""
    return tuple(sorted({sign.contributor for sign in signs}))


def is_by(sign: PenSign, names: Sequence[str]) -> bool:
    """Whether one of ``names`` is its contributor or its person.

    Names are patterns like those of files: ``ced``, ``pendigits/tra0[1-5]``, ``omniglot/*/07``.
    """
    return _is_named(sign.person, tuple(names))


@lru_cache(maxsize=10_000)
def _is_named(person: str, names: tuple[str, ...]) -> bool:
    return any(fnmatchcase(person, name) or fnmatchcase(person, f"{name}/*") for name in names)


def _files() -> list[Path]:
    named = os.environ.get("STROKES_FILE", "")
    files = [Path(each) for each in named.split(os.pathsep) if each]
    if not files:
        raise DataError(
            "Pen strokes are needed, and STROKES_FILE does not say where they are; set it to the "
            "file that python -m core strokes wrote from the UNIPEN release, or to several files, "
            f"with {os.pathsep} between them."
        )
    return files


def _signs(path: Path) -> list[PenSign]:
    content = _content(path)
    try:
        return [_sign(each) for each in content["digits"]]
    except _NOT_STROKES as error:
        raise _no_strokes(path) from error


def _content(path: Path) -> Mapping[str, Any]:
    try:
        with gzip.open(BytesIO(read_regular(path, _LARGEST))) as file:
            return dict(json.loads(file.read(_LARGEST)))
    except _DAMAGED as error:
        raise DataError(f"{path} is truncated or damaged; make or copy it again.") from error
    except OSError as error:
        raise DataError(
            f"Cannot read the pen strokes in {path}: {error.strerror or error}."
        ) from error
    except _NOT_STROKES as error:
        raise _no_strokes(path) from error


def _no_strokes(path: Path) -> DataError:
    return DataError(f"{path} is not a file of pen strokes; make one by python -m core strokes.")


def _source(saved: Mapping[str, Any], path: Path) -> str:
    named = [saved.get(what) for what in ("source", "license")]
    known = [each for each in named if isinstance(each, str) and each.isprintable()]
    return ", ".join(filter(None, known))[:_LONGEST_NAME] or path.name


def _plain(sign: PenSign) -> dict[str, Any]:
    return {
        "label": sign.label,
        "contributor": sign.contributor,
        "writer": sign.writer,
        "strokes": [stroke.tolist() for stroke in sign.strokes],
    }


def _sign(saved: Mapping[str, Any]) -> PenSign:
    strokes = tuple(_stroke(points) for points in saved["strokes"])
    label, who = saved["label"], (str(saved["contributor"]), str(saved["writer"]))
    if not (label != "" and strokes):
        raise ValueError("without a name, or without ink")
    if isinstance(label, str) and not (label.isdecimal() and len(label) == 1):
        return PenSign(label, *who, strokes)
    if not 0 <= int(label) <= 9:
        raise ValueError("not a digit")
    return PenDigit(int(label), *who, strokes)


def _stroke(points: Any) -> Doubles:
    array = np.array(points, np.float64)
    if array.ndim != 2 or array.shape[1] != 2 or not (len(array) and np.isfinite(array).all()):
        raise ValueError("not points")
    return read_only(array)
