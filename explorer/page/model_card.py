"""What the model card of a network says, in words: its percentages, and all its entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from statistics import fmean
from typing import Any, Final, NamedTuple

from core.nn.image_network import reads_digits
from core.nn.network import Network
from explorer.exchange.import_words import imported_words
from explorer.texts import number, percent, significant, text
from explorer.texts.known import PEN_STROKES, translated

_VERBATIM: Final = {"recipe", "command", "settings", "held out"}
"""What holds names for a command line, in any language."""


class Entry(NamedTuple):
    """An entry of a card in words; `is_verbatim` if they are the same in every language."""

    name: str
    said: str
    is_verbatim: bool


class Percentage(NamedTuple):
    """A share that a card states, as people read it; a dash where the card does not state it."""

    label: str
    hint: str
    value: str


def entries(network: Network) -> list[Entry]:
    """All that the card says, but what the network is called."""
    return [
        Entry(_name(name), _said(name, value), bool(value) and name in _VERBATIM)
        for name, value in network.card.items()
        if name != "title"
    ]


def percentages(network: Network) -> list[Percentage]:
    """How well it reads and what it rejects: four shares, the same ones for every network.

    They are about digits: of a network that reads anything else there are none.
    """
    if not reads_digits(network):
        return []
    read, rejected = (network.card.get(name, {}) for name in ("accuracy", "rejected"))
    mnist, centred = read.get("MNIST test"), read.get("MNIST test, centred")
    people, scribbles = _of_people(read), rejected.get("scribbles")
    shown = [
        (text("percentage.mnist"), text("percentage.mnist_hint"), mnist),
        (text("percentage.centred"), text("percentage.centred_hint"), centred),
        (text("percentage.people"), text("percentage.people_hint"), people),
        (text("percentage.scribbles"), text("percentage.scribbles_hint"), scribbles),
    ]
    return [Percentage(label, hint, percent(share)) for label, hint, share in shown]


def _of_people(read: Mapping[str, float]) -> float | None:
    """The mean accuracy over those whose pen strokes were held out, 0-1; None without any."""
    shares = [share for name, share in read.items() if re.fullmatch(PEN_STROKES, name)]
    return fmean(shares) if shares else None


def _name(name: str) -> str:
    """What a person is told instead of a name on a card."""
    return translated(name.replace("_", " "))


def _said(name: str, value: object) -> str:
    if name in _VERBATIM and isinstance(value, str):
        return value
    if name == "curves" and isinstance(value, Mapping):
        return _curves(value)
    if name == "imported" and isinstance(value, Mapping):
        return imported_words(value)
    return _text(value)


def _curves(card: Mapping[str, Any]) -> str:
    """Where each curve begins and ends."""
    lines = []
    if losses := card["loss"]:
        ends = {"first": significant(losses[0], 3), "last": significant(losses[-1], 3)}
        lines.append(text("curve.loss", count=card["step"][-1], **ends))
    if shares := card["accuracy"]:
        ends = {"first": number(100 * shares[0], 1), "last": number(100 * shares[-1], 1)}
        lines.append(text("curve.accuracy", count=card["epoch"][-1], **ends))
    return "\n".join(lines) or text("card.nothing")


def _text(value: object) -> str:
    """A value of a card in words; tables of metrics as a list."""
    match value:
        case dict():
            return "\n".join(f"{_name(key)}: {_text(each)}" for key, each in value.items())
        case bool():
            return text("card.yes") if value else text("card.no")
        case list() | tuple():
            return ", ".join(map(_text, value)) or text("card.nothing")
        case float():
            return significant(value, 4)
        case int():
            return number(value)
        case _:
            return translated(str(value))
