"""JSON that a browser sends: parsed in a few milliseconds at most, whatever it is."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

#: Texts, lists and dictionaries, and values in a message. To make a million takes half a second;
#: a drawing from a file is one text.
_MOST_TEXTS, _MOST_CONTAINERS, _MOST_VALUES = 2_000, 2_000, 60_000

#: Whole numbers of a browser's end here.
_LARGEST_WHOLE = 2**53


class UnreadableMessageError(ValueError):
    """A frame or a message that no page of ours sends."""


def parsed(text: str | bytes) -> Any:
    """The numbers, words, lists and dictionaries in a text; all numbers are finite.

    Raises:
        UnreadableMessageError: it is no JSON, or more than a page says at once.
    """
    if not isinstance(text, str):
        raise UnreadableMessageError("a page sends text")
    if not _is_quickly_parsed(text):
        raise UnreadableMessageError("more than a page says at once")
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite, parse_int=_whole)
    except (ValueError, RecursionError):
        raise UnreadableMessageError("not JSON") from None


def _is_quickly_parsed(text: str) -> bool:
    unescaped = text.replace("\\\\", "").replace('\\"', "")
    if unescaped.count('"') > 2 * _MOST_TEXTS:
        return False
    outside_texts = "".join(unescaped.split('"')[::2])
    containers = outside_texts.count("[") + outside_texts.count("{")
    return containers <= _MOST_CONTAINERS and outside_texts.count(",") <= _MOST_VALUES


def _finite(text: str) -> float:
    value = float(text)
    return value if isfinite(value) else _refuse(text)


def _whole(text: str) -> int:
    value = int(text)
    return value if abs(value) <= _LARGEST_WHOLE else _refuse(text)


def _refuse(text: str) -> Any:
    raise ValueError(f"{text[:20]} is no number of a browser's")
