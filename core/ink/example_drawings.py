"""The example drawings: digits in several hands, and pictures that are hard or no digit at all.

Each is a file ``assets/drawings/<name>.json`` of the form ``{"title": "3, round", "digit": 3,
"drawing": …}``: ``digit`` is null for what is not one certain digit, and ``drawing`` is a saved
`Drawing`, whose base may be ``{"noise_seed": 7}`` for uniform noise instead of its 784 numbers.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.assets import asset
from core.errors import InputError
from core.ink.brush import PAD
from core.ink.drawing import Drawing

__all__ = ["Example", "ExampleError", "load_examples"]


class ExampleError(InputError):
    """The file of an example drawing cannot be used; the sentence names it."""


@dataclass(frozen=True)
class Example:
    """A drawing to look at with one click.

    ``name`` is unique and fit for a URL, ``title`` is for people; ``digit`` is the one that was
    meant, 0–9, or None.
    """

    name: str
    title: str
    digit: int | None
    drawing: Drawing


def load_examples(folder: Path | None = None) -> tuple[Example, ...]:
    """All examples in ``folder``, by default the project's own, in the order to show them.

    The order is that of their names: these start with the digit they are a style of, 0 to 9, and
    the special ones, which start with a letter, follow. Raises ``ExampleError`` for a broken file
    and ``AssetError`` if the project's own are missing.
    """
    paths = (folder or asset("drawings")).glob("*.json")
    return tuple(_read(path) for path in sorted(paths, key=lambda path: path.stem))


def _read(path: Path) -> Example:
    try:
        return _parse(path.stem, path.read_text("utf-8"))
    except OSError as error:
        raise ExampleError(f"Cannot read {path}: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise ExampleError(
            f"{path} is not an example drawing, or it is damaged; install the project again."
        ) from error


def _parse(name: str, text: str) -> Example:
    saved = json.loads(text)
    if not isinstance(saved, dict) or saved.keys() != {"title", "digit", "drawing"}:
        raise ValueError("an example needs title, digit and drawing, and nothing else")
    title, digit = saved["title"], saved["digit"]
    if not isinstance(title, str) or not title:
        raise ValueError("a title is words")
    if digit is not None and (type(digit) is not int or not 0 <= digit <= 9):
        raise ValueError("a digit is 0 to 9")
    return Example(name, title, digit, Drawing.from_json(_with_noise(saved["drawing"])))


def _with_noise(drawing: Any) -> str:
    """The saved drawing as text, with the numbers of the noise it may name."""
    match drawing:
        case {"base": {"noise_seed": int(seed)}}:
            noise = np.random.default_rng(seed).random((PAD, PAD), np.float32)
            drawing = {**drawing, "base": noise.tolist()}
    return json.dumps(drawing)
