"""What files say in English, on model cards and with statistics, in the language of the page.

A network's file is written by the commands, or by anybody: what is known here is translated, and
everything else is shown as it stands.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from core.training.model_card import MNIST_ATTRIBUTION, OWN_ATTRIBUTION, SYNTHETIC_ATTRIBUTION
from explorer.texts import text

PEN_STROKES: Final = r"pen digits of (?P<contributor>[\w-]+)"
"""Under what a card states the accuracy on the pen strokes of a contributor, normalised."""

_PEN_STROKES_FROM = (
    r"Pen strokes: (?P<sources>.+); scaled, and drawn in changed copies\. "
    r"The network holds none of them\."
)
_MNIST = r"the (?P<images>[\d,]+) test images of MNIST"

KNOWN: Final = {
    "recipe": "card.recipe",
    "command": "card.command",
    "began as": "card.began_as",
    "settings": "card.settings",
    "lens": "card.lens",
    "on": "card.lens_on",
    "off": "card.lens_off",
    "both": "card.lens_both",
    "held out": "card.held_out",
    "learned pen strokes": "card.pen_strokes",
    "own drawings": "card.own_drawings",
    "share of own drawings": "card.own_share",
    "own drawings, learned from": "card.own_read",
    "seed": "card.seed",
    "threshold": "card.threshold",
    "labels": "card.labels",
    "edited": "card.edited",
    "imported": "card.imported",
    "curves": "card.curves",
    "stopped after step": "card.stopped",
    "accuracy": "card.accuracy",
    "validation": "card.validation",
    PEN_STROKES: "card.strokes_of",
    f"{PEN_STROKES}, anywhere, lens off": "card.strokes_anywhere",
    "MNIST test": "card.mnist",
    "MNIST test, centred": "card.mnist_centred",
    "rejected": "card.rejected",
    "uniform noise": "card.noise",
    "uniform noise, centred": "card.noise_centred",
    "scribbles": "card.scribbles",
    "letters and signs": "card.letters",
    "letters of people": "card.letters_of_people",
    "letters of people that resemble no digit": "card.distinct_letters",
    "blank": "card.blank",
    "MNIST's digits, centred": "card.mnist_centred",
    "data": "card.data",
    re.escape(MNIST_ATTRIBUTION): "card.data_mnist",
    f"{re.escape(MNIST_ATTRIBUTION)} {_PEN_STROKES_FROM}": "card.data_people",
    re.escape(SYNTHETIC_ATTRIBUTION): "card.data_synthetic",
    re.escape(OWN_ATTRIBUTION): "card.data_own",
    r"None\.": "card.nothing",
    f"{_MNIST}, as they are": "statistics.mnist",
    f"{_MNIST}, centred as the page centres drawings": "statistics.mnist_centred",
    r"(?P<drawings>\d+) digits drawn for this project, centred as the page centres drawings": (
        "statistics.own_drawings"
    ),
}
"""Patterns of what is said, and the texts that say it; groups are the texts' placeholders."""


def translated(english: str) -> str:
    """What a file says, in the language of the page if it is known."""
    key, values = _meant(english)
    return text(key, **values) if key else english


@cache
def _meant(english: str) -> tuple[str, dict[str, str]]:
    """The text that says what a file says, with its values; an empty name if nothing does."""
    for pattern, key in KNOWN.items():
        if match := re.fullmatch(pattern, english):
            return key, match.groupdict()
    return "", {}
