"""A network's model card: what it says about itself, checked wherever a network is made.

A card holds what JSON can hold. Some entries have a meaning that others rely on:

- ``title``: what the network is called;
- ``labels``: what each output stands for, 2 to 36 different texts of 1 to 12 characters;
- ``framing``: how digits lie in the images that it learned from (`core.ink.framing`);
- ``threshold``: the activation that an output must reach to be an answer, 0-1;
- ``held out``: the people whose pen strokes it has not learned from, by names of which
  `core.data.pen_digits.is_by` says what they mean;
- ``learned pen strokes``: whether it learned from pen strokes at all;
- ``own drawings``: from how many drawings of which digits it learned, by the digits' names;
- ``accuracy``, ``rejected``: shares, 0-1, by what they are of;
- ``curves``: how the training went, at most 100 points of each: the ``loss`` of training up to each
  ``step``, and the ``accuracy`` (0-1) on the validation images after each ``epoch``;
- ``description``: if it is a text, what the network is for, in a sentence.

Older cards have other names for some of them, and are read all the same.
"""

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from math import isfinite
from reprlib import repr as shortened
from types import MappingProxyType
from typing import Any, Final

from core.errors import InputError

DEEPEST: Final = 8
"""How deep lists and tables may lie in each other."""

LONGEST: Final = 20_000
"""The most characters a card may have, written down as JSON."""

LONGEST_TITLE: Final = 200

N_LABELS: Final = range(2, 37)
"""How many labels there can be."""

LONGEST_LABEL: Final = 12

FRAMINGS: Final = ("whole", "filled", "fitted")
"""How digits may lie in images, the usual way first."""

_DIGITS: Final = frozenset("0123456789")
MOST_POINTS: Final = 100
"""The most points of a curve on a card."""

_LARGEST_INTEGER: Final = 2**63


class CardError(InputError):
    """A card that cannot be a network's; the sentence names the entry."""


def checked_card(card: object) -> Mapping[str, Any]:
    """A read-only copy of ``card``, a table that JSON can hold. Raises ``CardError``."""
    if not isinstance(card, Mapping):
        raise CardError(f"A network's card is a table of names and values, not {shortened(card)}.")
    plain = {_NAMES_NOW.get(name, name): value for name, value in card.items()}
    _check_plain(plain, DEEPEST)
    text = json.dumps(plain)
    if len(text) > LONGEST:
        raise CardError(f"A network's card can have {LONGEST:,} characters, not {len(text):,}.")
    for name, (holds, wanted) in _MEANINGS.items():
        if name in plain and not holds(plain[name]):
            raise CardError(
                f'A network\'s card must have {wanted} for "{name}", not {shortened(plain[name])}.'
            )
    return MappingProxyType(json.loads(text))


def is_text(value: object) -> bool:
    """Whether this is a text that can be shown.

    Half a surrogate pair is a string to Python and to JSON, and cannot be sent to any browser.
    """
    return isinstance(value, str) and not any("\ud800" <= each <= "\udfff" for each in value)


def _check_plain(value: object, depth: int) -> None:
    """Refuse whatever JSON cannot hold, or nobody can read."""
    if depth < 0:
        raise CardError(f"A network's card can be {DEEPEST} levels deep, not more.")
    if isinstance(value, dict):
        if not all(map(is_text, value)):
            raise CardError("The names on a network's card must be texts.")
        for each in value.values():
            _check_plain(each, depth - 1)
    elif isinstance(value, list | tuple):
        for each in value:
            _check_plain(each, depth - 1)
    elif not _is_plain(value):
        raise CardError(f"A network's card can hold what JSON can, and not {shortened(value)}.")


def _is_plain(value: object) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, int):
        return abs(value) < _LARGEST_INTEGER
    return value is None or is_text(value)


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _are_shares(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_share, value.values()))


def _are_counts_of_digits(value: object) -> bool:
    return isinstance(value, dict) and all(
        digit in _DIGITS and type(count) is int and count > 0 for digit, count in value.items()
    )


def _are_curves(value: object) -> bool:
    """Whether each of the two curves has as many values as places, which rise."""
    return (
        isinstance(value, dict)
        and value.keys() == _CURVES
        and (
            _is_curve(value["step"], value["loss"], _is_loss)
            and _is_curve(value["epoch"], value["accuracy"], _is_share)
        )
    )


def _is_curve(places: object, values: object, holds: Callable[[object], bool]) -> bool:
    if not isinstance(places, list | tuple) or not isinstance(values, list | tuple):
        return False
    are_whole = all(isinstance(each, int) and not isinstance(each, bool) for each in places)
    return (
        are_whole
        and len(places) == len(values) <= MOST_POINTS
        and all(before < after for before, after in pairwise((0, *places)))
        and all(map(holds, values))
    )


def _is_loss(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_title(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_TITLE


def _are_labels(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) in N_LABELS
        and all(isinstance(each, str) and 0 < len(each) <= LONGEST_LABEL for each in value)
        and len(set(value)) == len(value)
    )


def _are_names(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


_CURVES: Final = {"step", "loss", "epoch", "accuracy"}

_NAMES_NOW: Final[dict[object, str]] = {
    "sure": "threshold",
    "turned away as no digit": "rejected",
}

_MEANINGS: Final[dict[str, tuple[Callable[[object], bool], str]]] = {
    "title": (_is_title, f"a text of 1 to {LONGEST_TITLE} characters"),
    "labels": (
        _are_labels,
        f"{N_LABELS[0]} to {N_LABELS[-1]} different texts of 1 to {LONGEST_LABEL} characters",
    ),
    "framing": (lambda value: value in FRAMINGS, f"one of {', '.join(FRAMINGS)}"),
    "threshold": (_is_share, "a number from 0 to 1"),
    "held out": (_are_names, "a list of names"),
    "learned pen strokes": (lambda value: isinstance(value, bool), "true or false"),
    "own drawings": (_are_counts_of_digits, "a table of whole numbers by digits"),
    "accuracy": (_are_shares, "a table of numbers from 0 to 1"),
    "rejected": (_are_shares, "a table of numbers from 0 to 1"),
    "curves": (
        _are_curves,
        f"a loss by steps and an accuracy by epochs, {MOST_POINTS} points each,",
    ),
}
